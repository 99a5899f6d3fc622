import { Chip, Group, Input, NativeSelect, TextInput } from '@mantine/core';
import { EQUIPMENT, type Equipment, ISOLATION_KINDS, type IsolationKind } from '#domain/flow/bed-state.ts';
import type { EncounterId, WardId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import type { BoardRequest } from '#renderer/client/board/board.ts';
import { URGENCY_WORDS } from '#renderer/client/board/board-words.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useWards } from '#renderer/client/hooks.ts';
import { EQUIPMENT_WORDS, ISOLATION_WORDS } from '#renderer/client/place-words.ts';
import { useSubject } from './use-subject.ts';

type Urgency = BoardRequest['urgency'];
const URGENCIES: readonly Urgency[] = ['routine', 'urgent', 'emergency'];

interface RequestBedDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

interface Requesting {
  readonly encounterId: EncounterId;
  readonly wardId: WardId | null;
  readonly needs: { equipment: Equipment[]; isolation: IsolationKind | null };
  readonly reason: string;
  readonly urgency: Urgency;
}

/** Asks another ward, or any that fits, for a bed. */
export function RequestBedDialog({ encounterId, onClose }: RequestBedDialogProps) {
  const { row, name } = useSubject(encounterId);
  const wards = (useWards().data ?? []).filter(({ id }) => row?.bedSince == null || id !== row.place?.wardId);
  const { fields, set, forget } = useDraft(`request ${encounterId}`, {
    ward: '',
    equipment: [] as Equipment[],
    isolation: (row?.isolation ?? '') as IsolationKind | '',
    reason: '',
    urgency: 'routine' as Urgency,
  });
  const close = () => {
    forget();
    onClose();
  };
  const asked = wards.find(({ id }) => id === fields.ward);
  const request = useAct((hub, input: Requesting) => hub.flow.requestBed(input), {
    said: () => `${asked?.name ?? 'Any ward'} is asked for a bed for ${name}.`,
    inverse:
      ({ requestId }) =>
      (hub, idempotencyKey) =>
        hub.flow.cancelRequest({ requestId, idempotencyKey }),
    onDone: close,
  });
  const reason = fields.reason.trim();
  return (
    <ActDialog
      title={`Ask for a bed for ${name}`}
      verb={asked ? `Ask ${asked.name}` : 'Ask any ward that fits'}
      act={request}
      blocked={reason === '' ? 'Say why a bed is asked for.' : undefined}
      size="lg"
      onRun={() =>
        void request.run({
          encounterId,
          wardId: asked?.id ?? null,
          needs: { equipment: fields.equipment, isolation: fields.isolation || null },
          reason,
          urgency: fields.urgency,
        })
      }
      onClose={close}
    >
      <TextInput
        label="Why"
        data-autofocus
        maxLength={200}
        value={fields.reason}
        onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
      />
      <NativeSelect
        label="Ward"
        data={[
          { value: '', label: 'Any ward that fits' },
          ...wards.map(({ id, name: label }) => ({ value: id, label })),
        ]}
        value={fields.ward}
        onChange={({ currentTarget }) => set({ ward: currentTarget.value })}
      />
      <NativeSelect
        label="Urgency"
        data={URGENCIES.map((value) => ({ value, label: URGENCY_WORDS[value] }))}
        value={fields.urgency}
        onChange={({ currentTarget }) => set({ urgency: currentTarget.value as Urgency })}
      />
      <NativeSelect
        label="Isolation"
        data={[
          { value: '', label: 'None' },
          ...ISOLATION_KINDS.map((value) => ({ value, label: ISOLATION_WORDS[value] })),
        ]}
        value={fields.isolation}
        onChange={({ currentTarget }) => set({ isolation: currentTarget.value as IsolationKind | '' })}
      />
      <Input.Wrapper label="The bed must have" labelElement="div">
        <Chip.Group
          multiple
          value={fields.equipment}
          onChange={(chosen) => set({ equipment: EQUIPMENT.filter((one) => chosen.includes(one)) })}
        >
          <Group gap={4}>
            {EQUIPMENT.map((value) => (
              <Chip key={value} value={value} size="xs" variant="outline">
                {EQUIPMENT_WORDS[value]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
    </ActDialog>
  );
}
