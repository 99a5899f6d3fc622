import { ClinicError } from '#domain/clinic-error.ts';

/** What each refusal means to the person who asked, and what to do now. Nothing was changed in any of these cases. */
const REFUSALS: Readonly<Record<string, string>> = {
  'identifier-taken': 'This number already belongs to another patient. Search for the number and check who it is.',
  'birth-date-in-future': 'The birth date lies in the future. Check the year.',
  'already-admitted': 'This patient is already admitted. Open the patient to move or discharge.',
  'bed-occupied': 'Someone else has this bed now. Choose another bed.',
  'not-in-progress': 'This stay has ended. Nothing was changed.',
  'in-future': 'The time lies in the future. Enter when it happened.',
  'before-stay': 'The time lies before the admission. Check date and time.',
  'after-stay': 'The time lies after the discharge. Check date and time.',
  'overlaps-earlier-stay': 'The time falls into an earlier stay of this patient. Check date and time.',
  implausible: 'A value is outside what is possible, so nothing was saved. Check the values.',
  'no-limits-for-metric': 'Wardline raises no alarms for this measurement, so it has no limits.',
  'limits-out-of-order': 'The limits are out of order: each must be higher than the one before it.',
  'limit-implausible': 'A limit is outside what this measurement can be.',
  'not-admitted': 'This device has not been admitted yet. An administrator does this.',
  retired: 'This device has been retired. An administrator can admit it again.',
  'no-open-stay': 'This patient is not admitted. Admit the patient first.',
  'tied-since': 'The device was tied elsewhere after this time. Enter a later time.',
  'label-taken': 'This label is already used on this ward. Choose another.',
  'name-taken': 'This name is already used. Choose another.',
  'bed-has-history': 'This bed has been used and stays on record. It cannot be removed.',
  'last-administrator': 'This is the last administrator. Make someone else an administrator first.',
  'unknown-time-zone': 'This time zone is not known. Use a name such as Europe/London.',
  'retention-out-of-order': 'Minute values must be kept at least as long as raw values.',
  'limit-rows-differ': 'A line of the limits is missing. Load the settings again.',
  'delay-out-of-range': 'A delay must lie between 0 and 120 seconds.',
  'hysteresis-too-wide': 'A hysteresis is wider than the room between its limits.',
  'username-taken': 'This user name is already used. Choose another.',
};

/** What happened and what to do, in words. */
export function sayError(error: Error): string {
  if (!(error instanceof ClinicError)) return 'The hub did not answer. It is safe to try again.';
  const known = error.refusal === undefined ? undefined : REFUSALS[error.refusal];
  if (known) return known;
  if (error.code === 'unavailable')
    return 'The link to the hub is lost. Your entries are kept; try again when it is back.';
  if (error.code === 'internal') return 'The hub could not answer. It is safe to try again.';
  return error.message;
}
