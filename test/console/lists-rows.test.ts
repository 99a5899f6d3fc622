import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BedId } from '#domain/ids.ts';
import { foldBoard, NO_RECORDS } from '#renderer/client/board/board.ts';
import { applyPart, type BoardPart } from '#renderer/client/board/live-board.ts';
import { LIST_WORDS, LISTS } from '#renderer/features/patient-lists/list-kinds.ts';
import { bedsOf, lengthsOf, peopleOf, requestsOf } from '#renderer/features/patient-lists/list-rows.ts';
import { type ColumnWorld, peopleColumns } from '#renderer/features/patient-lists/people-columns.ts';
import { dueWords, newsWords, standWords, waitWords } from '#renderer/features/patient-lists/row-words.ts';
import { named } from '#renderer/ui/grid/column.ts';
import { makeBoardBed, makeBoardRequest, makeBoardRow, makeCleaning, wholeBoard } from '#test/helpers/board-parts.ts';
import { NOON } from '#test/helpers/makers.ts';

const MINUTE = 60_000;

function boardOf(told: Parameters<typeof wholeBoard>[0]) {
  const part = { ...wholeBoard(told), subscription: 's', n: 1, at: NOON } as unknown as BoardPart;
  return foldBoard(applyPart(NO_RECORDS, part));
}

const world: ColumnWorld = {
  zone: 'UTC',
  now: () => NOON,
  wardName: () => 'A',
  called: () => 'X',
  vitals: true,
  named: true,
};

describe('the lists', () => {
  it('name everyone here once, those in a bed in the order of the beds, then the others by arrival', () => {
    const [ann, bo, cem, dan] = [
      makeBoardRow({ displayName: 'ANN' }),
      makeBoardRow({ displayName: 'BO' }),
      makeBoardRow({ displayName: 'CEM', bedSince: null, arrivedAt: NOON }),
      makeBoardRow({ displayName: 'DAN', bedSince: null, arrivedAt: NOON - MINUTE }),
    ];
    const beds = [
      makeBoardBed({ label: '10', encounterIds: [ann.encounterId] }),
      makeBoardBed({ label: '2', encounterIds: [bo.encounterId] }),
    ];
    const planned = makeBoardRow({ status: 'planned', displayName: 'EVE' });
    const board = boardOf({ beds, encounters: [cem, ann, planned, dan, bo] });
    expect(peopleOf(board, 'here').map(({ displayName }) => displayName)).toEqual(['BO', 'ANN', 'DAN', 'CEM']);
    expect(peopleOf(board, 'expected').map(({ displayName }) => displayName)).toEqual(['EVE']);
  });

  it('hold nobody twice and miss nobody, and every count is the length of its list', () => {
    const status = fc.constantFrom('planned' as const, 'in-progress' as const, 'on-hold' as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(status, fc.boolean(), fc.boolean()), { maxLength: 30 }), (told) => {
        const encounters = told.map(([one, inBed]) => makeBoardRow({ status: one, bedSince: inBed ? NOON : null }));
        const beds = encounters.flatMap((row, at) =>
          told[at]?.[1] ? [makeBoardBed({ bedId: `bed-${at}` as BedId, encounterIds: [row.encounterId] })] : [],
        );
        const dirty = makeBoardBed({ status: 'housekeeping', cleaning: makeCleaning() });
        const requests = encounters.flatMap(({ encounterId }, at) =>
          told[at]?.[2] ? [makeBoardRequest({ encounterId })] : [],
        );
        const board = boardOf({ beds: [...beds, dirty], encounters, requests });
        const here = peopleOf(board, 'here');
        expect(new Set(here).size).toBe(here.length);
        // Whoever lies in a bed is here, whatever their papers say.
        expect(here.length).toBe(encounters.filter((row, at) => row.status !== 'planned' || told[at]?.[1]).length);
        const lengths = lengthsOf(board);
        expect(lengths).toEqual({
          here: here.length,
          expected: peopleOf(board, 'expected').length,
          waiting: peopleOf(board, 'waiting').length,
          discharges: peopleOf(board, 'discharges').length,
          beds: bedsOf(board, 'beds').length,
          'pending-in': requestsOf(board, 'pending-in').length,
          'pending-out': requestsOf(board, 'pending-out').length,
          cleanings: 1,
        });
      }),
    );
  });

  it('each say in words what it means that they are empty', () => {
    for (const list of LISTS) {
      expect(LIST_WORDS[list].none).toMatch(/^[A-Z][^.]*$/u);
      expect(LIST_WORDS[list].fills).toMatch(/\.$/u);
    }
  });

  it('have columns with names of their own, and no vital signs for those who may see none', () => {
    for (const list of ['here', 'expected', 'waiting', 'discharges'] as const) {
      const ids = named(peopleColumns(list, world)).map(({ colId }) => colId);
      expect(new Set(ids).size).toBe(ids.length);
      const plain = named(peopleColumns(list, { ...world, vitals: false })).map(({ colId }) => colId);
      expect(plain).not.toContain('news');
      expect(plain).not.toContain('alarm');
    }
  });
});

describe('the list of everyone here', () => {
  it('finds room, with all its columns, on a screen 1280 px wide', () => {
    const shown = named(peopleColumns('here', world)).filter(({ hide }) => !hide);
    const taken = shown.reduce((sum, { width, minWidth }) => sum + (minWidth ?? width ?? 0), 0);
    // Beside the rail, and with a scroll bar.
    expect(taken).toBeLessThanOrEqual(1280 - 80 - 16);
  });
});

describe('a row in words', () => {
  it('says where somebody stands', () => {
    const waits = { bedSince: null, admittedAt: null, arrivedAt: NOON };
    expect(standWords(makeBoardRow({ status: 'planned' }))).toBe('Expected');
    expect(standWords(makeBoardRow())).toBe('In bed');
    expect(standWords(makeBoardRow(waits))).toBe('Waiting for triage');
    expect(standWords(makeBoardRow({ ...waits, triage: { category: 'red', at: NOON } }))).toBe('Waiting');
    expect(standWords(makeBoardRow({ ...waits, seenAt: NOON }))).toBe('Being treated');
    expect(standWords(makeBoardRow({ dischargeOrderedAt: NOON }))).toBe('Discharge ordered');
    expect(standWords(makeBoardRow({ away: { kind: 'leave', since: NOON, where: null } }))).toBe('On leave');
    expect(standWords(makeBoardRow({ away: { kind: 'elsewhere', since: NOON, where: 'Theatre' } }))).toBe(
      'Away: Theatre',
    );
  });

  it('never gives a score that says nothing', () => {
    const news = (total: number | null, complete: boolean) =>
      newsWords(makeBoardRow({ news: { total, complete, trend: 'rising' } }));
    expect(news(null, false)).toBe('');
    expect(news(0, false)).toBe('Not complete');
    expect(news(5, false)).toBe('at least 5, rising');
    expect(news(7, true)).toBe('7, rising');
  });

  it('counts a wait until somebody was seen, and a limit past and to come', () => {
    expect(waitWords(makeBoardRow({ arrivedAt: NOON - 65 * MINUTE }), NOON)).toBe('1 h 5 min');
    expect(waitWords(makeBoardRow({ arrivedAt: NOON - 65 * MINUTE, seenAt: NOON - 60 * MINUTE }), NOON)).toBe('5 min');
    expect(dueWords(NOON + 8 * MINUTE, NOON)).toBe('in 8 min');
    expect(dueWords(NOON - 30_000, NOON)).toBe('due now');
    expect(dueWords(NOON - 12 * MINUTE, NOON)).toBe('over by 12 min');
  });
});
