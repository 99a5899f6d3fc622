const KEPT = 'wardline.ward';

/** Address of the ward board as it was last left in this window: one ward, or all of them. */
export function lastBoard(): string {
  return sessionStorage.getItem(KEPT) ?? '/ward';
}

export function rememberBoard(path: string): void {
  sessionStorage.setItem(KEPT, path);
}
