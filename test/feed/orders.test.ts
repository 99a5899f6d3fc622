import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adt, type FeedClinic, openFeedClinic, type TestMessage } from '#test/helpers/feed-clinic.ts';

let clinic: FeedClinic;
beforeAll(() => {
  clinic = openFeedClinic();
});
afterAll(() => clinic.close());

/** A day's messages about people, visits and wards that no other try has: `#` stands for the try. */
type Day = readonly TestMessage[];

let tries = 0;
const RUNS = 15;

/** Sends a day's messages in some order, some of them twice, in batches of some size; answers all there is to know then. */
async function outcomeOf(day: Day, order: readonly number[], batch: number) {
  tries += 1;
  const name = `x${tries}x`;
  const own = (text: string) => text.replaceAll('#', name);
  const texts = day.map((message, index) => own(adt({ patient: 'P#', visit: 'V#', id: `#-${index}`, ...message })));
  const sent = order.map((index) => texts[index] ?? '');
  const answers: (string | null)[] = [];
  for (let at = 0; at < sent.length; at += batch) answers.push(...clinic.send(...sent.slice(at, at + batch)));
  const named = (pattern: RegExp) =>
    [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, id]) => id ?? '')))].sort();
  const stripped = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(name, '#'));
  // Beds that go to whoever waited are looked at once they are committed.
  await Promise.resolve();
  expect(clinic.faults).toEqual([]);
  const visits = named(/\|(V[A-Za-z0-9]*?)(?:\r|\|)/g);
  const people = named(/(?:PID\|1\|\||MRG\|)([A-Z][A-Za-z0-9]*)\^/g);
  return stripped({
    answers: [...new Set(answers)],
    stays: Object.fromEntries(visits.map((visit) => [visit, clinic.stays(visit)])),
    owners: Object.fromEntries(
      visits.map((visit) => {
        const known = clinic.store.feed.visit(visit);
        const id = known?.aliasOf === null ? known.encounterId : null;
        const encounter = id ? clinic.store.encounters.find(id) : undefined;
        const owner = encounter && clinic.store.patients.find(encounter.patientId);
        return [visit, [encounter?.status, owner?.identifiers.map(({ value }) => value).sort()]];
      }),
    ),
    people: Object.fromEntries(
      people.map((id) => {
        const patient = clinic.patient(id);
        return [
          id,
          patient && {
            name: patient.name,
            birthDate: patient.birthDate,
            sex: patient.sex,
            identifiers: patient.identifiers.map(({ value }) => value).sort(),
          },
        ];
      }),
    ),
    waiting: clinic.store.feed
      .listWaiting(100_000)
      .filter(({ controlId }) => controlId.startsWith(`${name}-`))
      .map(({ controlId, why }) => `${controlId}: ${why}`)
      .sort(),
  });
}

const DAYS: Readonly<Record<string, Day>> = {
  'a stay with a move taken back and a discharge taken back': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A02', at: '0900', place: 'W#^2^B' },
    { event: 'A12', at: '0905', place: 'X^X^X' },
    { event: 'A02', at: '0930', place: 'W#^3^C' },
    { event: 'A03', at: '1000', place: 'W#^3^C' },
    { event: 'A13', at: '1005', place: 'W#^3^C' },
    { event: 'A03', at: '1100', place: 'W#^3^C' },
  ],
  'a discharge that comes before its admission': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A03', at: '1000', place: 'W#^1^A' },
  ],
  'an admission told twice, the second time with a new bed': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A01', at: '0900', place: 'W#^2^A' },
    { event: 'A03', at: '1000' },
  ],
  'an admission told twice with the same PV1-44': [
    { event: 'A01', at: '', recorded: '0801', place: 'W#^1^A', pv1: { 44: '202603020800' } },
    { event: 'A01', at: '', recorded: '0900', place: 'W#^2^A', pv1: { 44: '202603020800' } },
    { event: 'A03', at: '', recorded: '1001', pv1: { 45: '202603021000' } },
  ],
  'an arrival and an admission with the same PV1-44': [
    { event: 'A04', at: '', recorded: '0801', place: 'ED#', pv1: { 2: 'E', 44: '202603020800' } },
    { event: 'A01', at: '', recorded: '1000', place: 'W#^2^A', pv1: { 44: '202603020800' } },
    { event: 'A03', at: '', recorded: '1201', pv1: { 45: '202603021200' } },
  ],
  'an emergency visit that becomes an admission': [
    { event: 'A04', at: '0700', place: 'ED#', pv1: { 2: 'E' } },
    { event: 'A01', at: '0830', place: 'W#^1^A' },
    { event: 'A21', at: '0900' },
    { event: 'A22', at: '0930' },
    { event: 'A16', at: '0940', lines: [] },
    { event: 'A25', at: '0945' },
    { event: 'A03', at: '1000' },
  ],
  'an admission taken back and made again': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A11', at: '0810' },
    { event: 'A01', at: '0900', place: 'W#^2^A' },
    { event: 'A02', at: '0930', place: 'W#^3^A' },
  ],
  'two visits of one patient': [
    { event: 'A01', at: '0800', place: 'W#^1^A', visit: 'V#a' },
    { event: 'A03', at: '0900', visit: 'V#a' },
    { event: 'A01', at: '0930', place: 'W#^1^A', visit: 'V#b' },
    { event: 'A02', at: '1000', place: 'W#^2^A', visit: 'V#b' },
  ],
  'two patients who have a bed in turn': [
    { event: 'A01', at: '0800', place: 'W#^1^A', patient: 'P#', visit: 'V#p' },
    { event: 'A03', at: '0900', patient: 'P#', visit: 'V#p' },
    { event: 'A01', at: '0930', place: 'W#^1^A', patient: 'Q#', visit: 'V#q' },
    { event: 'A03', at: '1030', patient: 'Q#', visit: 'V#q' },
  ],
  'two patients who claim one bed, the first of whom moves on later': [
    { event: 'A01', at: '0800', place: 'W#^1^A', patient: 'P#', visit: 'V#p' },
    { event: 'A01', at: '0830', place: 'W#^1^A', patient: 'Q#', visit: 'V#q' },
    { event: 'A02', at: '0900', place: 'W#^2^A', patient: 'P#', visit: 'V#p' },
  ],
  'two records found to be one person': [
    { event: 'A01', at: '0800', place: 'W#^1^A', patient: 'P#', family: 'Old', born: '19600101' },
    { event: 'A40', at: '0830', patient: 'Q#', family: 'New', visit: '', lines: ['MRG|P#^^^^MR'] },
    { event: 'A02', at: '0900', place: 'W#^2^A', patient: 'P#', family: 'Oldest' },
    { event: 'A08', at: '0915', place: 'W#^2^A', patient: 'Q#', family: 'Newest' },
    { event: 'A03', at: '1000', patient: 'Q#', family: '' },
  ],
  'a visit that becomes another patient’s': [
    { event: 'A01', at: '0800', place: 'W#^1^A', patient: 'P#' },
    { event: 'A45', at: '0830', patient: 'Q#', lines: ['MRG|P#^^^^MR||||V#'] },
    { event: 'A02', at: '0900', place: 'W#^2^A', patient: 'Q#' },
    { event: 'A03', at: '1000', patient: 'Q#' },
  ],
  'an account that becomes part of another': [
    { event: 'A01', at: '0800', place: 'W#^1^A', visit: 'V#a' },
    { event: 'A41', at: '0830', visit: 'V#b', lines: ['MRG|P#^^^^MR||||V#a'] },
    { event: 'A02', at: '0900', place: 'W#^2^A', visit: 'V#b' },
    { event: 'A02', at: '0930', place: 'W#^3^A', visit: 'V#a' },
  ],
  'an identifier that is changed': [
    { event: 'A01', at: '0800', place: 'W#^1^A', patient: 'P#', family: 'One' },
    { event: 'A47', at: '0830', patient: 'Q#', visit: '', family: 'Two', lines: ['MRG|P#^^^^MR'] },
    { event: 'A31', at: '0900', patient: 'Q#', family: 'Three', born: '19700203' },
  ],
  'two patients who swap beds': [
    { event: 'A01', at: '0800', place: 'W#^1^A', patient: 'P#', visit: 'V#p' },
    { event: 'A01', at: '0805', place: 'W#^2^A', patient: 'Q#', visit: 'V#q' },
    {
      event: 'A17',
      at: '0900',
      place: 'W#^2^A',
      patient: 'P#',
      visit: 'V#p',
      lines: ['PID|1||Q#^^^^MR||Okafor^Ann|||F', 'PV1|1|I|W#^1^A||||||||||||||||V#q'],
    },
  ],
  'a visit that two patients claim': [
    { event: 'A01', at: '0800', place: 'W#^1^A', patient: 'P#' },
    { event: 'A02', at: '0900', place: 'W#^2^A', patient: 'Q#' },
    { event: 'A03', at: '1000', patient: 'P#' },
  ],
  'a visit whose patient goes by one number, by two, and by the other': [
    { event: 'A01', at: '0800', place: 'W#^1^A', pid: { 3: 'X#^^^AA^MR' } },
    { event: 'A02', at: '0900', place: 'W#^2^A', pid: { 3: 'X#^^^AA^MR~Y#^^^BB^MR' }, family: 'Newer' },
    { event: 'A02', at: '1000', place: 'W#^3^A', pid: { 3: 'Y#^^^BB^MR' }, family: 'Newest' },
  ],
  'a patient of three numbers, named two at a time': [
    { event: 'A01', at: '0800', place: 'W#^1^A', pid: { 3: 'X#^^^AA^MR' } },
    { event: 'A08', at: '0830', pid: { 3: 'Z#^^^CC^MR~Y#^^^BB^MR' } },
    { event: 'A02', at: '0900', place: 'W#^2^A', pid: { 3: 'Z#^^^CC^MR' } },
    { event: 'A08', at: '0930', pid: { 3: 'Y#^^^BB^MR~X#^^^AA^MR' } },
    { event: 'A03', at: '1000', pid: { 3: 'Y#^^^BB^MR' } },
  ],
  'a visit whose number is told with its giver and without': [
    { event: 'A01', at: '0800', place: 'W#^1^A', visit: 'V#' },
    { event: 'A02', at: '0900', place: 'W#^2^A', visit: 'V#^^^CITY' },
    { event: 'A02', at: '0930', place: 'W#^3^A', visit: 'V#' },
    { event: 'A03', at: '1000', visit: 'V#^^^CITY^VN' },
  ],
  'a visit that is deleted': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A02', at: '0900', place: 'W#^2^A' },
    { event: 'A23', at: '0930' },
  ],
  'updates of a person and what they believe': [
    { event: 'A08', at: '0750', place: 'W#^1^A', family: 'First' },
    { event: 'A01', at: '0800', place: 'W#^1^A', family: 'Second' },
    { event: 'A08', at: '0810', place: 'W#^9^Z', family: 'Third', born: '19500101' },
    { event: 'A31', at: '0820', family: 'Fourth', pid: { 8: 'M' } },
  ],
  'a stay whose later messages name no visit': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A02', at: '1000', place: 'W#^2^A', visit: '' },
    { event: 'A03', at: '1200', visit: '' },
  ],
  'two stays in turn that only their admissions name': [
    { event: 'A01', at: '0800', place: 'W#^1^A', visit: 'V#a' },
    { event: 'A03', at: '0900', visit: '' },
    { event: 'A01', at: '0930', place: 'W#^1^A', visit: 'V#b' },
    { event: 'A02', at: '1000', place: 'W#^2^A', visit: '' },
    { event: 'A03', at: '1100', visit: '' },
  ],
  'a discharge that names no visit and is taken back': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A03', at: '0900', visit: '' },
    { event: 'A13', at: '0905', visit: '' },
    { event: 'A02', at: '1000', place: 'W#^2^A', visit: '' },
  ],
  'two stays at one time and a move that names neither': [
    { event: 'A01', at: '0800', place: 'W#^1^A', visit: 'V#a' },
    { event: 'A04', at: '0830', place: 'ED#', visit: 'V#b' },
    { event: 'A02', at: '0900', place: 'W#^2^A', visit: '' },
    { event: 'A03', at: '0930', visit: 'V#b' },
    { event: 'A02', at: '1000', place: 'W#^3^A', visit: '' },
  ],
  'messages whose times cannot be read, among others': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A02', at: '0830', recorded: '20261302080000', place: 'W#^2^A', family: 'Wrong' },
    { event: 'A02', at: 'yesterday', recorded: '0845', place: 'W#^3^A', family: 'Wrong' },
    { event: 'A03', at: '', recorded: '0900', pv1: { 45: 'noon' } },
    { event: 'A02', at: '20260302090000Z', recorded: '0901', place: 'W#^4^A' },
  ],
  'moves of one minute whose control ids are not in their order': [
    { event: 'A01', at: '0800', place: 'W#^1^A' },
    { event: 'A02', at: '0900', id: '#-9', place: 'W#^2^A', pv1: { 6: 'W#^1^A' } },
    { event: 'A02', at: '0900', id: '#-8', place: 'W#^3^A', pv1: { 6: 'W#^2^A' } },
    { event: 'A02', at: '0900', id: '#-7', place: 'W#^4^A', pv1: { 6: 'W#^3^A' } },
  ],
  'an appointment that is moved and then cancelled': [
    { event: 'A05', at: '0700', visit: 'V#x', place: 'W#', lines: ['PV2||||||||202603030900'] },
    { event: 'A27', at: '0730', visit: 'V#x' },
    { event: 'A05', at: '0800', visit: 'V#x', place: 'W#', lines: ['PV2||||||||202603040900'] },
  ],
};

it('an arrival and an admission with one and the same PV1-44 are two places, one after the other', () => {
  for (const text of [
    adt({
      event: 'A04',
      at: '',
      recorded: '0801',
      visit: 'VED',
      patient: 'PED',
      place: 'ED',
      pv1: { 2: 'E', 44: '202603020800' },
    }),
    adt({
      event: 'A01',
      at: '',
      recorded: '1000',
      visit: 'VED',
      patient: 'PED',
      place: 'WED^2^A',
      pv1: { 44: '202603020800' },
    }),
  ])
    clinic.send(text);
  expect(clinic.stays('VED')).toEqual(['ED^^ 08:00-10:00', 'WED^2^A 10:00-']);
});

it('moves of one minute end where the chain of PV1-6 ends, whatever their control ids', () => {
  const move = (id: string, from: string, to: string) =>
    adt({ event: 'A02', at: '0900', visit: 'VCH', patient: 'PCH', id, place: to, pv1: { 6: from } });
  clinic.send(
    move('CH-1', 'wch^2^A', 'WCH^3^A'),
    move('CH-2', 'WCH^1^A', 'WCH^2^A'),
    adt({ event: 'A01', at: '0800', visit: 'VCH', patient: 'PCH', place: 'WCH^1^A' }),
  );
  expect(clinic.stays('VCH')).toEqual(['WCH^1^A 08:00-09:00', 'WCH^3^A 09:00-']);
});

describe('the feed comes to the same record whatever order its messages come in', () => {
  for (const [name, day] of Object.entries(DAYS)) {
    it(name, async () => {
      const inOrder = day.map((_, index) => index);
      const expected = await outcomeOf(day, inOrder, 1);
      expect(expected.answers).toEqual(['AA']);
      const orders = fc.record({
        order: fc.shuffledSubarray(inOrder, { minLength: day.length, maxLength: day.length }),
        again: fc.array(fc.nat({ max: day.length - 1 }), { maxLength: 3 }),
        batch: fc.integer({ min: 1, max: 4 }),
      });
      await fc.assert(
        fc.asyncProperty(orders, async ({ order, again, batch }) => {
          expect(await outcomeOf(day, [...order, ...again], batch)).toEqual(expected);
        }),
        { numRuns: RUNS, seed: 7 },
      );
    });
  }
});
