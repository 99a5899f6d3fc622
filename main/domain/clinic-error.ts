/** The only words for failure that cross the border. */
export const ERROR_CODES = [
  'invalid-input',
  'not-signed-in',
  'not-allowed',
  'not-found',
  'refused',
  'conflict',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A failure a person can act on. `message` may be shown; it names no patient unless the reader may see names. */
export class ClinicError extends Error {
  readonly code: ErrorCode;
  readonly refusal: string | undefined;

  constructor(code: ErrorCode, message: string, refusal?: string) {
    super(message);
    this.name = 'ClinicError';
    this.code = code;
    this.refusal = refusal;
  }
}
