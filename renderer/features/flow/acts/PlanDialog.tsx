import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useMe, useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { useSubject } from './use-subject.ts';

interface PlanDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

interface Planning {
  readonly encounterId: EncounterId;
  readonly expectedAt: number | null;
  readonly waitingFor?: string;
  readonly ordered: boolean;
  readonly seen: Plan;
  readonly at?: number;
}

/** What a plan says; two people may change it at once. */
interface Plan {
  readonly expectedAt: number | null;
  readonly waitingFor: string;
  readonly ordered: boolean;
}

function planOf(row: BoardRow | undefined): Plan {
  return {
    expectedAt: row?.expectedDischargeAt ?? null,
    waitingFor: row?.waitingFor ?? '',
    ordered: row?.dischargeOrderedAt != null,
  };
}

function samePlan(one: Plan, other: Plan): boolean {
  return one.expectedAt === other.expectedAt && one.waitingFor === other.waitingFor && one.ordered === other.ordered;
}

function untouchedWords(begun: Plan): string {
  const empty = samePlan(begun, { expectedAt: null, waitingFor: '', ordered: false });
  return empty ? 'Nothing is said yet: when, what it waits for, or that it is ordered.' : 'Nothing is changed yet.';
}

function savedWords({ ordered, expectedAt, waitingFor = '' }: Planning): string {
  if (ordered) return 'discharge ordered';
  return expectedAt === null && waitingFor === '' ? 'no discharge is planned now' : 'discharge planned';
}

/** When a patient is meant to leave, what that waits for, and whether it is ordered. Nothing changes on the bed. */
export function PlanDialog({ encounterId, onClose }: PlanDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const { row, name } = useSubject(encounterId);
  const present = planOf(row);
  const [begun, setBegun] = useState(present);
  const [initial] = useState(() => ({
    expected: begun.expectedAt === null ? NO_MOMENT : { typed: sayMoment(begun.expectedAt, now, zone), second: false },
    waitingFor: begun.waitingFor,
    ordered: begun.ordered,
    when: NO_MOMENT,
  }));
  const { fields, set, forget } = useDraft(`plan ${encounterId}`, initial);
  const close = () => {
    forget();
    onClose();
  };
  const plan = useAct((hub, input: Planning) => hub.flow.planDischarge(input), {
    said: (saved) => `${name}: ${savedWords(saved)}.`,
    onDone: close,
  });
  const expected = momentOf(fields.expected, now, zone, false);
  const when = momentOf(fields.when, now, zone, true);
  const waitingFor = fields.waitingFor.trim();
  const changed = row !== undefined && !samePlan(begun, present);
  const untouched =
    fields.expected.typed.trim() === initial.expected.typed &&
    !fields.expected.second &&
    waitingFor === initial.waitingFor &&
    fields.ordered === initial.ordered;
  return (
    <ActDialog
      title={`Discharge plan of ${name}`}
      verb={fields.ordered && !begun.ordered ? 'Order the discharge' : 'Save the plan'}
      act={plan}
      blocked={
        expected.why ??
        when.why ??
        (row ? undefined : 'Not on the board now.') ??
        (changed ? 'Somebody else has changed the plan: look at it first.' : undefined) ??
        (untouched ? untouchedWords(begun) : undefined)
      }
      onRun={() =>
        void plan.run({
          encounterId,
          expectedAt: expected.at ?? null,
          ...(waitingFor === '' ? {} : { waitingFor }),
          ordered: fields.ordered,
          seen: begun,
          ...(when.at == null ? {} : { at: when.at }),
        })
      }
      onClose={close}
    >
      {changed && <Overtaken encounterId={encounterId} present={present} onSeen={() => setBegun(present)} />}
      <MomentField
        label="Expected to leave"
        empty="not known"
        past={false}
        value={fields.expected}
        onChange={(moment) => set({ expected: moment })}
      />
      <TextInput
        label="Waiting for"
        placeholder="such as transport, medicines, a scan"
        maxLength={200}
        value={fields.waitingFor}
        onChange={({ currentTarget }) => set({ waitingFor: currentTarget.value })}
      />
      <Checkbox
        label="The discharge is ordered"
        checked={fields.ordered}
        onChange={({ currentTarget }) => set({ ordered: currentTarget.checked })}
      />
      <MomentField label="Said at" empty="now" past value={fields.when} onChange={(moment) => set({ when: moment })} />
    </ActDialog>
  );
}

interface OvertakenProps {
  readonly encounterId: EncounterId;
  readonly present: Plan;
  readonly onSeen: () => void;
}

/** Somebody else saved while this was being typed: what, and who. One's own words stay in the fields. */
function Overtaken({ encounterId, present, onSeen }: OvertakenProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const { may } = useMe();
  const history = useQueryOf(
    ['flow', 'history', encounterId, JSON.stringify(present)],
    (hub) => hub.flow.history({ encounterId }),
    { enabled: may('see-names') },
  );
  const last = history.data?.findLast(({ kind, voided }) => kind.startsWith('discharge-') && voided === null);
  return (
    <div role="alert">
      <p>
        <strong>{last ? `${last.by} has changed this plan` : 'This plan was changed by somebody else'}</strong> while
        you were typing. It says now: {present.ordered ? 'ordered, ' : ''}
        {present.expectedAt === null ? 'no time' : `expected ${sayMoment(present.expectedAt, now, zone)}`}
        {present.waitingFor === '' ? '' : `, waiting for ${present.waitingFor}`}. What you typed is kept below.
      </p>
      <Button mt={4} onClick={onSeen}>
        I have seen it, go on with mine
      </Button>
    </div>
  );
}
