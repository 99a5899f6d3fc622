import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import { offerMonitoredBed } from '#domain/flow/monitored-bed.ts';
import { NOTICE_AGE_MS, type Notice, noticesAt, type Wait } from '#domain/flow/notice.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { MINUTE_MS } from '#domain/time.ts';
import { NOON } from '#test/helpers/makers.ts';

const wait: Wait = {
  encounterId: 'ann' as EncounterId,
  category: 'yellow',
  triagedAt: NOON - 2 * NOTICE_AGE_MS,
  seeBy: NOON - NOTICE_AGE_MS - MINUTE_MS,
  where: 'Waiting room',
};

function happened(id: string, at: number): Notice {
  return {
    id,
    kind: 'block-ended',
    bedId: 'bed' as BedId,
    encounterId: null,
    at,
    words: 'Bed is no longer out of use.',
  };
}

function kinds(events: readonly Notice[]): string[] {
  const facts = { cleanings: [], waits: [wait], happened: events, targets: DEFAULT_SETTINGS.cleaningTargets };
  return noticesAt({ ...facts, bedWords: () => 'Bed' }, NOON).map(({ kind }) => kind);
}

describe('what there is to know', () => {
  it('a wait over its target is told for as long as it is true', () => {
    expect(kinds([])).toEqual(['wait-overdue']);
  });

  it('what is overdue comes first, what only happened is history after 12 hours', () => {
    expect(kinds([happened('new', NOON), happened('old', NOON - NOTICE_AGE_MS - 1)])).toEqual([
      'wait-overdue',
      'block-ended',
    ]);
  });
});

describe('the offer of a monitored bed', () => {
  it('is made to a patient in no bed, or in one without a monitor, from NEWS2 5 or 3 and rising', () => {
    for (const equipment of [null, []]) {
      expect(offerMonitoredBed({ total: 5, trend: 'unchanged' }, equipment)).toBe(true);
      expect(offerMonitoredBed({ total: 3, trend: 'rising' }, equipment)).toBe(true);
      expect(offerMonitoredBed({ total: 4, trend: 'unchanged' }, equipment)).toBe(false);
    }
    expect(offerMonitoredBed({ total: 9, trend: 'rising' }, ['monitor'])).toBe(false);
  });
});
