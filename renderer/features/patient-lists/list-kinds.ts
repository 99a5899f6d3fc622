/** The lists there are, in the order of their tabs. */
export const LISTS = [
  'here',
  'expected',
  'waiting',
  'discharges',
  'beds',
  'pending-in',
  'pending-out',
  'cleanings',
] as const;
export type ListName = (typeof LISTS)[number];

interface ListWords {
  readonly tab: string;
  /** Names the list, and files made of it. */
  readonly label: string;
  /** What is listed, in the singular. */
  readonly thing: string;
  readonly find: string;
  /** What it means that it is empty, and what brings something into it. */
  readonly none: string;
  readonly fills: string;
}

export const LIST_WORDS: Readonly<Record<ListName, ListWords>> = {
  here: {
    tab: 'Everyone here',
    label: 'Everyone here',
    thing: 'patient',
    find: 'Find by name, place, number …',
    none: 'Nobody is here',
    fills: 'Patients who arrive or are admitted stand here until they leave.',
  },
  expected: {
    tab: 'Expected',
    label: 'Expected arrivals',
    thing: 'patient',
    find: 'Find by name, ward, reason …',
    none: 'Nobody is expected',
    fills: 'Announce an arrival on the bed board, or let the hospital’s other systems do so.',
  },
  waiting: {
    tab: 'Waiting',
    label: 'Waiting',
    thing: 'patient',
    find: 'Find by name, category, reason …',
    none: 'Nobody waits',
    fills: 'Patients who arrived and have no bed stand here, the most pressing first.',
  },
  discharges: {
    tab: 'Discharges',
    label: 'Discharges',
    thing: 'patient',
    find: 'Find by name, place, what is waited for …',
    none: 'No discharge is planned',
    fills: 'Plan or order a discharge on the bed board or from the patient.',
  },
  beds: {
    tab: 'Beds',
    label: 'Beds',
    thing: 'bed',
    find: 'Find a bed, room or patient',
    none: 'No beds are set up',
    fills: 'An administrator adds wards, rooms and beds in Settings.',
  },
  'pending-in': {
    tab: 'Pending in',
    label: 'Pending in',
    thing: 'request',
    find: 'Find by name, ward, reason …',
    none: 'No bed is asked for',
    fills: 'Requests for a bed stand here until they are done or declined.',
  },
  'pending-out': {
    tab: 'Pending out',
    label: 'Pending out',
    thing: 'request',
    find: 'Find by name, ward, reason …',
    none: 'Nobody in a bed waits to move',
    fills: 'Patients in a bed for whom a bed elsewhere is asked stand here.',
  },
  cleanings: {
    tab: 'Open cleanings',
    label: 'Open cleanings',
    thing: 'bed',
    find: 'Find a bed, room or cleaner',
    none: 'Every bed is clean',
    fills: 'A bed stands here from the moment its patient left until it is ready.',
  },
};

export function asListName(name: unknown): ListName {
  return LISTS.find((list) => list === name) ?? 'here';
}
