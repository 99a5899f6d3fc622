import type { Kpis } from './kpi.ts';

/** What a figure means, as people who argue about it need it. */
export interface KpiWords {
  readonly label: string;
  readonly definition: string;
  /** Whose definition it is, or against what it is usually held. */
  readonly source: string;
  /** `%`, `days`, `min`; empty for counts. */
  readonly unit: string;
}

/** The definition of every figure, as `kpis` works it out. */
export const KPI_WORDS: Readonly<Record<Exclude<keyof Kpis, 'at'>, KpiWords>> = {
  occupancy: {
    label: 'Occupancy',
    definition:
      'Occupied bed-days divided by available bed-days, counted at each midnight of the period. Empty beds that are blocked are not available; a bed with a patient always is.',
    source: 'NHS KH03. Often planned at 85 %.',
    unit: '%',
  },
  occupiedBedDays: {
    label: 'Occupied bed-days',
    definition: 'Beds with a patient at each midnight of the period, added up.',
    source: 'NHS KH03.',
    unit: 'bed-days',
  },
  availableBedDays: {
    label: 'Available bed-days',
    definition: 'Beds open at each midnight of the period, added up. Empty blocked beds are left out.',
    source: 'NHS KH03.',
    unit: 'bed-days',
  },
  discharges: {
    label: 'Discharges',
    definition: 'Admitted patients who left in the period, those who died included. Counted when the patient left.',
    source: 'Usual definition.',
    unit: '',
  },
  deaths: {
    label: 'Deaths',
    definition: 'Discharges in the period whose outcome is death.',
    source: 'Usual definition.',
    unit: '',
  },
  admissions: {
    label: 'Admissions',
    definition: 'Patients admitted in the period.',
    source: 'Usual definition.',
    unit: '',
  },
  alos: {
    label: 'Length of stay, mean',
    definition:
      'Midnights crossed by the patients who left in the period, divided by their number; deaths included. What a stay without a midnight counts is a setting of the clinic.',
    source: 'NHS bed availability and occupancy.',
    unit: 'days',
  },
  medianLos: {
    label: 'Length of stay, median',
    definition: 'Half of the patients who left in the period stayed this long or shorter.',
    source: 'Usual definition.',
    unit: 'days',
  },
  turnoverInterval: {
    label: 'Turnover interval',
    definition:
      'Available minus occupied bed-days, divided by discharges: how long a bed is empty between two patients.',
    source: 'Usual definition.',
    unit: 'days',
  },
  turnoverRate: {
    label: 'Bed turnover',
    definition: 'Discharges divided by the beds available on average.',
    source: 'Usual definition.',
    unit: 'discharges a bed',
  },
  turnaround: {
    label: 'Bed turnaround',
    definition:
      'Medians of the cleanings done in the period. Response: bed dirty to start. Clean: start to done. Turn: dirty to done. A bed is dirty from when the patient left.',
    source: 'Usual targets: response 30 min, clean 30 min, turn 60 min; yours are in Settings.',
    unit: 'min',
  },
  boarding: {
    label: 'Waiting for a bed',
    definition:
      'Median time from the decision to admit to leaving the emergency place, of those who left it in the period.',
    source: 'CMS measure ED-2.',
    unit: 'min',
  },
  beforeNoon: {
    label: 'Discharged before noon',
    definition:
      'Discharges completed before 12:00 clinic time, of all discharges. Read it together with length of stay: leaving early must not mean leaving a day later.',
    source: 'BMC Health Services Research 2024: 9.5 % to 26.8 % in 41 months.',
    unit: '%',
  },
  waitsInTarget: {
    label: 'Seen within triage target',
    definition:
      'Triaged patients whose time from arrival to first contact was within the target of their category. One who still waits counts once over the target.',
    source: 'Manchester triage; the targets are in Settings.',
    unit: '%',
  },
  fourHour: {
    label: 'Within 4 hours',
    definition:
      'Emergency attendances that left or were admitted within 4 hours of arrival. One who is still there counts once over 4 hours.',
    source: 'NHS four-hour standard.',
    unit: '%',
  },
  stranded: {
    label: 'In for more than 7 days',
    definition:
      'Admitted patients still in at the end of the period who have been in for more than 7 days; beside it, more than 14 and 21.',
    source: 'NHS discharge situation report.',
    unit: '',
  },
  readyDays: {
    label: 'Days past medically ready',
    definition: 'Days since they were medically ready, added up over the patients still in at the end of the period.',
    source: 'NHS discharge situation report.',
    unit: 'days',
  },
};
