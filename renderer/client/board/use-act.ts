import { notifications } from '@mantine/notifications';
import type { QueryKey } from '@tanstack/react-query';
import type { ActId } from '#domain/ids.ts';
import { useClinic } from '../context.ts';
import { type Command, useCommand } from '../hooks.ts';
import type { HubClient } from '../hub.ts';
import { recordKeys } from '../records.ts';
import type { Inverse } from './undo.ts';

interface ActOptions<Input, Output> {
  /** What is said once it is done: `OKAFOR, Ann is in bed 7.` */
  readonly said: (input: Input, output: Output) => string;
  /** The way back; left out where the answer names an act, which is undone by that name. */
  readonly inverse?: (output: Output, input: Input) => Inverse | undefined;
  /** Said even where there is no way back; else only what can be undone is. */
  readonly always?: boolean;
  readonly onDone?: ((output: Output, input: Input) => void) | undefined;
  readonly invalidate?: readonly QueryKey[];
}

const TOUCHED = [recordKeys.occupancy, recordKeys.patients];

/** A change of the board: done, said, and offered to be undone. */
export function useAct<Input extends object, Output>(
  act: (hub: HubClient, input: Input & { idempotencyKey: string }) => Promise<Output>,
  { said, inverse = undoneByName, always = false, onDone, invalidate = TOUCHED }: ActOptions<Input, Output>,
): Command<Input, Output> {
  const { undo } = useClinic();
  return useCommand<Input, Output>(act, {
    invalidate,
    onDone(output, input) {
      const back = inverse(output, input);
      if (back) undo.offer(said(input, output), back);
      else if (always) notifications.show({ message: said(input, output) });
      onDone?.(output, input);
    },
  });
}

/** Undoes an act by the name its answer carries; without one nothing had changed. */
export function undoneByName(output: unknown): Inverse | undefined {
  if (typeof output !== 'object' || output === null || !('actId' in output)) return undefined;
  const { actId } = output;
  if (typeof actId !== 'string') return undefined;
  return (hub, idempotencyKey) => hub.flow.undo({ actId: actId as ActId, idempotencyKey });
}
