import { TRIAGE_CATEGORIES, type TriageCategory } from '#domain/flow/event.ts';
import type { EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { TRIAGE_WORDS } from '#renderer/client/board/board-words.ts';
import { useSettings, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { LetterChoice } from '#renderer/ui/LetterChoice.tsx';
import { useTriage } from './use-steps.ts';
import { useSubject } from './use-subject.ts';

interface TriageDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

/** How urgent a patient is; a second time: triaged again. */
export function TriageDialog({ encounterId, onClose }: TriageDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const { row, name } = useSubject(encounterId);
  const targets = useSettings()?.triageTargets;
  const { fields, set, forget } = useDraft(`triage ${encounterId}`, {
    category: (row?.triage?.category ?? null) as TriageCategory | null,
    when: NO_MOMENT,
  });
  const close = () => {
    forget();
    onClose();
  };
  const triage = useTriage(close);
  const when = momentOf(fields.when, now, zone, true);
  const { category } = fields;
  return (
    <ActDialog
      title={`Triage ${name}`}
      verb={category ? `Triage: ${TRIAGE_WORDS[category].name}` : 'Triage'}
      act={triage}
      blocked={category ? when.why : 'Choose a category first.'}
      onRun={() =>
        category && void triage.run({ name, encounterId, category, ...(when.at == null ? {} : { at: when.at }) })
      }
      onClose={close}
    >
      <LetterChoice<TriageCategory>
        label="Category"
        options={TRIAGE_CATEGORIES.map((value) => ({
          value,
          letter: TRIAGE_WORDS[value].letter,
          label: TRIAGE_WORDS[value].name,
        }))}
        value={category}
        onPick={(picked) => set({ category: picked })}
        autoFocus
      />
      {category && (
        <p>
          {TRIAGE_WORDS[category].name}, {TRIAGE_WORDS[category].urgency}
          {targets &&
            `: to be seen ${targets[category] === 0 ? 'at once' : `within ${targets[category]} min of arrival`}`}
          .
        </p>
      )}
      <MomentField
        label="Triaged at"
        empty="now"
        past
        value={fields.when}
        onChange={(moment) => set({ when: moment })}
      />
    </ActDialog>
  );
}
