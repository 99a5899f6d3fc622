import type { Again, FlowEvent, Journey, Whereabouts } from './event.ts';
import { byHappening, byRecording, type Effective, factOf } from './event-order.ts';
import { walk } from './journey-walk.ts';
import { chained } from './move-chain.ts';
import { samePlace } from './place.ts';
import { takeBack } from './taking-back.ts';

/**
 * Where an encounter stands. Depends only on which events there are, not on the order they are given in; voided ones
 * count for nothing. Nothing is guessed: what cannot be explained has no effect and is named.
 */
export function journeyOf(events: readonly FlowEvent[]): Journey {
  const { events: standing, again, unexplained } = takeBack(events.filter(({ voided }) => voided === null));
  const effective = chained(timed(toldOnce(standing)).sort(byHappening));
  const walked = walk(effective, standingDischarge(effective));
  const all = [...unexplained, ...walked.unexplained];
  return {
    ...walked.journey,
    whereabouts: joined(walked.whereabouts).map((span) => stayingOn(span, again)),
    unexplained: all.sort((one, other) => (one.eventId < other.eventId ? -1 : 1)),
  };
}

/** Each fact as it was first recorded. */
function toldOnce(standing: readonly FlowEvent[]): FlowEvent[] {
  const seen = new Set<string>();
  return standing.filter((event) => {
    const fact = factOf(event);
    return seen.has(fact) ? false : seen.add(fact) !== undefined;
  });
}

/**
 * A second admission to another place is a move, and so is the first after an arrival another system told of: when it
 * says no later time than the one before, it took effect when it was written down.
 */
function timed(events: readonly FlowEvent[]): Effective[] {
  const openings = events
    .filter(({ step }) => step.kind === 'admitted' || step.kind === 'arrived')
    .map((event) => ({ event, at: event.happenedAt }))
    .sort(byHappening)
    .map(({ event }) => event);
  const arrival = openings[0];
  const admission = openings.find(({ step }) => step.kind === 'admitted');
  return events.map((event) => {
    const first = event === admission && event.source === 'feed' ? arrival : admission;
    return { event, at: first ? effectOf(event, first) : event.happenedAt };
  });
}

function effectOf(event: FlowEvent, first: FlowEvent): number {
  const { step, happenedAt, recordedAt } = event;
  if (step.kind !== 'admitted' || event === first) return happenedAt;
  if (first.step.kind !== 'admitted' && first.step.kind !== 'arrived') return happenedAt;
  if (happenedAt > first.happenedAt || step.place === null || samePlace(step.place, first.step.place))
    return happenedAt;
  return Math.max(happenedAt, recordedAt);
}

/** Of several times a patient is said to have left, the one written down first stands. */
function standingDischarge(effective: readonly Effective[]): FlowEvent | undefined {
  const opened = effective.findIndex(({ event: { step } }) => step.kind === 'arrived' || step.kind === 'admitted');
  if (opened === -1) return undefined;
  const leavings = effective.slice(opened).map(({ event }) => event);
  return leavings.filter(({ step }) => step.kind === 'discharged').sort(byRecording)[0];
}

/** A span with the leavings in it that were taken back, in order of time. */
function stayingOn(span: Whereabouts, leavings: readonly Again[]): Whereabouts {
  const within = leavings.filter(({ from }) => from > span.from && (span.to === null || from < span.to));
  if (within.length === 0) return span;
  return { ...span, again: within.sort((one, other) => one.from - other.from || one.toldAt - other.toldAt) };
}

/** Spans of no length are none; one place that follows itself is one span. */
function joined(spans: readonly Whereabouts[]): Whereabouts[] {
  const result: Whereabouts[] = [];
  for (const span of spans) {
    if (span.to !== null && span.to <= span.from) continue;
    const last = result.at(-1);
    if (last && last.to === span.from && samePlace(last.place, span.place))
      result[result.length - 1] = { ...last, to: span.to };
    else result.push(span);
  }
  return result;
}
