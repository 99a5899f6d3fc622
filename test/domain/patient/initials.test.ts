import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initials } from '#domain/patient/patient.ts';

const of = (family: string, ...given: string[]): string => initials({ family, given });

describe('the initials of a patient', () => {
  it('are the first signs of given and family name', () => {
    expect(of('Okafor', 'Ann', 'Mary')).toBe('AO');
    expect(of('van der Berg', 'marieke')).toBe('MV');
    expect(of('Okonkwo')).toBe('O');
    expect(of('李', '小娜')).toBe('小');
  });

  it('leave out a name of one sign, and are a dash where nothing is left', () => {
    expect(of('李', '娜')).toBe('–');
    expect(of('O', 'Ann')).toBe('A');
    expect(of('', '')).toBe('–');
  });

  it('do not spell another name by accident', () => {
    expect(of('Olsen', 'Bob', 'Bo')).toBe('B');
    expect(of('Aa', 'Ali')).toBe('A');
  });

  it('never contain a whole name of the patient, whatever the script', () => {
    const sign = fc.constantFrom('a', 'b', 'A', 'ß', 'é', 'e\u0301', '李', '娜', 'ا', '𠮷', 'o', ' ');
    const word = fc.oneof(fc.string({ unit: sign, maxLength: 4 }), fc.string({ unit: 'grapheme', maxLength: 4 }));
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 3 }), (family, given) => {
        const shown = initials({ family, given }).toUpperCase();
        const parts = [family.trim(), ...given.flatMap((words) => words.split(/\s+/u))];
        for (const part of parts.map((each) => each.normalize('NFC').toUpperCase()).filter(Boolean)) {
          expect(shown === '–' || !shown.includes(part)).toBe(true);
        }
      }),
    );
  });
});
