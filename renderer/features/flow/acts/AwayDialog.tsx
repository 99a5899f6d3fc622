import { NativeSelect } from '@mantine/core';
import type { AreaId, EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { useAreaOptions } from '#renderer/client/acts/place-options.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { useSubject } from './use-subject.ts';

interface AwayDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

interface Going {
  readonly leave: boolean;
  readonly encounterId: EncounterId;
  readonly areaId?: AreaId;
  readonly returnExpectedAt?: number;
  readonly at?: number;
}

const LEAVE = 'leave';

/** Off to theatre or imaging, or on leave: the bed stays held. */
export function AwayDialog({ encounterId, onClose }: AwayDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const { name } = useSubject(encounterId);
  const areas = useAreaOptions();
  const { fields, set, forget } = useDraft(`away ${encounterId}`, { to: '', back: NO_MOMENT, when: NO_MOMENT });
  const close = () => {
    forget();
    onClose();
  };
  const area = areas.find(({ areaId }) => areaId === fields.to);
  const onLeave = fields.to === LEAVE;
  const go = useAct(
    (hub, { leave, areaId, returnExpectedAt, ...step }: Going) =>
      leave
        ? hub.flow.startLeave({ ...step, ...(returnExpectedAt === undefined ? {} : { returnExpectedAt }) })
        : hub.flow.depart({ ...step, ...(areaId === undefined ? {} : { areaId }) }),
    {
      said: ({ leave }) => (leave ? `${name} is on leave.` : `${name} is away${area ? `: ${area.label}` : ''}.`),
      onDone: close,
    },
  );
  const back = momentOf(fields.back, now, zone, false);
  const when = momentOf(fields.when, now, zone, true);
  return (
    <ActDialog
      title={`${name} leaves the bed for a while`}
      verb={onLeave ? 'Start the leave' : area ? `Off to ${area.label}` : 'Away'}
      act={go}
      blocked={(onLeave ? back.why : undefined) ?? when.why}
      onRun={() =>
        void go.run({
          leave: onLeave,
          encounterId,
          ...(area?.areaId ? { areaId: area.areaId } : {}),
          ...(onLeave && back.at != null ? { returnExpectedAt: back.at } : {}),
          ...(when.at == null ? {} : { at: when.at }),
        })
      }
      onClose={close}
    >
      <NativeSelect
        label="Where to"
        data-autofocus
        data={[
          { value: '', label: 'Elsewhere, for a while' },
          { value: LEAVE, label: 'Leave of absence' },
          ...areas.map(({ areaId, label }) => ({ value: areaId ?? '', label })),
        ]}
        value={fields.to}
        onChange={({ currentTarget }) => set({ to: currentTarget.value })}
      />
      {onLeave && (
        <MomentField
          label="Expected back"
          empty="not known"
          past={false}
          value={fields.back}
          onChange={(moment) => set({ back: moment })}
        />
      )}
      <MomentField label="Left at" empty="now" past value={fields.when} onChange={(moment) => set({ when: moment })} />
      <p>The bed stays held.</p>
    </ActDialog>
  );
}
