import type { EncounterId } from '#domain/ids.ts';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { useBoardRow } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';

interface Subject {
  /** Undefined once the patient is on the board no more. */
  readonly row: BoardRow | undefined;
  /** As this station may call them. */
  readonly name: string;
}

/** Whom a dialog is about, as the board knows them now. */
export function useSubject(encounterId: EncounterId): Subject {
  const row = useBoardRow(useBoardScope(), encounterId);
  const called = useCalled();
  return { row, name: called(row) ?? 'the patient' };
}
