import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMe, useWritable } from '#renderer/client/hooks.ts';
import type { ClinicSettings } from '#renderer/client/records.ts';
import { counted } from '#renderer/ui/format.ts';
import { LimitTable } from './LimitTable.tsx';
import { PlainSettings } from './PlainSettings.tsx';
import { SaveDialog } from './SaveDialog.tsx';
import styles from './SettingsForm.module.css';
import { settingChanges } from './settings-diff.ts';

/** Settings as a draft: nothing changes before the list of changes has been looked at and saved. */
export function SettingsForm({ saved }: { readonly saved: ClinicSettings }) {
  const { may } = useMe();
  const writable = useWritable();
  const [draft, setDraft] = useState(saved);
  const [base, setBase] = useState(saved);
  const [saving, setSaving] = useState(false);
  if (base !== saved) {
    // Someone else saved meanwhile: untouched drafts follow, touched ones stay and are compared with what is saved now.
    if (settingChanges(base, draft).length === 0) setDraft(saved);
    setBase(saved);
  }
  const changes = settingChanges(saved, draft);
  const editable = may('settings');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (changes.length > 0) setSaving(true);
      }}
    >
      {!editable && <p className={styles.why}>Only an administrator changes settings. You can read them.</p>}
      <PlainSettings draft={draft} editable={editable} onChange={(part) => setDraft({ ...draft, ...part })} />
      <LimitTable rows={draft.limits} editable={editable} onChange={(limits) => setDraft({ ...draft, limits })} />
      {editable && (
        <div className={styles.foot}>
          <span>{changes.length === 0 ? 'Nothing changed.' : `${counted(changes.length, 'change')} not saved.`}</span>
          <Button disabled={changes.length === 0} onClick={() => setDraft(saved)}>
            Undo all
          </Button>
          <Button
            type="submit"
            variant="filled"
            disabled={changes.length === 0 || !writable.ok}
            title={writable.why ?? ''}
          >
            Look at the changes
          </Button>
        </div>
      )}
      {saving && <SaveDialog draft={draft} changes={changes} onClose={() => setSaving(false)} onSaved={setDraft} />}
    </form>
  );
}
