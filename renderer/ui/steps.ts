/** Moves the focus from a field to the next one of the form that is marked `data-step` and not disabled. */
export function focusNextStep(form: HTMLElement, from: Element | null): void {
  const steps = [...form.querySelectorAll<HTMLElement>('[data-step]')].filter((step) => !step.matches(':disabled'));
  const next = steps.find(
    (step) => from === null || (from.compareDocumentPosition(step) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  next?.focus();
  if (next instanceof HTMLInputElement && next.type !== 'radio') next.select();
}
