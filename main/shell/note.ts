/** What the shell notes down. `security` entries are things that were refused. Details are names and numbers, never patients. */
export type Note = (
  kind: 'info' | 'security' | 'fault',
  what: string,
  detail?: Readonly<Record<string, string | number>>,
) => void;

/** Notes as JSON lines on stderr. */
export const noteToStderr: Note = (kind, what, detail = {}) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), part: 'shell', kind, what, ...detail })}\n`);
};
