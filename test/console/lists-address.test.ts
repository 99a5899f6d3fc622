import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListAsk, readListAsk, writeListAsk } from '#renderer/ui/grid/list-params.ts';
import { stateOf, withState } from '#renderer/ui/grid/view-state.ts';

const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/u);
const asks: fc.Arbitrary<ListAsk> = fc.record({
  search: fc.string(),
  sort: fc.array(fc.record({ column: id, descending: fc.boolean() }), { maxLength: 4 }),
  shown: fc.option(
    fc.array(fc.record({ column: id, width: fc.option(fc.integer({ min: 30, max: 2_000 })) }), {
      minLength: 1,
      maxLength: 8,
    }),
  ),
  only: fc.dictionary(id, fc.array(fc.string(), { minLength: 1, maxLength: 4 }), { maxKeys: 3, noNullPrototype: true }),
});

describe('what is asked of a list, in the address', () => {
  it('comes back as it was asked: a copied link shows the same', () => {
    fc.assert(
      fc.property(asks, (ask) => {
        const told = JSON.parse(JSON.stringify(writeListAsk({}, ask)));
        expect(readListAsk(told)).toEqual(ask);
      }),
    );
  });

  it('leaves alone what the screen keeps there', () => {
    const ask = readListAsk({ q: 'ann', sort: '-since', tab: 'refused', standing: 'waiting' });
    expect(writeListAsk({ q: 'ann', sort: '-since', tab: 'refused' }, { ...ask, search: '' })).toEqual({
      sort: '-since',
      tab: 'refused',
    });
  });

  it('is short enough to read', () => {
    const ask: ListAsk = {
      search: '',
      sort: [{ column: 'since', descending: true }],
      shown: [
        { column: 'patient', width: null },
        { column: 'since', width: 140 },
      ],
      only: {},
    };
    expect(new URLSearchParams(writeListAsk({}, ask) as Record<string, string>).toString()).toBe(
      'sort=-since&show=patient.since*140',
    );
  });

  it('takes any address without falling over', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('q', 'sort', 'show', 'is.ward', 'is.', 'x'), fc.jsonValue()),
        (params) => {
          const ask = readListAsk(params);
          expect(typeof ask.search).toBe('string');
          expect(readListAsk(writeListAsk({}, ask))).toEqual(ask);
        },
      ),
    );
  });

  it('reads a number or a yes in the search as the words they are', () => {
    expect(readListAsk({ q: 7 }).search).toBe('7');
    expect(readListAsk({ q: true }).search).toBe('true');
  });
});

describe('a saved view', () => {
  const address = { q: 'ann', sort: '-since', 'is.ward': ['A'], standing: 'waiting', from: '2026-03-01' };

  it('holds what was asked of the list and the choices that belong to it, whatever their order', () => {
    const state = stateOf(address, ['standing']);
    expect(JSON.parse(state)).toEqual({ q: 'ann', sort: '-since', 'is.ward': ['A'], standing: 'waiting' });
    expect(stateOf({ standing: 'waiting', 'is.ward': ['A'], sort: '-since', q: 'ann', from: 'x' }, ['standing'])).toBe(
      state,
    );
  });

  it('leaves the rest of the address alone when it is used', () => {
    const state = stateOf(address, ['standing']);
    expect(withState({ q: 'bo', from: '2026-04-01' }, state, ['standing'])).toEqual({ ...address, from: '2026-04-01' });
    expect(withState(address, '{}', ['standing'])).toEqual({ from: '2026-03-01' });
  });

  it('brings nothing but that, whoever wrote it', () => {
    expect(withState({ from: 'x' }, '{"from":"y","q":"z","__proto__":{"a":1}}', [])).toEqual({ from: 'x', q: 'z' });
    for (const broken of ['', '[]', 'null', '7', '{'])
      expect(withState({ from: 'x' }, broken, [])).toEqual({ from: 'x' });
  });
});
