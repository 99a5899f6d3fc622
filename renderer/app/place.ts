/** Screens that show one ward, or all of them. */
export const BOARDS = ['/ward', '/flow'] as const;
export type BoardRoot = (typeof BOARDS)[number];

const keptUnder = (root: BoardRoot) => (root === '/ward' ? 'wardline.ward' : `wardline${root.replace('/', '.')}`);

/** The board an address shows, whichever its ward. */
export function boardRootOf(pathname: string): BoardRoot | undefined {
  return BOARDS.find((root) => pathname === root || pathname.startsWith(`${root}/`));
}

/** Address of a board as it was last left in this window: one ward, or all of them. */
export function lastBoard(root: BoardRoot = '/ward'): string {
  return sessionStorage.getItem(keptUnder(root)) ?? root;
}

export function rememberBoard(path: string): void {
  const root = boardRootOf(path);
  if (root) sessionStorage.setItem(keptUnder(root), path);
}
