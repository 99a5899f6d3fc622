import { NativeSelect, TextInput } from '@mantine/core';
import { BLOCK_REASONS, type BlockReason } from '#domain/flow/bed-state.ts';
import type { BedId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { useTile } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { BLOCK_WORDS } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';

interface BlockDialogProps {
  readonly bedId: BedId;
  readonly onClose: () => void;
}

interface Blocking {
  readonly bedId: BedId;
  readonly reason: BlockReason;
  readonly note?: string;
  readonly at?: number;
  readonly to?: number;
}

/** Takes a bed out of use, with the reason and until when. */
export function BlockDialog({ bedId, onClose }: BlockDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const tile = useTile(useBoardScope(), bedId);
  const called = useCalled();
  const label = tile?.bed.label ?? '';
  const kept = tile?.bed.reservation;
  const { fields, set, forget } = useDraft(`block ${bedId}`, {
    reason: 'repair' as BlockReason,
    note: '',
    since: NO_MOMENT,
    until: NO_MOMENT,
  });
  const close = () => {
    forget();
    onClose();
  };
  const block = useAct((hub, input: Blocking) => hub.beds.block(input), {
    said: () => `Bed ${label} is blocked: ${BLOCK_WORDS[fields.reason].toLowerCase()}.`,
    inverse:
      ({ blockId }) =>
      (hub, idempotencyKey) =>
        hub.beds.unblock({ blockId, idempotencyKey }),
    onDone: close,
  });
  const since = momentOf(fields.since, now, zone, true);
  const until = momentOf(fields.until, now, zone, false);
  const note = fields.note.trim();
  const past = until.at != null && until.at <= (since.at ?? now) ? 'It ends before it begins.' : undefined;
  return (
    <ActDialog
      title={`Block bed ${label}`}
      verb={`Block bed ${label}`}
      act={block}
      blocked={since.why ?? until.why ?? past}
      onRun={() =>
        void block.run({
          bedId,
          reason: fields.reason,
          ...(note === '' ? {} : { note }),
          ...(since.at == null ? {} : { at: since.at }),
          ...(until.at == null ? {} : { to: until.at }),
        })
      }
      onClose={close}
    >
      {kept && (
        <p role="note">
          This bed is kept for {called(tile?.keptFor ?? kept) ?? 'somebody'} until {sayMoment(kept.until, now, zone)}.
          While it is blocked it cannot be given to them.
        </p>
      )}
      <NativeSelect
        label="Reason"
        data-autofocus
        data={BLOCK_REASONS.map((value) => ({ value, label: BLOCK_WORDS[value] }))}
        value={fields.reason}
        onChange={({ currentTarget }) => set({ reason: currentTarget.value as BlockReason })}
      />
      <TextInput
        label="Note"
        placeholder="optional"
        maxLength={200}
        value={fields.note}
        onChange={({ currentTarget }) => set({ note: currentTarget.value })}
      />
      <MomentField label="Since" empty="now" past value={fields.since} onChange={(moment) => set({ since: moment })} />
      <MomentField
        label="Until"
        empty="until somebody ends it"
        past={false}
        value={fields.until}
        onChange={(moment) => set({ until: moment })}
      />
    </ActDialog>
  );
}
