/** What a figure is, in plain words, one click away from it. */
export interface KpiWords {
  readonly label: string;
  /** Of its value: `days`, `%`, `min`, or what is counted. */
  readonly unit: string;
  /** What it tells, and what is counted. */
  readonly what: string;
  readonly formula: string;
  /** Where the definition is from. */
  readonly source: string;
  /** What to look at beside it, or what it does not tell; null where nothing needs saying. */
  readonly caution: string | null;
  /** What, formula and caution as one paragraph. */
  readonly definition: string;
}

const OURS = 'Our choice; not from a published definition.';
const KH03 = 'NHS England bed availability and occupancy return KH03: beds open overnight, counted at midnight.';
const TELETRACKING = 'Targets of 30, 30 and 60 minutes as bed-management vendors publish them (TeleTracking).';

const WORDS = {
  discharges: {
    label: 'Discharges',
    unit: 'patients',
    what: 'Admitted patients who left in the period, alive or dead, by the moment they left and not by the order to discharge. Somebody who came and was never admitted (an emergency patient sent home, also from a bed; an outpatient) is no discharge: who came as an emergency counts among the attendances of “within four hours”. For a ward: those whose last place was in it.',
    formula: 'Number of stays whose patient left at or after the start and before the end of the period.',
    source: 'Common hospital statistics.',
    caution: null,
  },
  alos: {
    label: 'Average length of stay',
    unit: 'days',
    what: 'How many nights patients who left had been in. A night is a midnight on the clinic’s wall between admission (or arrival, where no admission was told) and leaving; a day of 23 or 25 hours is one day. Nights of leave count, since the bed was held. For a ward: only the nights spent in that ward, of patients whose last place was there.',
    formula:
      'Bed-days of discharged patients ÷ discharges, deaths included. A stay without a night counts 0 or 1 day, as the clinic’s settings say.',
    source: 'NHS and WHO hospital statistics: midnights crossed.',
    caution: 'Read it beside discharge before noon: leaving earlier in the day can mean staying a night longer.',
  },
  medianLos: {
    label: 'Median length of stay',
    unit: 'days',
    what: 'The stay in the middle when all stays are put in order of length: half were shorter, half longer. A few very long stays do not move it.',
    formula: 'Median of the same lengths as in the average; for an even number the mean of the two in the middle.',
    source: 'Common hospital statistics.',
    caution: null,
  },
  deaths: {
    label: 'Deaths',
    unit: 'patients',
    what: 'Discharged patients who left because they died. They are among the discharges and in the length of stay.',
    formula: 'Number of discharges with the outcome died.',
    source: 'Common hospital statistics.',
    caution: 'A count, not a rate: it says nothing of how ill the patients were.',
  },
  admissions: {
    label: 'Admissions',
    unit: 'patients',
    what: 'Patients admitted in the period. Giving a waiting patient a bed of a ward is an admission; one of an emergency or outpatient ward is not. For a ward: those who were in it at the moment of admission; who was moved there later is not one.',
    formula: 'Number of stays whose admission happened at or after the start and before the end of the period.',
    source: 'Common hospital statistics.',
    caution: null,
  },
  occupancy: {
    label: 'Occupancy',
    unit: '%',
    what: 'How full the beds were at each midnight of the period that has come. A bed is available when it was there and not blocked; one with a patient always counts as available. A bed is there from when it was made or first held, whichever is earlier; where a past was brought in, the beds its ward was set up with in the first week are there from that past’s first stay. One that messages named is there from when they first did. Whoever lies in a bed counts, admitted or not. Patients on a ward with no bed named count as occupying one while the ward has beds open. The house counts inpatient wards only.',
    formula:
      'Occupied bed-days of wards with beds ÷ available bed-days × 100, over the midnights on the clinic’s wall. None where there were no beds.',
    source: `${KH03} Many plan for about 85 %.`,
    caution: 'A midnight count does not see a bed that is used twice in a day.',
  },
  occupiedBedDays: {
    label: 'Occupied bed-days',
    unit: 'bed-days',
    what: 'Beds with a patient, added up over the midnights of the period. A bed held for a patient on leave is occupied; a bed shared by mother and baby is one bed. A patient on a ward with no bed named counts as in one, whether the ward has beds or not.',
    formula: 'Sum of occupied beds at each midnight.',
    source: KH03,
    caution: null,
  },
  unbeddedBedDays: {
    label: 'Bed-days on wards without beds',
    unit: 'bed-days',
    what: 'Of the occupied bed-days, those of patients on a ward that had no bed open then: one an import made, or before its beds were set up.',
    formula: 'Sum of patients at each midnight on wards without a bed open.',
    source: OURS,
    caution: 'They are in no occupancy and no turnover interval: there is nothing to divide them by.',
  },
  availableBedDays: {
    label: 'Available bed-days',
    unit: 'bed-days',
    what: 'Beds that were there and not blocked (repair, infection, staffing, closed …), added up over the midnights of the period.',
    formula: 'Sum of available beds at each midnight.',
    source: KH03,
    caution: null,
  },
  turnoverInterval: {
    label: 'Turnover interval',
    unit: 'days',
    what: 'How long a bed stood empty, on average, between one patient and the next.',
    formula: '(Available bed-days − occupied bed-days of wards with beds) ÷ discharges.',
    source: 'Common hospital statistics.',
    caution: 'Below zero when more patients were in than beds available.',
  },
  turnoverRate: {
    label: 'Bed turnover',
    unit: 'discharges a bed',
    what: 'How many patients each bed served in the period.',
    formula: 'Discharges ÷ average number of available beds.',
    source: 'Common hospital statistics.',
    caution: null,
  },
  turnaround: {
    label: 'Bed turnaround',
    unit: 'min',
    what: 'How long a bed took to be ready again after a patient left, for cleanings finished in the period: response is dirty to cleaning started, clean is started to done, turn is dirty to done. The clock starts when the patient left, not at the order to discharge.',
    formula: 'Medians in minutes. Cleanings that were called off are left out.',
    source: TELETRACKING,
    caution: null,
  },
  boarding: {
    label: 'Boarding',
    unit: 'min',
    what: 'How long patients waited in an emergency place for a bed: from the decision to admit until they left there, for those who left in the period. Not until a bed was assigned or a report was called. For a ward: the one they waited in or the one they went to.',
    formula: 'Median of the minutes from decision to leaving.',
    source: 'ED-2, CMS111 electronic quality measure; Joint Commission.',
    caution: null,
  },
  beforeNoon: {
    label: 'Discharged before noon',
    unit: '%',
    what: 'How many of those who left were gone before 12:00 on the clinic’s wall, when the beds are needed.',
    formula: 'Discharges before 12:00 ÷ discharges × 100.',
    source: 'BMC Health Services Research 2024, 10960: from 9.5 % to 26.8 % in 41 months.',
    caution:
      'Can lengthen stays when patients are kept for the next morning (AJMC, August 2020): always read it beside length of stay. Imported stays whose dates have no time count as midnight.',
  },
  waitsInTarget: {
    label: 'Seen within target',
    unit: '%',
    what: 'How many triaged patients who came in the period were seen by somebody who treats within the minutes their category allows. Who is still waiting or left unseen counts once the target is past, as not in target.',
    formula: 'Waits within target ÷ waits × 100, in whole minutes from arrival to first contact.',
    source:
      'Manchester triage: red 0, orange 10, yellow 60, green 120, blue 240 minutes, as the clinic’s settings say.',
    caution: null,
  },
  fourHour: {
    label: 'Within four hours',
    unit: '%',
    what: 'How many emergency patients who came in the period left the emergency place, for a bed or for home, within four hours of arrival. Who is still there counts once the four hours are past.',
    formula: 'Attendances of 240 minutes or less ÷ attendances × 100.',
    source: 'NHS four-hour standard: 1 − breaches ÷ attendances.',
    caution: null,
  },
  stranded: {
    label: 'Long stays',
    unit: 'patients',
    what: 'Admitted patients who were still in at the end of the period (or are now), for more than 7, 14 and 21 days since admission.',
    formula: 'Number of patients in with more than so many midnights since admission.',
    source: 'NHS England discharge delays situation report.',
    caution: null,
  },
  readyDays: {
    label: 'Days past ready',
    unit: 'days',
    what: 'Days that patients who are medically ready have stayed since, added up over those still in at the end of the period (or now).',
    formula: 'Sum of the midnights since each was marked medically ready.',
    source: 'NHS England discharge delays situation report.',
    caution: null,
  },
  forecast: {
    label: 'Forecast',
    unit: 'patients, beds',
    what: 'What the next hours are likely to bring, from what the same hours of the week brought in the past half year; recent weeks count more. It begins with the beds occupied now, counted as occupancy counts them: whoever lies in a bed, admitted or not. Arrivals are beds that fill, discharges beds that empty, also by a move to or from emergency (for a ward: any other ward). Where fewer came to a full house before, fewer are expected. Announced arrivals count when they are more; patients with a planned discharge are taken to leave then. Four of five past values were inside the band.',
    formula:
      'Beds occupied = occupied a day before (first: now) + arrivals − discharges; discharges are the share of those in who leave in that hour of the week.',
    source: OURS,
    caution:
      'The error shown is what the same method, knowing only what came before, had over the last four weeks, beside simply saying what was a week earlier.',
  },
} as const satisfies Record<string, Omit<KpiWords, 'definition'>>;
export type KpiName = keyof typeof WORDS;

/** Every figure of the figures screen by name. */
export const KPI_WORDS = Object.fromEntries(
  Object.entries<Omit<KpiWords, 'definition'>>(WORDS).map(([name, words]) => [
    name,
    { ...words, definition: [words.what, words.formula, words.caution].filter(Boolean).join(' ') },
  ]),
) as Readonly<Record<KpiName, KpiWords>>;
