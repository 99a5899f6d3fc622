import type { AlarmBook } from '#domain/alarm/alarm-book.ts';
import type { AlarmSubject, Finding } from '#domain/alarm/alarm-state.ts';
import type { LimitFact, Side } from '#domain/alarm/limit-judge.ts';
import { DEVICE_RULES } from '#domain/alarm/rules/device-rules.ts';
import { PATIENT_RULES } from '#domain/alarm/rules/index.ts';
import type { Device, Presence } from '#domain/device/device.ts';
import { profileOf } from '#domain/device/profiles/index.ts';
import type { Track } from '#domain/observation/patient-state.ts';
import { SECOND_MS } from '#domain/time.ts';
import type { Route } from './live-routes.ts';
import type { Watched } from './live-stays.ts';

/** After a start, or a loss of the broker, devices get this long to be heard again before any counts as lost. */
export const GRACE_MS = 30 * SECOND_MS;

const SIDES: readonly Side[] = ['low', 'high'];

/** Puts what a value said about its limits into the alarm book. */
export function judgeLimits(book: AlarmBook, watched: Watched, track: Track, at: number): void {
  if (!track.limits) return;
  const subject = subjectOf(watched);
  const facts = track.judge.facts(track.limits);
  track.alarming = facts.length > 0;
  for (const side of SIDES) {
    const fact = facts.find((entry) => entry.side === side);
    const rule = `${track.code}-${side}`;
    book.settle(subject, rule, fact ? [limitFinding(rule, fact, track)] : [], at);
  }
}

function limitFinding(rule: string, { side, priority, limit }: LimitFact, { code, metric, value }: Track): Finding {
  const shown = value === null ? '-' : written(value, metric.decimals);
  const sign = side === 'low' ? '<' : '>';
  const bound = written(limit, metric.decimals);
  // A value on its way back is inside the limit but not yet by the hysteresis: say so rather than print "91 < 90".
  const beyond = value !== null && (side === 'low' ? value < limit : value > limit);
  const message = beyond
    ? `${metric.short} ${shown} ${sign} ${bound}`
    : `${metric.short} ${shown}, was ${sign} ${bound}`;
  return { rule, kind: 'physiological', priority, code, message, limit, value, worse: side };
}

/** A number to so many decimals, without trailing zeros. */
function written(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

/** Rules that know what is wrong only from messages of now: right after a start their silence proves nothing. */
const NEEDS_MESSAGES = new Set(['no-value', 'apnoea']);

/** Asks the timed rules about one stay. */
export function judgePatient(book: AlarmBook, watched: Watched, now: number, inGrace = false): void {
  const subject = subjectOf(watched);
  for (const track of watched.state.silenced(now)) {
    for (const side of SIDES) book.settle(subject, `${track.code}-${side}`, [], now);
  }
  const view = { metrics: watched.state.tracks, score: watched.state.score };
  for (const rule of PATIENT_RULES) {
    const findings = rule.judge(view, now);
    if (inGrace && findings.length === 0 && NEEDS_MESSAGES.has(rule.name)) continue;
    book.settle(subject, rule.name, findings, now, rule);
  }
  // The score is lower, but not yet for long enough: the alarm must not contradict the score beside it.
  const { total = null } = watched.state.score ?? {};
  if (total !== null) book.reword(subject, 'news2', total, ({ extreme }) => `NEWS2 ${total}, was ${extreme}`);
}

interface DeviceNow {
  readonly presence: Presence | undefined;
  readonly badData: boolean;
  /** Whether a silent device may still just be on its way back: then nothing begins and nothing ends for its silence. */
  readonly inGrace: boolean;
  /** When its newest value was taken in; null before the first. */
  readonly readingAt: number | null;
}

/** Asks the timed rules about one device and where it is. A device with nobody at its bed raises nothing; one at a shared bed that alone. */
export function judgeDevice(
  book: AlarmBook,
  device: Device,
  { encounterId, bedId, shared }: Route,
  now: number,
  { presence, badData, inGrace, readingAt }: DeviceNow,
): void {
  const subject: AlarmSubject = { encounterId, bedId, deviceId: device.id };
  const profile = profileOf(device.type);
  const occupied = encounterId !== null;
  const watches = profile.bedside && occupied && !inGrace;
  const view = {
    typeLabel: profile.label,
    shared: profile.bedside && shared,
    bedside: profile.bedside && occupied,
    online: presence?.online ?? false,
    noReadingsMs: watches && presence?.online && readingAt !== null ? now - readingAt : null,
    battery: occupied ? (presence?.battery ?? null) : null,
    skewed: occupied && (presence?.skewed ?? false),
    badData: occupied && badData,
    active: new Set(book.openOf(subject).map(({ rule }) => rule)),
  };
  for (const rule of DEVICE_RULES) {
    if (inGrace && occupied && rule.name === 'device-lost') continue;
    book.settle(subject, rule.name, rule.judge(view, now), now, rule);
  }
}

const NOBODY: AlarmSubject = { encounterId: null, bedId: null, deviceId: null };

/** What may be wrong with the hub itself, each one alarm for the whole clinic. */
export interface HubTroubles {
  /** Since when the broker cannot be reached; null while it can. */
  readonly brokerLostSince: number | null;
  /** What the last check of the store found, in words; null while it is whole. */
  readonly storeProblem: string | null;
}

const BROKER_PATIENCE_MS = 5 * SECOND_MS;

export function judgeHub(book: AlarmBook, { brokerLostSince, storeProblem }: HubTroubles, now: number): void {
  const lost = brokerLostSince !== null && now - brokerLostSince >= BROKER_PATIENCE_MS;
  const trouble = (rule: string, priority: Finding['priority'], message: string): Finding[] => [
    { rule, kind: 'technical', priority, code: null, message, limit: null, value: null },
  ];
  const gone = 'Device network lost: no values from any device';
  book.settle(NOBODY, 'broker-lost', lost ? trouble('broker-lost', 'medium', gone) : [], now);
  const damaged = `The store is damaged (${storeProblem}): take a backup and call support`;
  book.settle(NOBODY, 'store-damaged', storeProblem === null ? [] : trouble('store-damaged', 'medium', damaged), now);
}

function subjectOf(watched: Watched): AlarmSubject {
  return { encounterId: watched.encounter.id, bedId: watched.bedId, deviceId: null };
}
