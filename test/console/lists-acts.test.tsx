// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ClinicError } from '#domain/clinic-error.ts';
import type { ActId, EncounterId, PatientId } from '#domain/ids.ts';
import type { Patient } from '#domain/patient/patient.ts';
import { correctionLacks, correctionOf, NO_CORRECTION } from '#renderer/client/acts/correction.ts';
import { EditPatientDialog } from '#renderer/client/acts/EditPatientDialog.tsx';
import { HistoryDialog, type ToldStep } from '#renderer/client/acts/HistoryDialog.tsx';
import { MergeDialog } from '#renderer/client/acts/MergeDialog.tsx';
import { draftOf, readPatientDraft } from '#renderer/client/acts/patient-edit.ts';
import type { FoundPatient, PatientRecord } from '#renderer/client/records.ts';
import { around, makeClinic } from '#test/helpers/console-parts.tsx';
import { makeEncounter, makePatient, NOON } from '#test/helpers/makers.ts';

afterEach(cleanup);

const ENCOUNTER = 'e1' as EncounterId;

function makeStep(given: Partial<ToldStep> = {}): ToldStep {
  return {
    eventId: 'event-1',
    actId: 'act-1' as ActId,
    kind: 'transferred',
    words: 'Moved to Ward A, bed 7',
    happenedAt: NOON - 3_600_000,
    recordedAt: NOON - 3_600_000,
    source: 'console',
    by: 'Noor Visser',
    voided: null,
    unexplained: null,
    ...given,
  };
}

function makeRecord(given: Partial<Patient> = {}, here = false): PatientRecord & FoundPatient {
  const patient = makePatient(given);
  return {
    ...patient,
    name: { family: patient.name.family, given: [...patient.name.given] },
    identifiers: patient.identifiers.map((one) => ({ ...one })),
    allergies: patient.allergies && [...patient.allergies],
    encounter: here ? makeEncounter({ patientId: patient.id }) : null,
    bed: null,
    ward: null,
  };
}

/** The input of the only call of a procedure, without its key. */
function sent(clinic: ReturnType<typeof makeClinic>, path: string): unknown {
  const [call] = clinic.called.filter((one) => one.path === path);
  const { idempotencyKey: _, ...input } = (call?.input ?? {}) as { idempotencyKey?: string };
  return input;
}

const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label, { exact: true }), { target: { value } });

describe('the history of a stay', () => {
  it('says when each step happened, when and by whom it was written down, and strikes what was taken back', async () => {
    const clinic = makeClinic();
    const voided = { at: NOON, by: 'Sam Okafor', reason: 'wrong patient' };
    clinic.answer('flow/history', () => [
      makeStep({ eventId: 'a', words: 'Admitted to Ward A, bed 3', recordedAt: NOON }),
      makeStep({ eventId: 'b', voided }),
      makeStep({ eventId: 'c', source: 'feed', by: 'KIS', unexplained: 'The patient was not here then.' }),
    ]);
    render(
      around(clinic, <HistoryDialog encounterId={ENCOUNTER} displayName="OKAFOR, Ann" onClose={() => undefined} />),
    );
    const rows = (await screen.findAllByRole('row')).slice(1);
    expect(rows[0]?.textContent).toContain('03-Mar-2026 11:00');
    expect(rows[0]?.textContent).toContain('entered later');
    expect(rows[1]?.querySelectorAll('s').length).toBe(2);
    expect(rows[1]?.textContent).toContain('Taken back 03-Mar-2026 12:00 by Sam Okafor: wrong patient');
    expect(rows[2]?.textContent).toContain('Not in force: The patient was not here then.');
    expect(rows[2]?.textContent).toContain('HL7 feed');
    expect(within(rows[1] as HTMLElement).queryByRole('button')).toBeNull();
  });

  it('offers no correction to those who may not make one', async () => {
    const clinic = makeClinic(['wall']);
    clinic.answer('flow/history', () => [makeStep()]);
    render(around(clinic, <HistoryDialog encounterId={ENCOUNTER} displayName="AO" onClose={() => undefined} />));
    await screen.findByText('Moved to Ward A, bed 7');
    expect(screen.queryByRole('button', { name: /^Correct/u })).toBeNull();
  });

  it('corrects the time of a step with a reason, and says why when the hub refuses', async () => {
    const clinic = makeClinic();
    clinic.answer('flow/history', () => [makeStep()]);
    clinic.answer('flow/correct', () => {
      throw new ClinicError('refused', 'Bed 7 was occupied at that time by BRANDT, Emeka.', 'bed-occupied');
    });
    render(
      around(clinic, <HistoryDialog encounterId={ENCOUNTER} displayName="OKAFOR, Ann" onClose={() => undefined} />),
    );
    fireEvent.click(await screen.findByRole('button', { name: /^Correct: Moved to Ward A, bed 7/u }));
    const act = screen.getByRole<HTMLButtonElement>('button', { name: 'Correct the record' });
    expect(act.disabled).toBe(true);
    type('It happened at', '10:15');
    expect(act.disabled).toBe(true);
    type('Reason', 'seen on the chart');
    await waitFor(() => expect(act.disabled).toBe(false));
    fireEvent.click(act);
    await screen.findByText('Bed 7 was occupied at that time by BRANDT, Emeka.');
    expect(sent(clinic, 'flow/correct')).toEqual({
      eventId: 'event-1',
      reason: 'seen on the chart',
      happenedAt: NOON - 105 * 60_000,
    });
  });

  it('takes a step back that never happened', async () => {
    const clinic = makeClinic();
    clinic.answer('flow/history', () => [makeStep({ eventId: 'x' })]);
    render(
      around(clinic, <HistoryDialog encounterId={ENCOUNTER} displayName="OKAFOR, Ann" onClose={() => undefined} />),
    );
    fireEvent.click(await screen.findByRole('button', { name: /^Correct/u }));
    fireEvent.click(screen.getByLabelText('it did not happen'));
    type('Reason', 'wrong patient');
    fireEvent.click(screen.getByRole('button', { name: 'Take it back' }));
    await waitFor(() =>
      expect(sent(clinic, 'flow/correct')).toEqual({ eventId: 'x', reason: 'wrong patient', takeBack: true }),
    );
    await screen.findByRole('button', { name: /^Correct/u });
  });

  it('sends only what was said to be otherwise', () => {
    const draft = { ...NO_CORRECTION, place: 'area:a:1', category: 'red' as const, reason: ' r ' };
    expect(correctionOf('e', draft, null)).toEqual({ eventId: 'e', reason: 'r', areaId: 'a:1', category: 'red' });
    expect(correctionOf('e', { ...draft, takeBack: true }, 5)).toEqual({ eventId: 'e', reason: 'r', takeBack: true });
    expect(correctionLacks(NO_CORRECTION, null)).toBe('Say first what was otherwise.');
    expect(correctionLacks(draft, undefined)).toBe('Correct the time first.');
    expect(correctionLacks(draft, null)).toBeUndefined();
  });
});

describe('two records of one person', () => {
  const both = { family: 'Okafor', given: ['Ann'] };
  const show = (clinic: ReturnType<typeof makeClinic>, patient: PatientRecord, merged: PatientId[] = []) =>
    render(
      around(clinic, <MergeDialog patient={patient} onClose={() => undefined} onMerged={(id) => merged.push(id)} />),
    );

  it('are compared side by side; who is in care keeps their record; the merge asks for a reason', async () => {
    const clinic = makeClinic();
    const patient = makeRecord({ name: both, identifiers: [{ system: 'mrn', value: '11' }] });
    const other = makeRecord(
      { name: both, birthDate: '1961-05-18', identifiers: [{ system: 'nhs', value: '9434765919' }] },
      true,
    );
    clinic.answer('patients/merges', () => []);
    clinic.answer('patients/search', () => [patient, other]);
    clinic.answer('patients/merge', () => ({ mergeId: 'm1' }));
    const merged: PatientId[] = [];
    show(clinic, patient, merged);
    fireEvent.click(await screen.findByRole('button', { name: 'Compare with OKAFOR, Ann' }));
    const born = screen.getByRole('row', { name: /^Born/u });
    expect(born.textContent).toContain('17-May-1961');
    expect(born.textContent).toContain('18-May-1961');
    expect(born.textContent).toContain('differs');
    expect(screen.getByRole('row', { name: /^Family name/u }).textContent).toContain('same');
    const stays = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
    const said = () => screen.getByText(/is closed and leads there/u).textContent;
    expect(stays('OKAFOR, Ann (9434765919)').checked).toBe(true);
    expect(said()).toContain('OKAFOR, Ann (11) is closed and leads there.');
    fireEvent.click(stays('OKAFOR, Ann (11)'));
    expect(said()).toContain('OKAFOR, Ann (9434765919) is closed and leads there.');
    fireEvent.click(stays('OKAFOR, Ann (9434765919)'));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Merge into one record' }).disabled).toBe(true);
    type('Reason', 'registered twice');
    fireEvent.click(screen.getByRole('button', { name: 'Merge into one record' }));
    await waitFor(() => expect(merged).toEqual([other.id]));
    expect(sent(clinic, 'patients/merge')).toEqual({
      survivorId: other.id,
      retiredId: patient.id,
      reason: 'registered twice',
    });
  });

  it('are cautioned about where two of name, birth date and sex differ', async () => {
    const clinic = makeClinic();
    const patient = makeRecord({ name: both });
    clinic.answer('patients/merges', () => []);
    clinic.answer('patients/search', () => [
      makeRecord({ name: { family: 'Brandt', given: ['Bo'] }, birthDate: '1980-01-01' }),
    ]);
    show(clinic, patient);
    fireEvent.click(await screen.findByRole('button', { name: 'Compare with BRANDT, Bo' }));
    await screen.findByText(/Make sure that this is one person/u);
  });

  it('are not merged while both are here', async () => {
    const clinic = makeClinic();
    const [patient, other] = [makeRecord({ name: both }, true), makeRecord({ name: both }, true)];
    clinic.answer('patients/merges', () => []);
    clinic.answer('patients/search', () => [other]);
    show(clinic, patient);
    fireEvent.click(await screen.findByRole('button', { name: 'Compare with OKAFOR, Ann' }));
    type('Reason', 'the same');
    await screen.findByText(/Both are here now/u);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Merge into one record' }).disabled).toBe(true);
  });

  it('are parted again with a reason', async () => {
    const clinic = makeClinic();
    const patient = makeRecord();
    const merge = {
      mergeId: 'm1',
      survivorId: patient.id,
      retiredId: 'gone',
      retiredName: 'OKAFOR, Anne',
      at: NOON,
      by: 'Noor Visser',
      reason: 'twice',
    };
    clinic.answer('patients/merges', () => [merge]);
    clinic.answer('patients/unmerge', () => ({ ok: true }));
    show(clinic, patient);
    const before = await screen.findByRole('region', { name: 'Merged before' });
    expect(before.textContent).toContain('Took over OKAFOR, Anne, 03-Mar-2026 12:00, by Noor Visser: twice');
    fireEvent.click(within(before).getByRole('button', { name: 'Part again…' }));
    type('Reason', 'two people');
    fireEvent.click(within(before).getByRole('button', { name: 'Part the records' }));
    await waitFor(() => expect(sent(clinic, 'patients/unmerge')).toEqual({ mergeId: 'm1', reason: 'two people' }));
  });
});

describe('who somebody is', () => {
  it('is corrected field by field, and only what changed is sent', async () => {
    const clinic = makeClinic();
    const patient = makeRecord({ identifiers: [{ system: 'HOSP', value: '4711' }] });
    clinic.answer('patients/update', () => patient);
    render(around(clinic, <EditPatientDialog patient={patient} onClose={() => undefined} />));
    await screen.findByLabelText('Number of HOSP');
    type('Born', '18 may 1961');
    type('NHS number', '943 476 5919');
    fireEvent.click(screen.getByRole('button', { name: 'Save the correction' }));
    await waitFor(() =>
      expect(sent(clinic, 'patients/update')).toEqual({
        patientId: patient.id,
        birthDate: '1961-05-18',
        identifiers: [
          { system: 'HOSP', value: '4711' },
          { system: 'nhs', value: '9434765919' },
        ],
      }),
    );
  });

  it('says beside the field what is wrong with it', async () => {
    const clinic = makeClinic();
    render(around(clinic, <EditPatientDialog patient={makeRecord()} onClose={() => undefined} />));
    await screen.findByLabelText('Family name');
    type('NHS number', '1234567890');
    type('Born', '31/2/1961');
    await screen.findByText('This is not a valid NHS number: check each digit.');
    await screen.findByText('Enter a date such as 12-Mar-1950, or leave it empty if not known.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save the correction' }).disabled).toBe(true);
  });

  it('changes nothing that nobody touched, whatever the record holds', () => {
    const words = fc.string({ minLength: 1 }).filter((word) => word.trim() !== '');
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 3 }),
        fc.option(fc.constantFrom('1961-05-17', '2000-02-29')),
        fc.array(fc.record({ system: fc.constantFrom('mrn', 'HOSP', 'urn:x'), value: words }), { maxLength: 3 }),
        (given, birthDate, identifiers) => {
          const patient = makePatient({ name: { family: 'Okafor', given }, birthDate, identifiers });
          expect(readPatientDraft(patient, draftOf(patient), '2026-03-03').changes).toEqual({});
        },
      ),
      { examples: [[['Mary  Ann', ' Jo'], null, [{ system: 'HOSP', value: ' 47 11 ' }]]] },
    );
  });
});
