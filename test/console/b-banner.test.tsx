// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BedId, EncounterId, PatientId, RoomId, WardId } from '#domain/ids.ts';
import type { PatientRecord } from '#renderer/client/records.ts';
import { ALLERGY_WORDS, allergyLines, allergyState } from '#renderer/features/patient/allergies.ts';
import { leadingIdentifier } from '#renderer/features/patient/identifier-words.ts';
import { PatientBanner } from '#renderer/features/patient/PatientBanner.tsx';

const NOW = Date.UTC(2026, 2, 12, 12, 0);

function makeRecord(part: Partial<PatientRecord> = {}): PatientRecord {
  const wardId = 'w1' as WardId;
  return {
    id: 'p1' as PatientId,
    name: { family: 'Okafor', given: ['Ada', 'Grace'] },
    birthDate: '1950-03-13',
    sex: 'female',
    identifiers: [{ system: 'nhs', value: '9434765919' }],
    allergies: null,
    allergiesRecordedAt: null,
    encounter: {
      id: 'e1' as EncounterId,
      patientId: 'p1' as PatientId,
      status: 'in-progress',
      admittedAt: Date.UTC(2026, 2, 10, 8, 5),
      dischargedAt: null,
      reason: 'Pneumonia',
      spo2Scale: 1,
      pregnant: false,
      nurseId: null,
    },
    bed: { id: 'b1' as BedId, wardId, roomId: 'r1' as RoomId, label: '7' },
    ward: { id: wardId, name: 'Ward A' },
    ...part,
  };
}

function showBanner(part: Partial<PatientRecord> = {}, rest: { clinical?: boolean; readable?: boolean } = {}): string {
  const { container, unmount } = render(
    <PatientBanner patient={makeRecord(part)} now={NOW} zone="UTC" clinical readable {...rest} />,
  );
  const text = container.textContent ?? '';
  unmount();
  return text;
}

describe('the patient banner', () => {
  it('names the patient as FAMILY, Given, with birth date and age, sex and number, without colons', () => {
    render(<PatientBanner patient={makeRecord()} now={NOW} zone="UTC" clinical readable />);
    expect(screen.getByRole('heading').textContent).toBe('OKAFOR, Ada Grace');
    const text = document.body.textContent ?? '';
    expect(text).toContain('Born 13-Mar-1950 (75 y)');
    expect(text).toContain('Sex Female');
    expect(text).toContain('NHS number 943 476 5919');
    expect(text.replace(/\d{2}:\d{2}/gu, '')).not.toContain(':');
  });

  it('says in words what is not known, never with a question mark', () => {
    const text = showBanner({ birthDate: null, identifiers: [], sex: 'unknown', bed: null, ward: null });
    expect(text).toContain('Born Not recorded');
    expect(text).toContain('Sex Not known');
    expect(text).toContain('Number Not recorded');
    expect(text).toContain('In no bed');
    expect(text).not.toContain('?');
  });

  it('says of allergies exactly one of the four wordings', () => {
    const sets: [Partial<PatientRecord>, boolean, string][] = [
      [{ allergies: ['Penicillin: rash'], allergiesRecordedAt: NOW }, true, ALLERGY_WORDS.known],
      [{ allergies: [], allergiesRecordedAt: NOW }, true, ALLERGY_WORDS.none],
      [{ allergies: null }, true, ALLERGY_WORDS['not-recorded']],
      [{ allergies: ['Penicillin'] }, false, ALLERGY_WORDS.unavailable],
    ];
    for (const [part, readable, wording] of sets) {
      const text = showBanner(part, { readable });
      // "No known allergies" holds the words of "Known allergies" but for the capital.
      expect(Object.values(ALLERGY_WORDS).filter((words) => text.includes(words))).toEqual([wording]);
    }
    expect(showBanner({ allergies: [], allergiesRecordedAt: NOW })).toContain('updated 12-Mar-2026');
  });

  it('hides allergies from roles that are not clinical', () => {
    const text = showBanner({ allergies: ['Penicillin'], allergiesRecordedAt: NOW }, { clinical: false });
    expect(text).not.toContain('llergies');
    expect(text).not.toContain('Penicillin');
  });

  it('F77 shows a name with markup as text', () => {
    const { container } = render(
      <PatientBanner
        patient={makeRecord({ name: { family: '<img src=x onerror=alert(1)>', given: ['"><script>'] } })}
        now={NOW}
        zone="UTC"
        clinical
        readable
      />,
    );
    expect(container.querySelector('img, script')).toBeNull();
    expect(container.textContent).toContain('"><script>');
  });
});

describe('allergies', () => {
  it('never says "no known" of what was not recorded', () => {
    expect(allergyState(null, true)).toBe('not-recorded');
    expect(allergyState([], true)).toBe('none');
    expect(allergyState([], false)).toBe('unavailable');
  });

  it('takes one a line, each once, in the order typed', () => {
    expect(allergyLines(' Penicillin \n\nlatex\nPENICILLIN\n  Nuts  and  seeds')).toEqual([
      'PENICILLIN',
      'latex',
      'Nuts and seeds',
    ]);
    fc.assert(
      fc.property(fc.string(), (typed) => allergyLines(typed).every((line) => line.trim() === line && line !== '')),
    );
  });

  it('shows the NHS number before the hospital’s', () => {
    expect(
      leadingIdentifier([
        { system: 'mrn', value: '77' },
        { system: 'nhs', value: '9434765919' },
      ])?.label,
    ).toBe('NHS number');
    expect(leadingIdentifier([{ system: 'mrn', value: '77' }])).toEqual({ label: 'Hospital number', value: '77' });
  });
});
