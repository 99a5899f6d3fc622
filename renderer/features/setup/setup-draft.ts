import type { SetupInput } from '#renderer/client/anonymous.ts';

export const STEPS = ['Administrator', 'Clinic and wards', 'Device network', 'This station'] as const;

/** All that was typed so far, kept while going back and forth. */
export interface SetupDraft {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
  readonly again: string;
  readonly clinicName: string;
  readonly wards: readonly { readonly key: string; readonly name: string; readonly beds: number | '' }[];
  readonly ownBroker: boolean;
  readonly brokerUrl: string;
  readonly station: string;
}

/** What is wrong, by field; a ward's fields are `ward-<key>` and `beds-<key>`. */
export type SetupProblems = Readonly<Record<string, string>>;

const USERNAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;
const BROKER = /^mqtts?:\/\/[^\s/]+/;
const LEAST_PASSWORD = 8;
const MOST_BEDS = 200;

function administratorProblems(draft: SetupDraft): Record<string, string | undefined> {
  return {
    displayName: draft.displayName.trim() ? undefined : 'Type the name colleagues know you by.',
    username: USERNAME.test(draft.username)
      ? undefined
      : 'Small letters, digits, dot, dash or underscore; begin with a letter or digit.',
    password: draft.password.length >= LEAST_PASSWORD ? undefined : `At least ${LEAST_PASSWORD} characters.`,
    again: draft.password === draft.again ? undefined : 'Not the same as above.',
  };
}

function wardProblems(draft: SetupDraft): Record<string, string | undefined> {
  const problems: Record<string, string | undefined> = {
    clinicName: draft.clinicName.trim() ? undefined : 'Type the name of the clinic.',
    wards: draft.wards.length > 0 ? undefined : 'Add at least one ward.',
  };
  const names = draft.wards.map(({ name }) => name.trim().toLowerCase());
  for (const [index, { key, name, beds }] of draft.wards.entries()) {
    if (!name.trim()) problems[`ward-${key}`] = 'Type the ward’s name.';
    else if (names.indexOf(names[index] ?? '') !== index) problems[`ward-${key}`] = 'Another ward has this name.';
    if (beds === '' || !Number.isInteger(beds) || beds < 1 || beds > MOST_BEDS) {
      problems[`beds-${key}`] = `From 1 to ${MOST_BEDS}.`;
    }
  }
  return problems;
}

/** What must be put right before leaving a step; empty when nothing. */
export function problemsOf(draft: SetupDraft, step: number): SetupProblems {
  const found = [
    administratorProblems,
    wardProblems,
    ({ ownBroker, brokerUrl }: SetupDraft) => ({
      brokerUrl: !ownBroker || BROKER.test(brokerUrl.trim()) ? undefined : 'Begins with mqtt:// or mqtts://.',
    }),
    ({ station }: SetupDraft) => ({
      station: station.trim() ? undefined : 'Name this computer, such as “Ward 3 desk”.',
    }),
  ][step]?.(draft);
  const real = Object.entries(found ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(real);
}

/** A finished draft as the hub takes it. */
export function setupInput(draft: SetupDraft): SetupInput {
  return {
    administrator: { username: draft.username, displayName: draft.displayName.trim(), password: draft.password },
    clinicName: draft.clinicName.trim(),
    wards: draft.wards.map(({ name, beds }) => ({ name: name.trim(), beds: Number(beds) })),
    broker: { url: draft.ownBroker ? draft.brokerUrl.trim() : null },
    station: { name: draft.station.trim() },
  };
}
