import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatientId } from '#domain/ids.ts';
import { mayMerge, merged, parted } from '#domain/patient/merge.ts';
import { type Patient, SEXES } from '#domain/patient/patient.ts';
import { makePatient } from '#test/helpers/makers.ts';

const word = fc.constantFrom('a', 'b', 'c', 'penicillin');
/** A patient whose identifiers nobody else has. */
const patientOf = (id: string): fc.Arbitrary<Patient> =>
  fc.record({
    id: fc.constant(id as PatientId),
    name: fc.record({ family: word, given: fc.array(word, { maxLength: 2 }) }),
    birthDate: fc.option(fc.constantFrom('1957-09-23', '2001-01-01')),
    sex: fc.constantFrom(...SEXES),
    identifiers: fc
      .uniqueArray(fc.nat(9), { maxLength: 3 })
      .map((numbers) => numbers.map((value) => ({ system: id, value: String(value) }))),
    allergies: fc.option(fc.uniqueArray(word, { maxLength: 3 })),
    allergiesRecordedAt: fc.option(fc.nat(1_000)),
  });

describe('two records of one person', () => {
  it('part again exactly as they were', () => {
    fc.assert(
      fc.property(patientOf('one'), patientOf('two'), (survivorBefore, retiredBefore) => {
        const { survivor } = merged(survivorBefore, retiredBefore);
        expect(parted(survivor, { survivorBefore, retiredBefore })).toEqual({
          survivor: survivorBefore,
          retired: retiredBefore,
        });
      }),
    );
  });

  it('lose neither an identifier nor an allergy while they are one', () => {
    fc.assert(
      fc.property(patientOf('one'), patientOf('two'), (one, two) => {
        const { survivor, retired } = merged(one, two);
        expect(survivor.identifiers).toEqual([...one.identifiers, ...two.identifiers]);
        expect(retired.identifiers).toEqual([]);
        const known = [...(one.allergies ?? []), ...(two.allergies ?? [])];
        expect([...(survivor.allergies ?? [])].sort()).toEqual([...new Set(known)].sort());
        expect(survivor.allergies === null).toBe(one.allergies === null && two.allergies === null);
        expect(survivor.name).toEqual(one.name);
      }),
    );
  });

  it('leave what was changed since with the survivor', () => {
    const [survivorBefore, retiredBefore] = [
      makePatient({ birthDate: null, identifiers: [{ system: 'mrn', value: '1' }] }),
      makePatient({ birthDate: '1950-02-01', identifiers: [{ system: 'mrn', value: '2' }] }),
    ];
    const { survivor } = merged(survivorBefore, retiredBefore);
    const added = { system: 'nhs', value: '9' };
    const now = {
      ...survivor,
      name: { family: 'New', given: [] },
      identifiers: [...survivor.identifiers, added],
      allergies: ['latex'],
      allergiesRecordedAt: 7,
    };
    const after = parted(now, { survivorBefore, retiredBefore });
    expect(after.survivor).toMatchObject({
      name: { family: 'New' },
      birthDate: null,
      identifiers: [{ value: '1' }, added],
      allergies: ['latex'],
    });
    expect(after.retired).toEqual(retiredBefore);
  });

  it('are refused when they are one already, or cannot be one', () => {
    const [survivorId, retiredId] = ['one' as PatientId, 'two' as PatientId];
    const asked = { survivorId, retiredId, retiredBefore: false, bothInCare: false };
    expect(mayMerge(asked).ok).toBe(true);
    expect(mayMerge({ ...asked, retiredId: survivorId })).toMatchObject({ refusal: 'same-patient' });
    expect(mayMerge({ ...asked, retiredBefore: true })).toMatchObject({ refusal: 'already-merged' });
    expect(mayMerge({ ...asked, bothInCare: true })).toMatchObject({ refusal: 'both-in-care' });
  });
});
