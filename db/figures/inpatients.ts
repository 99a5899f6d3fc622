import type { ClinicDays } from '#domain/clinic/clinic-days.ts';
import type { AdmissionFact, DischargeFact, FigureQuestion, LeavingFact, PresentFact } from '#domain/flow/figures.ts';
import { losOf, nightsBetween } from '#domain/flow/kpi-rules.ts';
import type { EncounterId } from '#domain/ids.ts';
import type { StayReading, StayRow, WardStayRow } from './stays.ts';

/** Facts of admitted patients. */
export interface InpatientFacts {
  /** Who left, without saying who it was: for figures of years. */
  leavings(): LeavingFact[];
  admissionCount(): number;
  discharges(): DischargeFact[];
  admissions(): AdmissionFact[];
  present(): PresentFact[];
}

/** Stays of the whole house. */
export function houseStays(stays: StayReading, question: FigureQuestion, days: ClinicDays): InpatientFacts {
  const { sameDayLos } = question.policy;
  const leaving = (startedAt: number, at: number, died: boolean): LeavingFact => ({
    at,
    died,
    los: losOf(nightsBetween(days, startedAt, at), sameDayLos),
  });
  return {
    leavings: () => {
      const packed = stays.leftPacked(question);
      const facts: LeavingFact[] = [];
      for (let at = 0; at < packed.length; at += 3) {
        facts.push(leaving(packed[at] ?? 0, packed[at + 1] ?? 0, packed[at + 2] === 1));
      }
      return facts;
    },
    admissionCount: () => stays.admittedCount(question),
    discharges: () =>
      stays.left(question).map(({ encounterId, startedAt, leftAt, outcome }) => ({
        encounterId,
        startedAt,
        outcome,
        ...leaving(startedAt, leftAt ?? startedAt, outcome === 'died'),
      })),
    admissions: () => stays.admitted(question),
    present: () => {
      const at = endOf(question);
      return stays.presentAt(at).map((stay) => presentFact(stay, at, days));
    },
  };
}

/**
 * Stays of one ward: discharged are those whose last place was there, with the days spent there; admitted those who were
 * there at that moment.
 */
export function wardStays(rows: readonly WardStayRow[], question: FigureQuestion, days: ClinicDays): InpatientFacts {
  const byStay = Map.groupBy(rows, ({ encounterId }) => encounterId);
  const inPeriod = (at: number | null): at is number => at !== null && at >= question.from && at < question.to;
  const discharges = () =>
    [...byStay].flatMap(([encounterId, spans]) => {
      const { startedAt, leftAt, outcome } = spans[0] as WardStayRow;
      if (!inPeriod(leftAt) || !spans.some(({ to }) => to === leftAt)) return [];
      let nights = 0;
      for (const { from, to } of spans) nights += nightsBetween(days, from, to ?? leftAt);
      const los = losOf(nights, question.policy.sameDayLos);
      return [{ encounterId, startedAt, at: leftAt, died: outcome === 'died', outcome, los }];
    });
  const admissions = () =>
    firstOfEach(byStay, ({ startedAt, from, to }) => inPeriod(startedAt) && covers(from, to, startedAt));
  return {
    leavings: discharges,
    admissionCount: () => admissions().length,
    discharges,
    admissions,
    present: () => {
      const at = endOf(question);
      return [...byStay.values()].flatMap((spans) => {
        const there = spans.find(({ from, to, leftAt }) => covers(from, to, at) || (to === leftAt && from <= at));
        return there && (there.leftAt === null || there.leftAt >= at) ? [presentFact(there, at, days)] : [];
      });
    },
  };
}

/** The end of the period, or now while it lasts: what is in then. */
function endOf({ to, now }: FigureQuestion): number {
  return Math.min(to, now);
}

function covers(from: number, to: number | null, at: number): boolean {
  return from <= at && (to === null || to > at);
}

function firstOfEach(
  byStay: ReadonlyMap<EncounterId, readonly WardStayRow[]>,
  wanted: (row: WardStayRow) => boolean,
): AdmissionFact[] {
  return [...byStay].flatMap(([encounterId, spans]) => {
    const found = spans.find(wanted);
    return found ? [{ encounterId, at: found.startedAt }] : [];
  });
}

function presentFact({ encounterId, startedAt, readyAt }: StayRow, at: number, days: ClinicDays): PresentFact {
  const ready = readyAt !== null && readyAt <= at ? readyAt : null;
  return {
    encounterId,
    from: startedAt,
    days: nightsBetween(days, startedAt, at),
    readyAt: ready,
    readyDays: ready === null ? null : nightsBetween(days, ready, at),
  };
}
