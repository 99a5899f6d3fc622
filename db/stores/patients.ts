import type Database from 'better-sqlite3';
import type { PatientId } from '#domain/ids.ts';
import type { Identifier, Patient, PatientStore, Sex } from '#domain/patient/patient.ts';
import { texts } from './rows.ts';

interface PatientRow {
  readonly id: PatientId;
  readonly family: string;
  readonly given: string;
  readonly birth_date: string | null;
  readonly sex: Sex;
  readonly allergies: string | null;
  readonly allergies_recorded_at: number | null;
}

/** Stands between the searchable parts of a patient. */
const SEPARATOR = '\n';

/**
 * Search is by substring, without regard to case, and by `instr`, which knows no wildcards and does not stop at NUL.
 * It does not find records merged into another: their identifiers are the other's now.
 */
export function createPatientStore(db: Database.Database): PatientStore {
  const byId = db.prepare<[string], PatientRow>('SELECT * FROM patient WHERE id = ?');
  const identifiers = db.prepare<[string], Identifier>(
    'SELECT system, value FROM patient_identifier WHERE patient_id = ? ORDER BY place',
  );
  const byIdentifier = db.prepare<[string, string], PatientRow>(`
    SELECT patient.* FROM patient_identifier JOIN patient ON patient.id = patient_id WHERE system = ? AND value = ?`);
  const search = db.prepare<[string], PatientRow>(
    `SELECT * FROM patient WHERE instr(search_text, ?) > 0
       AND NOT EXISTS (SELECT 1 FROM patient_merge WHERE retired_id = patient.id AND undone_at IS NULL)
     ORDER BY sort_text, id`,
  );
  const save = db.prepare(`
    INSERT INTO patient (id, family, given, birth_date, sex, allergies, allergies_recorded_at, search_text, sort_text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET family = excluded.family, given = excluded.given, birth_date = excluded.birth_date,
      sex = excluded.sex, allergies = excluded.allergies, allergies_recorded_at = excluded.allergies_recorded_at,
      search_text = excluded.search_text, sort_text = excluded.sort_text`);
  const clearIdentifiers = db.prepare('DELETE FROM patient_identifier WHERE patient_id = ?');
  const addIdentifier = db.prepare(
    'INSERT INTO patient_identifier (patient_id, place, system, value) VALUES (?, ?, ?, ?)',
  );

  const toPatient = (row: PatientRow): Patient => ({
    id: row.id,
    name: { family: row.family, given: texts(row.given) },
    birthDate: row.birth_date,
    sex: row.sex,
    identifiers: identifiers.all(row.id),
    allergies: row.allergies === null ? null : texts(row.allergies),
    allergiesRecordedAt: row.allergies_recorded_at,
  });
  const found = (row: PatientRow | undefined): Patient | undefined => row && toPatient(row);
  return {
    find: (id) => found(byId.get(id)),
    findByIdentifier: ({ system, value }) => found(byIdentifier.get(system, value)),
    search: (query, limit) => {
      const wanted = folded(query);
      const hits: PatientRow[] = [];
      for (const row of search.all(wanted)) {
        if (hits.length >= limit) break;
        // The separator may stand in a name or a query: then the parts themselves decide.
        if (!wanted.includes(SEPARATOR) || partsOf(toPatient(row)).some((part) => part.includes(wanted)))
          hits.push(row);
      }
      return hits.map(toPatient);
    },
    save: db.transaction((patient: Patient) => {
      const { family, given } = patient.name;
      save.run(
        patient.id,
        family,
        JSON.stringify(given),
        patient.birthDate,
        patient.sex,
        patient.allergies && JSON.stringify(patient.allergies),
        patient.allergiesRecordedAt,
        partsOf(patient).join(SEPARATOR),
        folded(`${family} ${given.join(' ')}`),
      );
      clearIdentifiers.run(patient.id);
      for (const [place, { system, value }] of patient.identifiers.entries())
        addIdentifier.run(patient.id, place, system, value);
    }),
  };
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** What a patient is found by: the name in the orders people say it, and each identifier. */
function partsOf({ name, identifiers }: Patient): string[] {
  const given = name.given.join(' ');
  const orders = [`${given} ${name.family}`, `${name.family} ${given}`, `${name.family}, ${given}`];
  return [...orders, ...identifiers.map(({ value }) => value)].map(folded);
}
