import { NativeSelect } from '@mantine/core';
import { OUTCOMES, type Outcome } from '#domain/flow/event.ts';
import type { EncounterId } from '#domain/ids.ts';
import { OUTCOME_WORDS } from '../board/board-words.ts';
import { useAct } from '../board/use-act.ts';
import { useZone } from '../hooks.ts';
import { useNow } from '../live-hooks.ts';
import { ActDialog } from './ActDialog.tsx';
import { useDraft } from './drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from './MomentField.tsx';

interface DischargeDialogProps {
  readonly encounterId: EncounterId;
  readonly displayName: string;
  /** Where the patient is now, in words; null when in no bed. */
  readonly place: string | null;
  readonly outcome?: Outcome;
  readonly onClose: () => void;
}

interface Leaving {
  readonly encounterId: EncounterId;
  readonly outcome: Outcome;
  readonly at?: number;
}

/** The patient left: ends the stay, after saying what that does. */
export function DischargeDialog({ encounterId, displayName, place, outcome = 'home', onClose }: DischargeDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const { fields, set, forget } = useDraft(`discharge ${encounterId}`, { outcome, when: NO_MOMENT });
  const close = () => {
    forget();
    onClose();
  };
  const discharge = useAct((hub, input: Leaving) => hub.encounters.discharge(input), {
    said: () => `${displayName} is discharged.`,
    onDone: close,
  });
  const when = momentOf(fields.when, now, zone, true);
  return (
    <ActDialog
      title={`Discharge ${displayName}`}
      verb="Discharge: the patient left"
      act={discharge}
      blocked={when.why}
      onRun={() =>
        void discharge.run({ encounterId, outcome: fields.outcome, ...(when.at == null ? {} : { at: when.at }) })
      }
      onClose={close}
    >
      <NativeSelect
        label="Where to"
        data-autofocus
        data={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))}
        value={fields.outcome}
        onChange={({ currentTarget }) => set({ outcome: currentTarget.value as Outcome })}
      />
      <MomentField label="Left at" empty="now" past value={fields.when} onChange={(moment) => set({ when: moment })} />
      <p>
        This ends the stay{place === null ? '' : `, frees ${place} and asks for it to be cleaned`}. Monitoring and
        alarms for this patient stop, and the patient’s own devices are untied. You can undo it at once; later the
        record is corrected.
      </p>
    </ActDialog>
  );
}
