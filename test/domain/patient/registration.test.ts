import { describe, expect, it } from 'vitest';
import { distinctIdentifiers, register, tidyName } from '#domain/patient/registration.ts';
import { makePatient } from '#test/helpers/makers.ts';

describe('registering a patient', () => {
  it('takes a child born today, not one born tomorrow', () => {
    const born = (birthDate: string | null) => register(makePatient({ birthDate }), [], '2026-03-03');
    expect(born('2026-03-03').ok).toBe(true);
    expect(born(null).ok).toBe(true);
    expect(born('2026-03-04')).toMatchObject({ refusal: 'birth-date-in-future' });
  });

  it('is refused for an identifier that is another’s', () => {
    const taken = [{ system: 'mrn', value: '17' }];
    expect(register(makePatient(), taken, '2026-03-03')).toMatchObject({ refusal: 'identifier-taken' });
  });

  it('keeps an identifier given twice once, and the same value of two systems twice', () => {
    const mrn = { system: 'mrn', value: '17' };
    const nhs = { system: 'nhs', value: '17' };
    expect(distinctIdentifiers([mrn, nhs, { ...mrn }])).toEqual([mrn, nhs]);
  });

  it('F17 keeps names on one line', () => {
    const name = tidyName({ family: 'van\r\n der\u2028 Berg ', given: ['Ann\tMarie'] });
    expect(name).toEqual({ family: 'van der Berg', given: ['Ann Marie'] });
  });
});
