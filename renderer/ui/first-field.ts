const FIELDS = 'input:not(:disabled), select:not(:disabled), textarea:not(:disabled)';

/**
 * As `ref` of a dialog's content: the focus begins in its first field, so that Enter does what the dialog is for and never
 * presses its ✕. A field marked `data-autofocus` goes before; where there is none, the content itself takes the focus.
 */
export function firstField(content: HTMLElement | null): void {
  if (!content || content.querySelector('[data-autofocus]')) return;
  const first = content.querySelector<HTMLElement>(FIELDS) ?? content;
  if (first === content) content.tabIndex = -1;
  first.setAttribute('data-autofocus', '');
}
