import type { Board } from '#renderer/client/board/board.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useClinic } from '#renderer/client/context.ts';

/** The board around, read when something happens and not when it changes. */
export function useBoardNow(): () => Board | undefined {
  return useClinic().boards.of(useBoardScope()).now;
}
