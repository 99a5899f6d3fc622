import type { BoardRow } from '#renderer/client/board/board.ts';
import { useLink } from '#renderer/client/hooks.ts';
import styles from './NewsMark.module.css';

const ARROWS = {
  rising: { arrow: '↑', words: ', rising over the last hour' },
  falling: { arrow: '↓', words: ', falling over the last hour' },
  unchanged: { arrow: '', words: '' },
  unknown: { arrow: '', words: '' },
} as const;

/** NEWS2 in one small box: how bad is said by weight, not by colour. Incomplete says at least; old is struck through. */
export function NewsMark({ news }: { readonly news: BoardRow['news'] }) {
  const { state } = useLink();
  // At least 0 of nothing measured says nothing, and must not look like a good score.
  if (!news || news.total === null || (!news.complete && news.total === 0)) return null;
  const { total, complete, trend } = news;
  const old = state === 'lost';
  const { arrow, words } = ARROWS[trend];
  return (
    <span
      className={styles.news}
      data-risk={total >= 7 ? 'high' : total >= 5 ? 'medium' : 'low'}
      data-incomplete={!complete || undefined}
      data-old={old || undefined}
      title={`NEWS2 ${complete ? '' : 'at least '}${total}${words}${old ? ', old' : ''}`}
    >
      <span className="visually-hidden">
        NEWS2 {!complete && 'at least '}
        {old && 'was '}
      </span>
      {!complete && <span aria-hidden="true">≥</span>}
      {old ? <s>{total}</s> : total}
      {arrow && <span aria-hidden="true">{arrow}</span>}
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
