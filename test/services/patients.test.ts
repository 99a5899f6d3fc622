import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatientId } from '#domain/ids.ts';
import { type Desk, failure, openClinic, type TestClinic } from './clinic.ts';

let clinic: TestClinic;
let nurse: Desk;

beforeAll(() => {
  clinic = openClinic();
  nurse = clinic.as(clinic.staff('nurse'));
});
afterAll(() => clinic.close());

const ann = { family: 'Okafor', given: ['Ann', 'Grace'] };

describe('registering a patient', () => {
  it('keeps who they are, and the ledger who said so', async () => {
    const identifiers = [{ system: 'mrn', value: 'A-100' }];
    clinic.heard();
    const { id } = await nurse.patients.register({ name: ann, birthDate: '1961-05-17', sex: 'female', identifiers });
    expect(clinic.heard()).toEqual([`patient ${id}`]);
    expect(await nurse.patients.get({ id })).toEqual({
      id,
      name: ann,
      birthDate: '1961-05-17',
      sex: 'female',
      identifiers,
      allergies: null,
      allergiesRecordedAt: null,
      encounter: null,
      bed: null,
      ward: null,
    });
    expect(clinic.store.ledger.list({ limit: 1 })[0]).toMatchObject({ act: 'patient.registered', subject: id });
  });

  it('is refused for an identifier that is another’s, and for a birth to come', async () => {
    const taken = nurse.patients.register({
      name: ann,
      sex: 'female',
      identifiers: [{ system: 'mrn', value: 'A-100' }],
    });
    expect(await failure(taken)).toMatch(/^refused\/identifier-taken: .*mrn A-100/);
    const other = await nurse.patients.register({ name: ann, identifiers: [{ system: 'nhs', value: 'A-100' }] });
    expect((await nurse.patients.get({ id: other.id })).sex).toBe('unknown');
    const unborn = nurse.patients.register({ name: ann, birthDate: '2026-03-04' });
    expect(await failure(unborn)).toMatch(/^refused\/birth-date-in-future/);
  });

  it('makes one patient of a doubled click, and refuses the key for another', async () => {
    const ask = { name: { family: 'Once', given: ['Only'] }, idempotencyKey: 'register-once' };
    const first = await nurse.patients.register(ask);
    expect(await nurse.patients.register(ask)).toEqual(first);
    expect(await nurse.patients.search({ query: 'Once' })).toHaveLength(1);
    const other = nurse.patients.register({ ...ask, name: { family: 'Twice', given: [] } });
    expect(await failure(other)).toMatch(/^conflict/);
  });

  it.each([
    ['NUL', 'Ann\u0000'],
    ['a direction override', 'Ann\u202etfara'],
    ['a zero-width mark', 'An\u200bn'],
    ['an escape', 'Ann\u001b[31m'],
    ['half a character', 'Ann\ud800'],
    ['10,000 letters', 'n'.repeat(10_000)],
    ['only spaces', ' \t '],
  ])('F17 refuses a name with %s and keeps nothing of it', async (_what, family) => {
    const before = clinic.store.ledger.list({ limit: 1 })[0]?.seq;
    expect(await failure(nurse.patients.register({ name: { family, given: [] } }))).toMatch(/^invalid-input/);
    expect(clinic.store.ledger.list({ limit: 1 })[0]?.seq).toBe(before);
  });

  it('F17 keeps the names people have, on one line and in one spelling', async () => {
    const register = async (family: string) => {
      const { id } = await nurse.patients.register({ name: { family, given: ['عبد الله'] } });
      return (await nurse.patients.get({ id })).name;
    };
    expect(await register('van\r\nder Berg')).toEqual({ family: 'van der Berg', given: ['عبد الله'] });
    expect((await register('Bronte\u0308')).family).toBe('Brontë');
    const markup = '<img src=x onerror=alert(1)>';
    expect((await register(markup)).family).toBe(markup);
    expect((await register('O’Neill-Łódź 李')).family).toBe('O’Neill-Łódź 李');
  });
});

describe('searching', () => {
  it('finds by part of a name in either order or by identifier, without regard to case', async () => {
    const identifiers = [{ system: 'nhs', value: '943 476 5919' }];
    const { id } = await nurse.patients.register({ name: { family: 'Zimmer', given: ['Otto'] }, identifiers });
    for (const query of ['zimm', 'OTTO', 'Zimmer, Otto', 'otto zimmer', ' 476 59 ']) {
      expect(
        (await nurse.patients.search({ query })).map((found) => found.id),
        query,
      ).toEqual([id]);
    }
    expect(await nurse.patients.search({ query: '  ' })).toEqual([]);
  });

  it('answers at most 50, with the open stay and bed', async () => {
    for (let count = 0; count < 52; count += 1) {
      await nurse.patients.register({ name: { family: `Many ${String(count).padStart(2, '0')}`, given: [] } });
    }
    const many = await nurse.patients.search({ query: 'many' });
    expect(many).toHaveLength(50);
    expect(many[0]?.name.family).toBe('Many 00');
    const first = many[0]?.id as PatientId;
    await nurse.encounters.admit({ patientId: first, bedId: clinic.beds[0].id });
    const [found] = await nurse.patients.search({ query: 'Many 00' });
    expect(found).toMatchObject({ encounter: { status: 'in-progress' }, bed: { label: '1' } });
  });

  it('F78 takes every query literally', async () => {
    const odd = await nurse.patients.register({ name: { family: '100%_O\'Hara "x"', given: ['\\'] } });
    const ids = async (query: string) => (await nurse.patients.search({ query })).map(({ id }) => id);
    expect(await ids('%')).toEqual([odd.id]);
    expect(await ids('_')).toEqual([odd.id]);
    expect(await ids('\\')).toEqual([odd.id]);
    expect(await ids("o'hara")).toEqual([odd.id]);
    for (const query of ["' OR 1=1--", "'; DROP TABLE patient; --", 'a*', 'NEAR(a b)', 'Zim\u0000mer', '\u0000', '"']) {
      expect(
        (await ids(query)).every((id) => id === odd.id && query === '"'),
        query,
      ).toBe(true);
    }
  });

  it('F78 answers only those whose name or identifier holds the query, whatever it is', async () => {
    const everyone = async () =>
      createHash('sha256')
        .update(JSON.stringify(clinic.store.ledger.list({ limit: 500 })))
        .digest('hex');
    const before = await everyone();
    const hostile = fc.constantFrom("'", '"', '%', '_', '\\', '\u0000', '*', ';', '--', ' OR ', '1=1', 'a', 'm', '\n');
    const query = fc.array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 3 })), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(query, async (pieces) => {
        const asked = pieces.join('').slice(0, 200);
        const sought = asked.normalize('NFC').trim().toLowerCase();
        for (const { name, identifiers } of await nurse.patients.search({ query: asked })) {
          const given = name.given.join(' ');
          const texts = [`${name.family}, ${given}`, `${name.family} ${given}`, `${given} ${name.family}`];
          const all = [...texts, ...identifiers.map(({ value }) => value)].map((text) => text.toLowerCase());
          expect(all.some((text) => text.includes(sought))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
    expect(await everyone()).toBe(before);
    expect(clinic.store.verify()).toMatchObject({ ok: true });
  });
});

describe('allergies', () => {
  it('tell not recorded from none', async () => {
    const { id } = await nurse.patients.register({ name: ann });
    await nurse.patients.recordAllergies({ patientId: id, allergies: [] });
    expect(await nurse.patients.get({ id })).toMatchObject({ allergies: [], allergiesRecordedAt: expect.any(Number) });
    await nurse.patients.recordAllergies({ patientId: id, allergies: ['penicillin', 'latex', 'penicillin'] });
    expect((await nurse.patients.get({ id })).allergies).toEqual(['penicillin', 'latex']);
    expect(clinic.store.ledger.list({ limit: 1 })[0]).toMatchObject({ before: { allergies: [] } });
    await nurse.patients.recordAllergies({ patientId: id, allergies: null });
    expect(await nurse.patients.get({ id })).toMatchObject({ allergies: null, allergiesRecordedAt: null });
  });
});
