import { CloseButton } from '@mantine/core';
import type { EncounterId } from '#domain/ids.ts';
import { useBoardAs, useBoardRow } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import styles from '../parts/Pane.module.css';
import { PersonFacts } from '../parts/PersonFacts.tsx';

interface PersonPaneProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

/** Somebody in no bed of this board, beside it. */
export function PersonPane({ encounterId, onClose }: PersonPaneProps) {
  const scope = useBoardScope();
  const row = useBoardRow(scope, encounterId);
  const request = useBoardAs(scope, (board) => board.requestOf.get(encounterId));
  if (!row) return null;
  return (
    <aside className={styles.pane} aria-label="Patient">
      <header className={styles.head}>
        <h2>{row.status === 'planned' ? 'Expected' : row.bedSince === null ? 'In no bed' : row.placeWords}</h2>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      <PersonFacts row={row} request={request} />
    </aside>
  );
}
