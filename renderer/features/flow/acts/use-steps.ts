import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import type { TriageCategory } from '#domain/flow/event.ts';
import type { EncounterId, RequestId } from '#domain/ids.ts';
import type { Permission } from '#domain/user/role.ts';
import type { BoardBed, BoardRequest } from '#renderer/client/board/board.ts';
import { TRIAGE_WORDS } from '#renderer/client/board/board-words.ts';
import type { Inverse } from '#renderer/client/board/undo.ts';
import { undoneByName, useAct } from '#renderer/client/board/use-act.ts';
import type { Command } from '#renderer/client/hooks.ts';
import type { HubClient } from '#renderer/client/hub.ts';
import { sayError } from '#renderer/client/say-error.ts';

/** Steps of a patient's way that need no more than saying so. */
export const STEPS = {
  see: { label: 'Seen by a clinician', said: 'is seen', may: 'enter-observations' },
  decideAdmission: { label: 'Decide to admit', said: 'is to be admitted', may: 'register-admit-move' },
  markReady: { label: 'Medically ready', said: 'is medically ready to leave', may: 'medically-ready' },
  comeBack: { label: 'Came back', said: 'is back', may: 'register-admit-move' },
} as const satisfies Record<string, { label: string; said: string; may: Permission }>;
export type Step = keyof typeof STEPS;

interface Stepping {
  readonly step: Step;
  /** As the station may call the patient. */
  readonly name: string;
  readonly encounterId: EncounterId;
  /** When it happened, if not now. */
  readonly at?: number;
}

type Keyed<Input> = Input & { idempotencyKey: string };

/** A step of a patient's way, undone by name. */
export function useStep(onDone?: () => void) {
  return useAct((hub, { step, name: _name, ...input }: Keyed<Stepping>) => hub.flow[step](input), {
    said: ({ step, name }) => `${name} ${STEPS[step].said}.`,
    onDone,
  });
}

interface Triaging {
  readonly name: string;
  readonly encounterId: EncounterId;
  readonly category: TriageCategory;
  readonly at?: number;
}

export function useTriage(onDone?: () => void) {
  return useAct((hub, { name: _name, ...input }: Keyed<Triaging>) => hub.flow.triage(input), {
    said: ({ name, category }) => `${name} is triaged ${TRIAGE_WORDS[category].name}.`,
    onDone,
  });
}

/** Steps of a bed, or of a bed asked for, that need no more than saying so. */
export type BedStep =
  | { readonly kind: 'release'; readonly bed: BoardBed; readonly reservation: NonNullable<BoardBed['reservation']> }
  | { readonly kind: 'unblock'; readonly bed: BoardBed; readonly block: NonNullable<BoardBed['block']> }
  | { readonly kind: 'start' | 'finish'; readonly bed: BoardBed; readonly cleaning: NonNullable<BoardBed['cleaning']> }
  | { readonly kind: 'settle'; readonly bed: BoardBed; readonly doubtId: string }
  | { readonly kind: 'accept' | 'withdraw'; readonly request: BoardRequest; readonly name: string };

/** A step of a bed; those that have a way back offer it. `now`: the hub's time, for what is set again for the rest of it. */
export function useBedStep(now: () => number) {
  return useAct((hub, input: Keyed<BedStep>) => doBedStep(hub, input), {
    said: saidOf,
    inverse: (output, input) => undoneByName(output) ?? inverseOf(input, now),
  });
}

function doBedStep(hub: HubClient, step: Keyed<BedStep>): Promise<unknown> {
  const { idempotencyKey } = step;
  switch (step.kind) {
    case 'release':
      return hub.flow.release({ reservationId: step.reservation.id, idempotencyKey });
    case 'unblock':
      return hub.beds.unblock({ blockId: step.block.id, idempotencyKey });
    case 'start':
      return hub.tasks.start({ taskId: step.cleaning.taskId, idempotencyKey });
    case 'finish':
      return hub.tasks.finish({ taskId: step.cleaning.taskId, idempotencyKey });
    case 'settle':
      return hub.beds.settleDoubt({ doubtId: step.doubtId, idempotencyKey });
    case 'accept':
      return hub.flow.decideRequest({ requestId: step.request.requestId, accept: true, idempotencyKey });
    case 'withdraw':
      return hub.flow.cancelRequest({ requestId: step.request.requestId, seen: step.request.state, idempotencyKey });
  }
}

function saidOf(step: BedStep): string {
  switch (step.kind) {
    case 'release':
      return `Bed ${step.bed.label} is kept for nobody now.`;
    case 'unblock':
      return `Bed ${step.bed.label} is in use again.`;
    case 'start':
      return `Cleaning of bed ${step.bed.label} has started.`;
    case 'finish':
      return `Bed ${step.bed.label} is clean.`;
    case 'settle':
      return `Bed ${step.bed.label}: the board is right.`;
    case 'accept':
      return `${step.name} is accepted.`;
    case 'withdraw':
      return `No bed is asked for ${step.name} now.`;
  }
}

/** A request is again what it was before it was decided or withdrawn. */
export function requestReopened(requestId: RequestId, seen: 'accepted' | 'declined' | 'cancelled'): Inverse {
  return (hub, idempotencyKey) => hub.flow.reopenRequest({ requestId, seen, idempotencyKey });
}

function inverseOf(step: BedStep, now: () => number): Inverse {
  switch (step.kind) {
    case 'release': {
      const { bed, reservation } = step;
      const hours = Math.min(72, Math.max(0.25, (reservation.until - now()) / 3_600_000));
      return (hub, idempotencyKey) =>
        hub.flow.reserve({ bedId: bed.bedId, encounterId: reservation.encounterId, hours, idempotencyKey });
    }
    case 'unblock': {
      const { bed, block } = step;
      const note = block.note === null ? {} : { note: block.note };
      return (hub, idempotencyKey) =>
        hub.beds.block({ bedId: bed.bedId, reason: block.reason, to: block.to, ...note, idempotencyKey });
    }
    case 'start':
    case 'finish':
      return (hub, idempotencyKey) => hub.tasks.undo({ taskId: step.cleaning.taskId, idempotencyKey });
    case 'settle':
      return (hub, idempotencyKey) => hub.beds.reopenDoubt({ doubtId: step.doubtId, idempotencyKey });
    case 'accept':
      return requestReopened(step.request.requestId, 'accepted');
    case 'withdraw':
      return requestReopened(step.request.requestId, 'cancelled');
  }
}

/** Says aloud why an act without a dialog of its own was not done. */
export function useSayFailure({ error }: Pick<Command<object, unknown>, 'error'>): void {
  useEffect(() => {
    if (error) notifications.show({ title: 'Not done', message: sayError(error), autoClose: 12_000 });
  }, [error]);
}
