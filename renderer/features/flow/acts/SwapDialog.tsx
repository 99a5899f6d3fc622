import { useState } from 'react';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { type Choice, ChoicePicker } from '#renderer/client/acts/ChoicePicker.tsx';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { OverrideReason } from '#renderer/client/acts/OverrideReason.tsx';
import { useBedOptions } from '#renderer/client/acts/place-options.ts';
import { bedSeen } from '#renderer/client/acts/use-placing.ts';
import type { Board } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { ageAndSex } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { useSubject } from './use-subject.ts';

interface SwapDialogProps {
  readonly encounterId: EncounterId;
  readonly withId?: EncounterId | undefined;
  readonly onClose: () => void;
}

interface Partner extends Choice {
  readonly encounterId: EncounterId;
  readonly bedId: BedId;
}

/** Two patients change beds in one act; what speaks against either bed is shown first. */
export function SwapDialog({ encounterId, withId, onClose }: SwapDialogProps) {
  const { row, name } = useSubject(encounterId);
  const partners = usePartners(encounterId);
  const [chosenId, setChosenId] = useState<string | undefined>(withId);
  const [reason, setReason] = useState('');
  const [moment, setMoment] = useState(NO_MOMENT);
  const when = momentOf(moment, useNow(10_000), useZone(), true);
  const other = partners.find(({ id }) => id === chosenId);
  const against = useAgainst(encounterId, other?.encounterId);
  const swap = useAct(
    (
      hub,
      input: {
        encounterId: EncounterId;
        withEncounterId: EncounterId;
        seenBedId: BedId | null;
        withSeenBedId: BedId | null;
        at?: number;
        overrideReason?: string;
      },
    ) => hub.flow.swap(input),
    { said: () => `${name} and ${other?.label ?? 'the other patient'} have changed beds.`, onDone: onClose },
  );
  const overridden = against.over.length > 0 ? { overrideReason: reason.trim() } : {};
  return (
    <ActDialog
      title={`Swap beds of ${name}`}
      verb={other ? `Swap with ${other.label}` : 'Swap'}
      act={swap}
      blocked={blockedBy({ row, other, against, reason }) ?? when.why}
      size="lg"
      onRun={() =>
        row &&
        other &&
        void swap.run({
          encounterId,
          withEncounterId: other.encounterId,
          seenBedId: bedSeen(row),
          withSeenBedId: other.bedId,
          ...(when.at == null ? {} : { at: when.at }),
          ...overridden,
        })
      }
      onClose={onClose}
    >
      {row && <p>Now in {row.placeWords}.</p>}
      <ChoicePicker<Partner>
        label="Swap with"
        placeholder="Type a bed or name"
        groups={[{ title: 'Patients in a bed', options: partners }]}
        value={other}
        onChange={(option) => setChosenId(option?.id)}
        none="No other patient lies in a bed of this board."
      />
      {against.never.length > 0 && <p role="alert">{against.never.join(' ')}</p>}
      {against.over.length > 0 && against.never.length === 0 && (
        <OverrideReason against={against.over.join(' ')} value={reason} onChange={setReason} />
      )}
      <MomentField label="When" empty="now" past value={moment} onChange={setMoment} />
    </ActDialog>
  );
}

interface Against {
  readonly reading: boolean;
  /** What no reason gets over, and what a stated reason does; a sentence each. */
  readonly never: readonly string[];
  readonly over: readonly string[];
}

/** What speaks against each of two in the bed of the other, but that the other lies there. */
function useAgainst(one: EncounterId, other: EncounterId | undefined): Against {
  const scope = useBoardScope();
  const oneBed = useBoardAs(scope, ({ bedOf }) => bedOf.get(one))?.bedId;
  const otherBed = useBoardAs(scope, ({ bedOf }) => (other ? bedOf.get(other) : undefined))?.bedId;
  const forOne = useBedOptions(other ? { encounterId: one } : undefined);
  const forOther = useBedOptions(other ? { encounterId: other } : undefined);
  const found = [
    forOne.data?.find(({ bedId }) => bedId === otherBed),
    forOther.data?.find(({ bedId }) => bedId === oneBed),
  ].flatMap((option) => (option?.against.some((kind) => kind !== 'occupied') ? [option] : []));
  const line = ({ label, why }: { label: string; why: string }) => `${label}: ${why}.`;
  const hard = (option: (typeof found)[number]) =>
    option.against.some((kind) => !['occupied', 'sex', 'isolation', 'equipment', 'age'].includes(kind));
  return {
    reading: other !== undefined && (forOne.isPending || forOther.isPending),
    never: found.filter(hard).map(line),
    over: found.filter((option) => !hard(option)).map(line),
  };
}

function usePartners(encounterId: EncounterId): readonly Partner[] {
  const called = useCalled();
  const board = useBoardAs<Board>(useBoardScope(), (whole) => whole);
  if (!board) return [];
  return [...board.tiles.values()].flatMap(({ bed, occupants }) =>
    occupants
      .filter((row) => row.encounterId !== encounterId)
      .map((row) => ({
        id: row.encounterId,
        encounterId: row.encounterId,
        bedId: bed.bedId,
        label: called(row) ?? `Patient in bed ${bed.label}`,
        where: row.placeWords,
        why: [ageAndSex(row), row.isolation ? 'isolated' : ''].filter(Boolean).join(', '),
      })),
  );
}

interface Standing {
  readonly row: object | undefined;
  readonly other: Partner | undefined;
  readonly against: Against;
  readonly reason: string;
}

function blockedBy({ row, other, against, reason }: Standing): string | undefined {
  if (!row) return 'This patient is on the board no more.';
  if (!other) return 'Choose whom to swap with.';
  if (against.reading) return 'Looking at both beds…';
  if (against.never.length > 0) return 'This swap is not possible now.';
  return against.over.length > 0 && reason.trim() === '' ? 'Say why all the same.' : undefined;
}
