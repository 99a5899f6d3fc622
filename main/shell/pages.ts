/** A page of the shell itself, without script: shown while there is no console to show. */
export interface ShellPage {
  readonly title: string;
  /** Paragraphs of plain text. */
  readonly words: readonly string[];
}

export const STARTING: ShellPage = { title: 'Wardline is starting', words: ['Opening the clinic’s store …'] };

/** What to show when the hub kept ending by itself. */
export const KEPT_ENDING: ShellPage = {
  title: 'Wardline has stopped',
  words: [
    'The part of Wardline that listens to the devices ended three times within a minute, so it was not started again.',
    'Nothing that was confirmed on screen is lost. Devices are not being watched now: use the bedside monitors.',
    'Choose “Start the hub again” in the Hub menu. If it stops once more, the log on this computer says why.',
  ],
};

/** What to show when the hub said why it will not run. */
export function refusedToStart(reason: string): ShellPage {
  return {
    title: 'Wardline could not start',
    words: [
      reason,
      'Nothing was changed. Devices are not being watched now: use the bedside monitors.',
      'When the cause is mended, choose “Start the hub again” in the Hub menu.',
    ],
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The page as a document. Its colours follow the system's light or dark. */
export function toHtml({ title, words }: ShellPage): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
main { max-width: 34em; margin: 18vh auto 0; padding: 0 2em } h1 { font-size: 1.4em }
</style></head><body><main role="${title === STARTING.title ? 'status' : 'alert'}"><h1>${escaped(title)}</h1>
${words.map((text) => `<p>${escaped(text)}</p>`).join('\n')}
</main></body></html>`;
}
