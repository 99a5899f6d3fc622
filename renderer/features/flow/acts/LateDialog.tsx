import { NativeSelect } from '@mantine/core';
import type { EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { useMe, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { STEPS, type Step, useStep } from './use-steps.ts';
import { useSubject } from './use-subject.ts';

interface LateDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

/** Writes down a step that happened earlier. */
export function LateDialog({ encounterId, onClose }: LateDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const { may } = useMe();
  const { name } = useSubject(encounterId);
  const steps = (Object.keys(STEPS) as Step[]).filter((step) => may(STEPS[step].may));
  const { fields, set, forget } = useDraft(`late ${encounterId}`, { step: steps[0] ?? 'see', when: NO_MOMENT });
  const close = () => {
    forget();
    onClose();
  };
  const take = useStep(close);
  const when = momentOf(fields.when, now, zone, true);
  return (
    <ActDialog
      title={`Enter a step of ${name} late`}
      verb={`Enter: ${STEPS[fields.step].label.toLowerCase()}`}
      act={take}
      blocked={when.why ?? (when.at === null ? 'Say when it happened.' : undefined)}
      onRun={() => when.at != null && void take.run({ step: fields.step, name, encounterId, at: when.at })}
      onClose={close}
    >
      <NativeSelect
        label="What happened"
        data={steps.map((step) => ({ value: step, label: STEPS[step].label }))}
        value={fields.step}
        onChange={({ currentTarget }) => set({ step: currentTarget.value as Step })}
      />
      <MomentField
        label="Happened at"
        empty="say when"
        past
        value={fields.when}
        onChange={(moment) => set({ when: moment })}
      />
      <p>It is kept with both times: when it happened, and when it was written down.</p>
    </ActDialog>
  );
}
