import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WardId } from '#domain/ids.ts';
import { foldBoard, NO_RECORDS } from '#renderer/client/board/board.ts';
import {
  BED_LISTS,
  bedList,
  discharges,
  expectedIn,
  inBedList,
  PEOPLE_LISTS,
  pendingIn,
  peopleList,
  STATE_LISTS,
  waiting,
} from '#renderer/client/board/board-lists.ts';
import { initialsOf } from '#renderer/client/board/board-words.ts';
import { applyPart, type BoardPart } from '#renderer/client/board/live-board.ts';
import { countsOf } from '#renderer/features/flow/board/BoardCounts.tsx';
import { soonWords } from '#renderer/features/flow/board/board-day.ts';
import { columnsFor } from '#renderer/features/flow/wall/wall-layout.ts';
import { comingUntil, dayEnd, momentsOf, readMoment, sayMoment } from '#renderer/ui/clinic-time.ts';
import {
  boardChanges,
  makeBoardBed,
  makeBoardRequest,
  makeBoardRow,
  makeCleaning,
  makeReservation,
  makeWaitingRow,
  wholeBoard,
} from '#test/helpers/board-parts.ts';
import { NOON } from '#test/helpers/makers.ts';

const DAY_END = NOON + 12 * 3_600_000;

function boardOf(told: Parameters<typeof wholeBoard>[0]) {
  const part = { ...wholeBoard(told), subscription: 's', n: 1, at: NOON } as unknown as BoardPart;
  return foldBoard(applyPart(NO_RECORDS, part));
}

/** Beds and people in any state the contract allows. */
const anyTime = fc.option(fc.integer({ min: NOON - 86_400_000 * 3, max: NOON + 86_400_000 * 3 }), { nil: null });
const anyRow = fc
  .record({
    status: fc.constantFrom('planned', 'in-progress', 'on-hold'),
    expectedAt: anyTime,
    arrivedAt: anyTime,
    seenAt: anyTime,
    seeBy: anyTime,
    bedSince: anyTime,
    dischargeOrderedAt: anyTime,
    expectedDischargeAt: anyTime,
    medicallyReadyAt: anyTime,
  })
  .map((given) => makeBoardRow(given as Parameters<typeof makeBoardRow>[0]));
const anyBed = fc
  .record({
    status: fc.constantFrom('occupied', 'contaminated', 'housekeeping', 'closed', 'unoccupied'),
    cleaning: fc.option(fc.constantFrom('requested' as const, 'started' as const), { nil: null }),
    kept: fc.boolean(),
    blocked: fc.boolean(),
  })
  .map(({ status, cleaning, kept, blocked }) =>
    makeBoardBed({
      status: status as 'occupied',
      cleaning: cleaning && makeCleaning({ state: cleaning }),
      reservation: kept ? makeReservation('encounter-0' as never) : null,
      block: blocked ? { id: 'b', reason: 'repair', note: null, from: NOON, to: null } : null,
    }),
  );

describe('what the board counts', () => {
  it('is always as long as the list it opens, in 10,000 states', () => {
    fc.assert(
      fc.property(fc.array(anyBed, { maxLength: 8 }), fc.array(anyRow, { maxLength: 8 }), (beds, encounters) => {
        const placed = beds.map((bed, index) => {
          const row = encounters[index];
          return bed.status === 'occupied' && row ? { ...bed, encounterIds: [row.encounterId] } : bed;
        });
        const requests = encounters.slice(0, 3).map(({ encounterId }) => makeBoardRequest({ encounterId }));
        const board = boardOf({ beds: placed, encounters, requests });
        const wardId = 'ward-1' as WardId;
        const here = new Set(waiting(board));
        return [
          countsOf(board, DAY_END, wardId).join() ===
            [
              board.tiles.size,
              ...BED_LISTS.map(
                (list) => [...board.tiles.values()].filter((tile) => inBedList(list, tile, DAY_END)).length,
              ),
              ...PEOPLE_LISTS.map((list) => peopleList(board, list, { until: DAY_END, wardId }).length),
            ].join(),
          BED_LISTS.every((list) => bedList(board, list, DAY_END).every((tile) => inBedList(list, tile, DAY_END))),
          !expectedIn(board).some((row) => here.has(row)),
        ].every(Boolean);
      }),
      { numRuns: 10_000 },
    );
  });

  it('never counts a bed as free that is occupied, dirty, being cleaned, blocked or kept', () => {
    fc.assert(
      fc.property(anyBed, (bed) => {
        const board = boardOf({ beds: [bed] });
        const free = bedList(board, 'free', DAY_END).length === 1;
        if (free) expect([bed.status, bed.reservation]).toEqual(['unoccupied', null]);
      }),
    );
  });

  it('parts the beds by their states: beside the total each bed is counted once', () => {
    fc.assert(
      fc.property(fc.array(anyBed, { maxLength: 12 }), (beds) => {
        const board = boardOf({ beds });
        const parts = STATE_LISTS.map((list) => bedList(board, list, DAY_END).length);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(board.tiles.size);
      }),
    );
  });

  it('lists a bed that is kept while somebody lies in it as occupied, and apart as not free yet', () => {
    const row = makeBoardRow();
    const bed = makeBoardBed({ encounterIds: [row.encounterId], reservation: makeReservation('encounter-0' as never) });
    const board = boardOf({ beds: [bed], encounters: [row] });
    const inLists = BED_LISTS.filter((list) => bedList(board, list, DAY_END).length === 1);
    expect(inLists).toEqual(['occupied', 'kept']);
  });
});

describe('the lists', () => {
  it('put who must be seen first on top, and who is not triaged before them all', () => {
    const later = makeWaitingRow({ triage: { category: 'green', at: NOON }, seeBy: NOON + 7_200_000 });
    const soon = makeWaitingRow({ triage: { category: 'orange', at: NOON }, seeBy: NOON + 60_000 });
    const untriaged = makeWaitingRow();
    const seen = makeWaitingRow({ seenAt: NOON - 60_000, seeBy: null });
    const board = boardOf({ encounters: [seen, later, soon, untriaged] });
    expect(waiting(board)).toEqual([untriaged, soon, later, seen]);
  });

  it('say a patient is out today when expected by midnight, or ordered or ready without a time, and not when expected later', () => {
    const today = makeBoardRow({ expectedDischargeAt: DAY_END - 1 });
    const tomorrow = makeBoardRow({ expectedDischargeAt: DAY_END, dischargeOrderedAt: NOON });
    const ordered = makeBoardRow({ dischargeOrderedAt: NOON });
    const beds = [today, tomorrow, ordered].map(({ encounterId }) => makeBoardBed({ encounterIds: [encounterId] }));
    const board = boardOf({ beds, encounters: [today, tomorrow, ordered] });
    expect(bedList(board, 'out', DAY_END).map(({ occupants }) => occupants[0])).toEqual([today, ordered]);
    expect(discharges(board)).toEqual([today, tomorrow, ordered]);
  });

  it('put the most urgent request first', () => {
    const rows = [makeBoardRow(), makeBoardRow(), makeBoardRow()];
    const requests = (['routine', 'emergency', 'urgent'] as const).map((urgency, index) =>
      makeBoardRequest({ urgency, encounterId: rows[index]?.encounterId as never }),
    );
    const board = boardOf({ encounters: rows, requests });
    expect(pendingIn(board).map(({ request }) => request.urgency)).toEqual(['emergency', 'urgent', 'routine']);
  });
});

describe('the board as it changes', () => {
  it('keeps every tile the same object but the one that changed', () => {
    const rows = [makeBoardRow(), makeBoardRow()];
    const beds = rows.map(({ encounterId }) => makeBoardBed({ encounterIds: [encounterId] }));
    const before = boardOf({ beds, encounters: rows });
    const [first] = rows;
    if (!first) throw new Error('No row.');
    const part = {
      ...boardChanges({ encounters: [{ ...first, waitingFor: 'Transport' }] }),
      subscription: 's',
      n: 2,
      at: NOON,
    };
    const after = foldBoard(applyPart(before, part as unknown as BoardPart), before);
    const same = [...after.tiles].map(([bedId, tile]) => tile === before.tiles.get(bedId));
    expect(same).toEqual([false, true]);
  });

  it('sorts beds by room and label, 2 before 10', () => {
    const beds = ['10', '2', '1'].map((label) => makeBoardBed({ label }));
    const board = boardOf({ beds: [...beds, makeBoardBed({ label: '3', roomLabel: '0', roomId: 'room-0' as never })] });
    expect([...board.tiles.values()].map(({ bed }) => bed.label)).toEqual(['3', '1', '2', '10']);
  });
});

describe('a time as typed', () => {
  const LONDON = 'Europe/London';
  const at = (iso: string) => Date.parse(iso);

  it('F69 is no time where the clock was put forward over it, and two where it was put back', () => {
    expect(momentsOf({ day: '2026-03-29', hour: 1, minute: 30 }, LONDON)).toEqual([]);
    expect(momentsOf({ day: '2026-10-25', hour: 1, minute: 30 }, LONDON)).toEqual([
      at('2026-10-25T00:30:00Z'),
      at('2026-10-25T01:30:00Z'),
    ]);
    expect(readMoment('29-Mar-2026 01:30', at('2026-03-30T12:00:00Z'), LONDON, true).kind).toBe('unclear');
  });

  it('is the last such time for what happened and the next for what will', () => {
    const now = at('2026-06-10T08:00:00Z');
    expect(readMoment('0830', now, 'UTC', true)).toEqual({ kind: 'moments', moments: [at('2026-06-09T08:30:00Z')] });
    expect(readMoment('08:30', now, 'UTC', false)).toEqual({ kind: 'moments', moments: [at('2026-06-10T08:30:00Z')] });
    expect(readMoment('yesterday 23:15', now, 'UTC', true)).toEqual({
      kind: 'moments',
      moments: [at('2026-06-09T23:15:00Z')],
    });
    expect(readMoment('12-Mar-2026 14:05', now, 'UTC', true)).toEqual({
      kind: 'moments',
      moments: [at('2026-03-12T14:05:00Z')],
    });
    expect(readMoment('', now, 'UTC', true)).toEqual({ kind: 'now' });
    expect(readMoment('25:00', now, 'UTC', true).kind).toBe('unclear');
    expect(readMoment('soon', now, 'UTC', true).kind).toBe('unclear');
  });

  it('F69 reads back what is said of it, on any day of the year', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T23:00:00Z') }),
        fc.integer({ min: -3 * 1440, max: 3 * 1440 }),
        fc.constantFrom('UTC', LONDON, 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu'),
        (whenever, minutes, zone) => {
          const now = Math.floor(whenever / 60_000) * 60_000;
          const then = now + minutes * 60_000;
          const read = readMoment(sayMoment(then, now, zone), now, zone, then <= now);
          expect(read.kind === 'moments' && read.moments).toContain(then);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('F69 ends the day at midnight of the clinic, 23 and 25 hours after it began too', () => {
    expect(dayEnd(at('2026-03-29T12:00:00Z'), LONDON) - at('2026-03-29T00:00:00Z')).toBe(23 * 3_600_000);
    expect(dayEnd(at('2026-10-25T12:00:00Z'), LONDON) - at('2026-10-24T23:00:00Z')).toBe(25 * 3_600_000);
  });
});

describe('what comes soon', () => {
  const at = (iso: string) => Date.parse(iso);

  it('is what comes by midnight, and from noon on by the full hour after the next 12 h, so that no evening hides the night', () => {
    const until = (iso: string, zone = 'UTC') => new Date(comingUntil(at(iso), zone)).toISOString();
    expect(until('2026-11-22T08:00:00Z')).toBe('2026-11-23T00:00:00.000Z');
    expect(until('2026-11-22T12:00:00Z')).toBe('2026-11-23T00:00:00.000Z');
    expect(until('2026-11-22T12:01:00Z')).toBe('2026-11-23T01:00:00.000Z');
    expect(until('2026-11-22T23:34:00Z')).toBe('2026-11-23T12:00:00.000Z');
    expect(until('2026-11-22T18:00:00Z', 'Asia/Kathmandu')).toBe('2026-11-23T06:15:00.000Z');
  });

  it('F69 is never less than 12 h nor less than the clinic’s day, on any day of the year', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T23:00:00Z') }),
        fc.constantFrom('UTC', 'Europe/London', 'America/New_York', 'Asia/Kathmandu'),
        (now, zone) => {
          const until = comingUntil(now, zone);
          expect(until).toBeGreaterThanOrEqual(Math.max(now + 12 * 3_600_000, dayEnd(now, zone)));
          expect(until).toBeLessThan(Math.max(now + 13 * 3_600_000, dayEnd(now, zone)) + 60_000);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is called by its end', () => {
    const [midnight, noon] = [at('2026-11-23T00:00:00Z'), at('2026-11-23T12:00:00Z')];
    expect(soonWords({ zone: 'UTC', dayEnd: midnight, until: midnight })).toBe('today');
    expect(soonWords({ zone: 'UTC', dayEnd: midnight, until: noon })).toBe('by 12:00');
  });
});

describe('the wall', () => {
  it('fits any house on one screen', () => {
    for (const counts of [[0], [1], [32], [6, 18, 18], Array.from({ length: 10 }, () => 20)]) {
      const columns = columnsFor(counts, { width: 1920, height: 940, headPx: 40 });
      const rows = counts.reduce((sum, count) => sum + Math.ceil(count / columns), 0);
      expect(rows * 10 + counts.length * 40).toBeLessThan(940);
    }
  });

  it('writes names as initials', () => {
    const names = ['OKAFOR, Ann', 'VAN DER BERG, Marieke', 'OKONKWO', 'LI', '李, 娜', 'العلي, فاطمة'];
    expect(names.map(initialsOf)).toEqual(['AO', 'MV', 'O', 'L', '–', 'فا']);
  });
});
