import { KPI_LISTS, type KpiList } from '#domain/flow/kpi.ts';
import type { Records } from '#renderer/client/records.ts';

export type BehindRow = Records['flow']['kpiList']['rows'][number];

/** How a list's columns are called, and what its value counts; null: the column says nothing there. */
export interface ListWords {
  readonly title: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly value: string | null;
  readonly detail: string | null;
  readonly people: boolean;
}

export const LIST_WORDS: Readonly<Record<KpiList, ListWords>> = {
  discharges: { title: 'Discharges', from: 'In since', to: 'Left', value: 'Days', detail: 'Outcome', people: true },
  deaths: { title: 'Deaths', from: 'In since', to: 'Died', value: 'Days', detail: null, people: true },
  'before-noon': {
    title: 'Discharged before noon',
    from: 'In since',
    to: 'Left',
    value: 'Days',
    detail: 'Outcome',
    people: true,
  },
  admissions: { title: 'Admissions', from: 'Admitted', to: null, value: null, detail: null, people: true },
  turnaround: { title: 'Cleanings', from: 'Dirty', to: 'Clean', value: 'Minutes', detail: 'Cause', people: false },
  boarding: {
    title: 'Boarding: waiting for a bed',
    from: 'Decision to admit',
    to: 'Left emergency',
    value: 'Minutes',
    detail: null,
    people: true,
  },
  waits: { title: 'Triage waits', from: 'Arrived', to: 'Seen', value: 'Minutes', detail: 'Category', people: true },
  'four-hour': {
    title: 'Emergency attendances',
    from: 'Arrived',
    to: 'Left or admitted',
    value: 'Minutes',
    detail: 'Four hours',
    people: true,
  },
  stranded: { title: 'In for more than 7 days', from: 'In since', to: null, value: 'Days', detail: null, people: true },
  ready: {
    title: 'Medically ready and still in',
    from: 'Ready since',
    to: null,
    value: 'Days since',
    detail: null,
    people: true,
  },
};

export function isList(name: string | undefined): name is KpiList {
  return KPI_LISTS.some((list) => list === name);
}

const DETAIL_WORDS: Readonly<Record<string, string>> = {
  home: 'Home',
  'other-facility': 'Other facility',
  'against-advice': 'Against advice',
  'left-unseen': 'Left unseen',
  died: 'Died',
  other: 'Other',
  discharge: 'After a discharge',
  transfer: 'After a transfer',
  death: 'After a death',
  isolation: 'After an isolation',
  request: 'On request',
};

/** An outcome or a cause in words; what has its words already stays as it is, with a capital. */
export function detailWords(detail: string | null): string {
  if (detail === null) return '';
  return DETAIL_WORDS[detail] ?? detail.charAt(0).toUpperCase() + detail.slice(1);
}
