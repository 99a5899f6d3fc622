import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { checkSettings } from '#domain/clinic/settings.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import { type ClinicSettings, recordKeys } from '#renderer/client/records.ts';
import styles from './SaveDialog.module.css';
import type { SettingChange } from './settings-diff.ts';

interface SaveDialogProps {
  readonly draft: ClinicSettings;
  readonly changes: readonly SettingChange[];
  readonly onClose: () => void;
  readonly onSaved: (settings: ClinicSettings) => void;
}

/** Every change as before → after; saving happens only from here. */
export function SaveDialog({ draft, changes, onClose, onSaved }: SaveDialogProps) {
  const save = useCommand((hub, input: { settings: ClinicSettings }) => hub.settings.save(input), {
    invalidate: [recordKeys.settings, ['limits']],
    onDone: (saved) => {
      notifications.show({ message: 'Settings saved.' });
      onSaved(saved);
      onClose();
    },
  });
  const decision = checkSettings(draft);
  const broker = changes.some(({ what }) => /^(?:Broker|CA|Client)/u.test(what));
  return (
    <Modal opened onClose={onClose} title="Save these changes?" size="lg">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Now</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ what, before, after }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{before}</td>
              <td>
                <strong>{after}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {broker && <p>The broker is used from the next start of the hub. Until then devices stay where they are.</p>}
      <ActFoot
        verb="Save settings"
        pending={save.pending}
        error={save.error}
        blocked={decision.ok ? undefined : 'Something marked on the page must be corrected first.'}
        onCancel={onClose}
        onRun={() => void save.run({ settings: draft })}
      />
    </Modal>
  );
}
