import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#db/connection.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { PatientId } from '#domain/ids.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';
import { furnish, makePatient } from './clinic.ts';

let test: TestStore;
let store: Store;
beforeEach(() => {
  test = openTestStore();
  store = test.store;
  furnish(store);
});
afterEach(() => test.remove());

describe('F78 search', () => {
  const families = ["' OR 1=1--", '%', '_', 'a%c', 'abc', 'a\0c', 'NEAR(x)', '"x*"', 'Çelik', '\\', 'new\nline'];

  it('finds what holds the text literally, and nothing else; the schema stays as it was', () => {
    const before = schemaHash();
    for (const [index, family] of families.entries()) {
      store.patients.save(
        makePatient(`p${index}`, {
          name: { family, given: ['Q'] },
          identifiers: [{ system: 'mrn', value: `M%${index}_` }],
        }),
      );
    }
    const hits = (query: string) => new Set(store.patients.search(query, 100).map(({ id }) => id as string));
    const wanted = (query: string): Set<string> => {
      const low = query.normalize('NFC').toLowerCase();
      const parts = (family: string, given: string) => [
        `${given} ${family}`,
        `${family} ${given}`,
        `${family}, ${given}`,
      ];
      const all: [string, string[]][] = families.map((family, index) => [
        `p${index}`,
        [...parts(family, 'Q'), `M%${index}_`],
      ]);
      for (const name of ['ann', 'bo']) all.push([name, parts('Berg', 'Ann Marie')]);
      const inParts = ([, texts]: [string, string[]]) =>
        texts.some((text) => text.normalize('NFC').toLowerCase().includes(low));
      return new Set(all.filter(inParts).map(([id]) => id));
    };
    const piece = fc.oneof(
      fc.constantFrom(...families, 'M%1', '_', 'C\u0327elik', 'berg, ann', 'g\n'),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(piece, (query) => {
        expect(hits(query)).toEqual(wanted(query));
      }),
      { numRuns: 300 },
    );
    expect(schemaHash()).toBe(before);
    expect(store.verify()).toMatchObject({ ok: true });
  });

  function schemaHash(): string {
    const db = connect(join(test.dataDir, 'wardline.db'), test.key, { readOnly: true });
    const texts = db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').pluck().all();
    db.close();
    return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
  }

  it('answers by family name, at most as many as asked for', () => {
    store.patients.save(makePatient('z', { name: { family: 'aaron', given: [] } }));
    expect(store.patients.search('', 2).map(({ id }) => id)).toEqual(['z' as PatientId, 'ann' as PatientId]);
  });
});
