import { afterEach, describe, expect, it } from 'vitest';
import type { UserId } from '#domain/ids.ts';
import { adt, type FeedClinic, openFeedClinic } from '#test/helpers/feed-clinic.ts';
import { NOON } from '#test/helpers/makers.ts';

let clinic: FeedClinic;
const open = (options?: Parameters<typeof openFeedClinic>[0]) => {
  clinic = openFeedClinic(options);
  return clinic;
};
afterEach(() => {
  expect(clinic.faults).toEqual([]);
  clinic.close();
});

const act = (encounterId: string | null | undefined) =>
  clinic.store.ledger.list({ limit: 20, subject: encounterId ?? '' });
const encounterOf = (visit: string) =>
  clinic.store.feed.visit(visit)?.encounterId ?? clinic.store.flow.findByVisit(visit)[0];
const journey = (visit: string) => {
  const id = encounterOf(visit);
  if (!id) throw new Error(`No visit ${visit}.`);
  return clinic.engine.journey(id);
};

describe('what the feed tells of one visit', () => {
  it('admits, moves and discharges, making the places it names', () => {
    const { send, stays, waiting, store } = open();
    expect(
      send(
        adt({ event: 'A01', at: '0800', place: 'ICU^101^A^NORTH' }),
        adt({ event: 'A02', at: '0900', place: 'ICU^102^A^NORTH' }),
        adt({ event: 'A03', at: '1000', place: 'ICU^102^A^NORTH', pv1: { 36: '20' } }),
      ),
    ).toEqual(['AA', 'AA', 'AA']);
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-09:00', 'ICU^102^A 09:00-10:00']);
    expect(waiting()).toEqual([]);
    expect(journey('V1')).toMatchObject({ status: 'discharged', outcome: 'died' });
    const [ward] = store.locations.listWards();
    expect(ward?.name).toBe('ICU');
    expect(ward && store.areas.wardAttributes(ward.id)).toMatchObject({ code: 'ICU', fromFeed: true });
    expect(store.areas.listSites().map(({ name }) => name)).toEqual(['NORTH']);
    expect(store.locations.listBeds().map(({ label }) => label)).toEqual(['102-A', 'A']);
    expect(store.ledger.verify().ok).toBe(true);
    expect(act(encounterOf('V1')).map(({ act: name, actor }) => `${actor} ${name}`)).toEqual([
      'feed encounter.discharged',
      'feed encounter.moved',
      'feed encounter.admitted',
    ]);
  });
  it('F25 keeps a discharge of somebody nobody knows for review until the admission comes', () => {
    const { send, stays, waiting } = open();
    expect(send(adt({ event: 'A03', at: '1000' }))).toEqual(['AA']);
    expect(waiting()).toEqual(['ADT^A03: The patient was not here then, by all that is known.']);
    expect(stays('V1')).toEqual([]);
    send(adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }));
    expect(waiting()).toEqual([]);
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-10:00']);
  });
  it('F25 keeps an update of a visit nobody knows for review, and moves nobody by it', () => {
    const { send, waiting, patient, stays } = open();
    send(adt({ event: 'A08', at: '0900', place: 'ICU^101^A', family: 'Doe' }));
    expect(waiting()).toEqual(['ADT^A08: Nothing is known here of this visit yet.']);
    expect(patient('P1')?.name.family).toBe('Doe');
    send(adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }));
    expect(waiting()).toEqual([]);
    send(adt({ event: 'A08', at: '0930', place: 'ICU^102^B' }));
    expect(waiting()).toEqual([
      'ADT^A08: It says the patient is somewhere else than the record says; it moved nobody.',
    ]);
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-']);
    send(adt({ event: 'A02', at: '0915', place: 'ICU^102^B' }));
    expect(waiting()).toEqual([]);
  });
  it('F24 answers a message that comes again, and does nothing more', () => {
    const { send, stays, store, counts } = open();
    const texts = [
      adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }),
      adt({ event: 'A02', at: '0900', place: 'ICU^102^A' }),
      adt({ event: 'A02', at: '0930', place: 'ICU^103^A' }),
      adt({ event: 'A12', at: '0940' }),
    ];
    for (const text of texts) expect(send(text, text, text)).toEqual(['AA', 'AA', 'AA']);
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-09:00', 'ICU^102^A 09:00-']);
    expect(counts.read()).toMatchObject({ received: 12, applied: 4, doubled: 8, rejected: 0 });
    expect(store.feed.list({ limit: 10 }).map(({ copies }) => copies)).toEqual([3, 3, 3, 3]);
  });
  it('F24 takes another message with a control id used before for what it is', () => {
    const { send, stays, counts } = open();
    send(
      adt({ event: 'A01', at: '0800', place: 'ICU^101^A', id: '1' }),
      adt({ event: 'A02', at: '0900', place: 'ICU^102^A', id: '1' }),
    );
    expect(stays('V1')).toHaveLength(2);
    expect(counts.read().doubled).toBe(0);
  });
  it('takes leave, ways elsewhere, plans and orders as such, the bed staying held', () => {
    const { send, stays } = open();
    send(
      adt({ event: 'A05', at: '0700', place: 'ICU', lines: ['PV2||||||||202603020800'] }),
      adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }),
      adt({ event: 'A21', at: '0810' }),
      adt({ event: 'A22', at: '0820' }),
      adt({ event: 'A15', at: '0825', pv1: { 42: 'WARD^7^B' } }),
      adt({ event: 'A16', at: '0830', lines: ['PV2|||||||||202603031200'] }),
      adt({ event: 'A09', at: '0840', pv1: { 11: 'XRAY' } }),
    );
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-']);
    expect(journey('V1')).toMatchObject({
      status: 'in-progress',
      expectedAt: Date.UTC(2026, 2, 2, 8),
      dischargeOrderedAt: Date.UTC(2026, 2, 2, 8, 30),
      expectedDischargeAt: Date.UTC(2026, 2, 3, 12),
      away: { kind: 'elsewhere' },
    });
    expect(journey('V1').transferPlanned?.place?.bedId).toBeTruthy();
    send(adt({ event: 'A10', at: '0850' }), adt({ event: 'A26', at: '0851' }), adt({ event: 'A25', at: '0852' }));
    expect(journey('V1')).toMatchObject({ away: null, transferPlanned: null, dischargeOrderedAt: null });
  });
  it('tells wards of two facilities apart that are called alike; who names none means the first', () => {
    const { send, store, waiting } = open();
    send(
      adt({ event: 'A01', at: '0800', place: 'W^1^1^EAST', visit: 'V1', patient: 'A' }),
      adt({ event: 'A01', at: '0805', place: 'W^1^1^WEST', visit: 'V2', patient: 'B' }),
      adt({ event: 'A02', at: '0900', place: 'W^1^2', visit: 'V1', patient: 'A' }),
    );
    expect([clinic.stays('V1'), clinic.stays('V2')]).toEqual([['W^1^1 08:00-09:00', 'W^1^2 09:00-'], ['W^1^1 08:05-']]);
    expect(waiting()).toEqual([]);
    expect(store.locations.listWards().map(({ name }) => name)).toEqual(['W', 'W 2']);
    expect(
      store.areas
        .listSites()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['EAST', 'WEST']);
  });
  it('shows a place without a ward to a person: it is nowhere until then', () => {
    const { send, stays, waiting } = open();
    send(adt({ event: 'A01', at: '0800', place: '^101^A' }));
    expect(stays('V1')).toEqual(['^^ 08:00-']);
    expect(waiting()).toEqual(['ADT^A01: It names a room or a bed but no ward: where that is is not known.']);
  });
  it('forgets what a message says is gone: birth date and sex', () => {
    const { send, patient } = open();
    send(adt({ event: 'A01', at: '0800', place: 'ICU^101^A', born: '19610517' }));
    expect(patient('P1')).toMatchObject({ sex: 'female', birthDate: '1961-05-17' });
    send(adt({ event: 'A08', at: '0900', born: '""', pid: { 8: '""' } }));
    expect(patient('P1')).toMatchObject({ sex: 'unknown', birthDate: null });
  });
  it('makes an outpatient an inpatient and back', () => {
    const { send } = open();
    send(
      adt({ event: 'A04', at: '0800', place: 'OPD', pv1: { 2: 'O' } }),
      adt({ event: 'A06', at: '0900', place: 'ICU^101^A' }),
    );
    expect(journey('V1')).toMatchObject({ class: 'inpatient', arrivedAt: Date.UTC(2026, 2, 2, 8) });
    send(adt({ event: 'A07', at: '1000', place: 'OPD', pv1: { 2: 'O' } }));
    expect(journey('V1')).toMatchObject({ class: 'outpatient', status: 'in-progress' });
    expect(clinic.stays('V1').at(-1)).toBe('OPD^^ 10:00-');
  });
  it('takes a PV1-2 of no table, a ZBE and a malformed MSH-7 as they come', () => {
    const { send, stays, time } = open();
    time.now = Date.UTC(2026, 2, 2, 7);
    const text = adt({
      event: 'A01',
      at: '0800',
      place: 'ICU^101^A',
      pv1: { 2: 'DAY CASE' },
      lines: ['ZBE|1|20260302080000||INSERT'],
    });
    expect(send(text.replace(/LINE\|\d+/, 'LINE|02/03/2026 8:00'))).toEqual(['AA']);
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-']);
  });
  it('takes PV1-44 and PV1-45 for the times where EVN-6 is silent, else EVN-2 and MSH-7, never its own clock', () => {
    const { send, stays, time, waiting } = open();
    time.now = Date.UTC(2026, 2, 2, 11);
    const bare = (event: string, pv1: Record<number, string>) =>
      adt({ event, at: '', recorded: '', place: 'ICU^101^A', pv1 }).replace('||ADT', '||ADT');
    send(bare('A01', { 44: '202603020805' }), bare('A03', { 45: '202603020955' }));
    expect(stays('V1')).toEqual(['ICU^101^A 08:05-09:55']);
    send(adt({ event: 'A01', at: '', recorded: '0900', visit: 'V2', patient: 'P2', place: 'ICU^102^A' }));
    expect(stays('V2')).toEqual(['ICU^102^A 09:00-']);
    send(adt({ event: 'A01', at: '', recorded: '', visit: 'V3', patient: 'P3', place: 'ICU^103^A' }));
    expect(stays('V3')).toEqual([]);
    expect(waiting()).toEqual(['ADT^A01: No readable time: the message says none.']);
  });
  it('tells visits of one number apart by who gave it, and takes a number told without for the patient’s one', () => {
    const { send, stays, waiting, store } = open();
    send(
      adt({ event: 'A01', at: '0800', patient: 'P1', visit: '77^^^HOSP1', place: 'A^1^1' }),
      adt({ event: 'A01', at: '0900', patient: 'P2', visit: '77^^^HOSP2', place: 'A^1^2' }),
      adt({ event: 'A02', at: '1000', patient: 'P1', visit: '77', place: 'A^1^3' }),
      adt({ event: 'A03', at: '1100', patient: 'P2', visit: '77' }),
    );
    expect(waiting()).toEqual([]);
    expect(stays('77')).toEqual(['A^1^1 08:00-10:00', 'A^1^2 09:00-11:00', 'A^1^3 10:00-']);
    expect(store.encounters.listOpen()).toHaveLength(1);
  });
  it.each([
    ['EVN-2 and MSH-7', { at: '', recorded: '20261302080000' }, 'No readable time: EVN-2 is "20261302080000".'],
    ['EVN-6', { at: 'yesterday', recorded: '0800' }, 'No readable time: EVN-6 is "yesterday".'],
    ['PV1-44', { at: '', recorded: '0800', pv1: { 44: '8 am' } }, 'No readable time: PV1-44 is "8 am".'],
  ])('makes nothing of a message whose %s cannot be read, and shows it to a person', (_, times, why) => {
    const { send, stays, waiting, patient } = open();
    expect(send(adt({ event: 'A01', place: 'ICU^101^A', ...times }))).toEqual(['AA']);
    expect(waiting()).toEqual([`ADT^A01: ${why}`]);
    expect(stays('V1')).toEqual([]);
    expect(patient('P1')).toBeUndefined();
  });
  it('knows the visit by PV1-19, else PID-18, else the only one going on', () => {
    const { send, stays, waiting } = open();
    send(adt({ event: 'A01', at: '0800', visit: '', pid: { 18: 'ACC1' }, place: 'ICU^101^A' }));
    send(adt({ event: 'A02', at: '0900', visit: '', place: 'ICU^102^A' }));
    expect(stays('ACC1')).toEqual(['ICU^101^A 08:00-09:00', 'ICU^102^A 09:00-']);
    send(adt({ event: 'A02', at: '0930', visit: '', patient: 'P2', place: 'ICU^103^A' }));
    expect(waiting()).toEqual([
      'ADT^A02: The message names no visit number, and no one visit of the patient was open then.',
    ]);
    send(adt({ event: 'A01', at: '0830', visit: 'V2', patient: 'P2', place: 'ICU^104^A' }));
    expect(waiting()).toEqual([]);
    expect(stays('V2')).toEqual(['ICU^104^A 08:30-09:30', 'ICU^103^A 09:30-']);
  });
});

describe('places of the feed', () => {
  it('are the clinic’s own where their codes, names or labels are, whatever case and spaces', () => {
    const { send, stays, store } = open();
    send(
      adt({ event: 'A01', at: '0800', place: 'Intensive Care^101^A' }),
      adt({ event: 'A02', at: '0900', place: 'INTENSIVE  care^ 101 ^a' }),
    );
    expect(stays('V1')).toEqual(['Intensive Care^101^A 08:00-']);
    expect(store.locations.listBeds()).toHaveLength(1);
  });
  it('may be a room, a ward, a bed without a room, or an area', () => {
    const { send, stays, store, changes } = open();
    send(adt({ event: 'A04', at: '0700', place: 'ED' }));
    const wardId = store.locations.listWards()[0]?.id ?? null;
    store.transact(() =>
      store.areas.saveArea({ id: 'area' as never, wardId, name: 'Waiting room', kind: 'waiting', code: 'WAIT' }),
    );
    changes.locations();
    send(
      adt({ event: 'A02', at: '0710', place: 'WAIT' }),
      adt({ event: 'A02', at: '0720', place: 'ED^R1' }),
      adt({ event: 'A02', at: '0730', place: 'ED^^7' }),
    );
    expect(stays('V1')).toEqual(['ED^^ 07:00-07:10', 'WAIT^^ 07:10-07:20', 'ED^R1^ 07:20-07:30', 'ED^^7 07:30-']);
  });
  it('are not made by a message that moves nobody: a mistyped bed is shown to a person until there is one', () => {
    const { send, store, waiting } = open();
    send(adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }), adt({ event: 'A08', at: '0900', place: 'ICU^101^B' }));
    expect(store.locations.listBeds()).toHaveLength(1);
    expect(waiting()).toEqual([
      'ADT^A08: It says the patient is somewhere else than the record says; it moved nobody.',
    ]);
    send(adt({ event: 'A02', at: '0855', place: 'ICU^101^B' }));
    expect(waiting()).toEqual([]);
  });
  it('that say no ward move nobody: a person looks', () => {
    const { send, stays, waiting } = open();
    send(adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }), adt({ event: 'A02', at: '0900', place: '^101^B' }));
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-']);
    expect(waiting()).toEqual(['ADT^A02: PV1-3 names no ward or area.']);
  });
  it('F57 that two patients claim stay with who has them; the claim is shown until it can be granted', async () => {
    const { send, stays, waiting } = open();
    send(
      adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }),
      adt({ event: 'A01', at: '0900', place: 'ICU^101^A', patient: 'P2', visit: 'V2' }),
    );
    await Promise.resolve();
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-']);
    expect(waiting()).toEqual(['ADT^A01: Somebody else holds the bed.']);
    send(adt({ event: 'A03', at: '0850' }));
    await Promise.resolve();
    expect(waiting()).toEqual([]);
    expect(stays('V2')).toEqual(['ICU^101^A 09:00-']);
  });
});

describe('people of the feed', () => {
  it('are found by any of their identifiers and told apart by who gave them', () => {
    const { send, patient, store } = open();
    send(adt({ event: 'A28', at: '0800', pid: { 3: '1^^^CITY^MR~99^^^NHS^NH' }, family: 'One' }));
    send(adt({ event: 'A31', at: '0900', pid: { 3: '99^^^NHS^NH~7^^^TOWN^MR' }, family: 'Two' }));
    send(adt({ event: 'A28', at: '0900', pid: { 3: '1^^^TOWN^MR' }, family: 'Other' }));
    expect(patient('7', 'TOWN MR')).toMatchObject({ name: { family: 'Two', given: ['Ann'] } });
    expect(patient('1', 'CITY MR')?.id).toBe(patient('99', 'nhs')?.id);
    expect(store.patients.search('Other', 5)).toHaveLength(1);
  });
  it('are one when a message names identifiers of two whom only the feed told of', () => {
    const { send, waiting, patient } = open();
    send(adt({ event: 'A28', at: '0800', patient: 'A' }), adt({ event: 'A28', at: '0800', patient: 'B' }));
    send(adt({ event: 'A31', at: '0900', pid: { 3: 'A^^^^MR~B^^^^MR' }, family: 'Both' }));
    expect(waiting()).toEqual([]);
    expect(patient('B')?.id).toBe(patient('A')?.id);
    expect(patient('B')?.name.family).toBe('Both');
  });
  it('are not mixed up when a message names identifiers of two whom people here know: nothing is taken, a person looks', () => {
    const { send, waiting, patient, store, time } = open();
    send(adt({ event: 'A28', at: '0800', patient: 'A' }), adt({ event: 'A28', at: '0800', patient: 'B' }));
    const entry = { at: time.now, actor: 'nurse', station: null, act: 'patient.updated', before: null, after: null };
    for (const value of ['A', 'B'])
      store.transact(() => store.ledger.append({ ...entry, subject: patient(value)?.id ?? '' }));
    send(adt({ event: 'A01', at: '0900', pid: { 3: 'A^^^^MR~B^^^^MR~C^^^^MR' }, family: 'Both', place: 'ICU^1^A' }));
    expect(waiting()).toHaveLength(1);
    expect(['A', 'B'].map((value) => patient(value)?.name.family)).toEqual(['Okafor', 'Okafor']);
    expect(patient('C')).toBeUndefined();
    expect(clinic.stays('V1')).toEqual([]);
  });
  it('who are one by the feed and lie in two beds are shown to a person until they do not', () => {
    const { send, waiting } = open();
    send(
      adt({ event: 'A01', at: '0800', patient: 'A', visit: 'VA', place: 'ICU^1^A' }),
      adt({ event: 'A01', at: '0800', patient: 'B', visit: 'VB', place: 'ICU^2^A' }),
      adt({ event: 'A40', at: '0900', patient: 'B', visit: '', lines: ['MRG|A^^^^MR'] }),
    );
    expect(waiting()).toEqual([
      'ADT^A40: Told to be one person; by the record both are in care, which cannot be true of one.',
    ]);
    send(adt({ event: 'A03', at: '1000', patient: 'A', visit: 'VA' }));
    expect(waiting()).toEqual([]);
  });
  it('keep what people here put right until the feed says something new', () => {
    const { send, patient, store } = open();
    send(adt({ event: 'A28', at: '0800', family: 'Okafro', born: '19610517' }));
    const known = patient('P1');
    if (known) store.transact(() => store.patients.save({ ...known, name: { family: 'Okafor', given: ['Ann'] } }));
    send(adt({ event: 'A31', at: '0900', family: 'Okafro', born: '19610518' }));
    expect(patient('P1')).toMatchObject({ name: { family: 'Okafor' }, birthDate: '1961-05-18' });
    send(adt({ event: 'A31', at: '1000', family: 'Okafor-Bell' }));
    expect(patient('P1')?.name.family).toBe('Okafor-Bell');
  });
  it('lose what is deleted, keep what is not mentioned, and are never born tomorrow', () => {
    const { send, patient } = open();
    send(
      adt({ event: 'A28', at: '0800', born: '19610517' }),
      adt({ event: 'A31', at: '0900', born: '', pid: { 8: '' } }),
    );
    expect(patient('P1')).toMatchObject({ birthDate: '1961-05-17', sex: 'female' });
    send(adt({ event: 'A31', at: '1000', born: '20290101' }));
    expect(patient('P1')?.birthDate).toBe('1961-05-17');
    send(adt({ event: 'A31', at: '1100', pid: { 7: '""' } }));
    expect(patient('P1')?.birthDate).toBeNull();
  });
  it('have the allergies they are told to have', () => {
    const { send, patient } = open();
    send(adt({ event: 'A60', at: '0800', lines: ['IAM|1|DA|1^Penicillin|||A', 'IAM|2|FA|2^Peanut|||A'] }));
    send(adt({ event: 'A60', at: '0900', lines: ['IAM|1|DA|1^penicillin|||D'] }));
    expect(patient('P1')?.allergies).toEqual(['Peanut']);
  });
  it('F25 become one when the feed says so, with all their visits, and part again exactly', () => {
    const { send, patient, store } = open();
    send(
      adt({ event: 'A01', at: '0800', patient: 'A', visit: 'VA', place: 'ICU^1^A', family: 'Ann' }),
      adt({ event: 'A01', at: '0800', patient: 'B', visit: 'VB', place: 'ICU^2^A', family: 'Anne' }),
      adt({ event: 'A40', at: '0900', patient: 'B', visit: '', family: '', lines: ['MRG|A^^^^MR'] }),
    );
    const one = patient('A');
    expect(one?.id).toBe(patient('B')?.id);
    expect(store.encounters.listByPatient(one?.id ?? ('' as never))).toHaveLength(2);
    expect(store.merges.listOf(one?.id ?? ('' as never))).toHaveLength(1);
  });
  it('become one, pair by pair, when one message tells of several, and a copy of it does nothing more', () => {
    const { send, patient, store, waiting, counts } = open();
    for (const number of ['A', 'B', 'C', 'D'])
      send(adt({ event: 'A28', at: '0800', patient: number, visit: '', family: `F${number}` }));
    const merges = adt({
      event: 'A40',
      at: '0900',
      patient: 'B',
      visit: '',
      lines: ['MRG|A^^^^MR', 'PID|2||D^^^^MR', 'MRG|C^^^^MR'],
    });
    expect(send(merges, merges)).toEqual(['AA', 'AA']);
    expect(patient('A')?.id).toBe(patient('B')?.id);
    expect(patient('C')?.id).toBe(patient('D')?.id);
    expect(patient('A')?.id).not.toBe(patient('C')?.id);
    expect(store.merges.listOf(patient('D')?.id ?? expect.fail())).toHaveLength(1);
    expect(waiting()).toEqual([]);
    expect(counts.read()).toMatchObject({ received: 6, applied: 5, doubled: 1 });
  });
  it('get every visit a message moves to them, not the first alone', () => {
    const { send, patient, store } = open();
    send(
      adt({ event: 'A01', at: '0700', patient: 'A', visit: 'V1', place: 'ICU^1^A' }),
      adt({ event: 'A03', at: '0730', patient: 'A', visit: 'V1' }),
      adt({ event: 'A01', at: '0800', patient: 'A', visit: 'V2', place: 'ICU^1^B' }),
      adt({ event: 'A28', at: '0800', patient: 'B', visit: '' }),
      adt({
        event: 'A45',
        at: '0900',
        patient: 'B',
        visit: '',
        lines: ['MRG|A^^^^MR||||V1', `PV1|1|I${'|'.repeat(17)}V1`, 'MRG|A^^^^MR||||V2', `PV1|1|I${'|'.repeat(17)}V2`],
      }),
    );
    expect(store.encounters.listByPatient(patient('B')?.id ?? expect.fail())).toHaveLength(2);
    expect(store.encounters.listByPatient(patient('A')?.id ?? expect.fail())).toHaveLength(0);
  });
  it('are never deleted: who has encounters is shown to a person', () => {
    const { send, waiting, patient } = open();
    send(adt({ event: 'A28', at: '0800', patient: 'A' }), adt({ event: 'A29', at: '0900', patient: 'A' }));
    expect(waiting()).toEqual([]);
    send(adt({ event: 'A01', at: '0800', place: 'ICU^1^A' }), adt({ event: 'A29', at: '0900' }));
    expect(waiting()).toEqual([
      'ADT^A29: The other system deleted a patient who has encounters here. Nothing was deleted.',
    ]);
    expect(patient('P1')).toBeTruthy();
  });
  it('whom people here admitted without a number are the feed’s too: one stay', () => {
    const { send, patient, store, engine, context } = open();
    send(adt({ event: 'A28', at: '0700' }));
    const id = patient('P1')?.id ?? ('' as never);
    store.transact((afterCommit) => {
      const encounterId = engine.open({ patientId: id, visitNumber: null, class: 'inpatient', reason: null }, NOON);
      const steps = [
        {
          encounterId,
          step: { kind: 'admitted', place: null, class: 'inpatient' } as const,
          happenedAt: NOON - 3_600_000,
        },
      ];
      engine.act(context, { name: 'encounter.admitted', steps, now: NOON }, afterCommit);
    });
    send(adt({ event: 'A01', at: '20260303120500', place: 'ICU^1^A' }));
    expect(store.encounters.listByPatient(id)).toHaveLength(1);
    expect(clinic.stays('V1').at(-1)).toBe('ICU^1^A 12:05-');
  });
});

describe('beds of the feed', () => {
  const bedNews = (at: string, status: string, bed = 'ICU^101^A') =>
    adt({ event: 'A20', at, patient: 'X', lines: [`NPU|${bed}|${status}`] });
  const bedId = () => clinic.store.locations.listBeds()[0]?.id ?? ('' as never);
  it('are closed, dirty and ready by the latest word, and an occupied one stays as it is', () => {
    const { send, store, time } = open();
    time.now = Date.UTC(2026, 2, 2, 12);
    send(bedNews('0800', 'C'));
    expect(store.bedStates.blockOf(bedId(), time.now)).toMatchObject({ reason: 'closed' });
    send(bedNews('0900', 'U'), bedNews('0830', 'C'));
    expect(store.bedStates.blockOf(bedId(), time.now)).toBeUndefined();
    send(bedNews('0910', 'H'));
    expect(store.tasks.openCleaning(bedId())).toMatchObject({ state: 'requested', contaminated: false });
    send(bedNews('0920', 'U'));
    expect(store.tasks.openCleaning(bedId())).toBeUndefined();
    send(
      adt({ event: 'A01', at: '0930', place: 'ICU^101^A' }),
      bedNews('0940', 'U'),
      bedNews('0950', 'H'),
      bedNews('0955', 'C'),
    );
    expect(clinic.stays('V1')).toEqual(['ICU^101^A 09:30-']);
    expect(store.tasks.openCleaning(bedId())).toBeUndefined();
    expect(store.bedStates.blockOf(bedId(), time.now)).toBeUndefined();
  });
  it('stay dirty when the feed calls them free and nobody cleaned them: a person looks', () => {
    const { send, store, waiting } = open();
    send(
      adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }),
      bedNews('0930', 'H'),
      adt({ event: 'A03', at: '1000' }),
      bedNews('1000', 'U'),
    );
    expect(store.tasks.openCleaning(bedId())).toMatchObject({ state: 'requested' });
    expect(waiting()).toEqual([
      'ADT^A20: It says the bed is to be cleaned; by the record somebody is in it.',
      'ADT^A20: It says the bed is free; by the record nobody has cleaned it since it was used.',
    ]);
    send(bedNews('1010', 'H'), bedNews('1030', 'U'));
    expect(store.tasks.openCleaning(bedId())).toBeUndefined();
    expect(waiting()).toHaveLength(2);
  });
  it('stay dirty when somebody here is cleaning them, and blocked when somebody here blocked them', () => {
    const { send, store, waiting } = open();
    send(
      adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }),
      adt({ event: 'A03', at: '1000' }),
      bedNews('1010', 'H'),
    );
    const task = store.tasks.openCleaning(bedId());
    if (task)
      store.transact(() => store.tasks.save({ ...task, state: 'started', startedAt: Date.UTC(2026, 2, 2, 10, 15) }));
    send(bedNews('1030', 'U'));
    expect(store.tasks.openCleaning(bedId())).toMatchObject({ state: 'started' });
    expect(waiting()).toEqual(['ADT^A20: It says the bed is free; somebody here is cleaning it.']);
    const block = { id: 'k', bedId: bedId(), reason: 'repair', note: null, to: null, endedAt: null } as const;
    store.transact(() =>
      store.bedStates.saveBlock({ ...block, from: Date.UTC(2026, 2, 2, 10, 20), by: 'nurse' as UserId }),
    );
    send(bedNews('1040', 'U'));
    expect(store.bedStates.blockOf(bedId(), clinic.time.now)).toMatchObject({ id: 'k' });
    expect(waiting()).toContain('ADT^A20: It says the bed is free; somebody here blocked it.');
  });
  it('that contradict who is in them are shown to a person, and change nothing', () => {
    const { send, store, waiting } = open();
    send(bedNews('0700', 'O'), bedNews('0710', 'I'));
    send(adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }));
    send(bedNews('0900', 'U'), bedNews('0910', 'C'), bedNews('0920', 'O'));
    expect(waiting()).toEqual([
      'ADT^A20: It says the bed is occupied; by the record nobody is in it.',
      'ADT^A20: It says the bed is isolated. Isolation is set here for a patient: nothing was changed.',
      'ADT^A20: It says the bed is unoccupied; by the record somebody is in it.',
      'ADT^A20: It says the bed is closed; by the record somebody is in it.',
    ]);
    expect(clinic.stays('V1')).toEqual(['ICU^101^A 08:00-']);
    expect(store.bedStates.blockOf(bedId(), clinic.time.now)).toBeUndefined();
  });
  it('are dirty when the feed’s patient has left, not when the discharge is ordered', () => {
    const { send, store } = open();
    send(adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }), adt({ event: 'A16', at: '0900' }));
    expect(store.tasks.openCleaning(bedId())).toBeUndefined();
    send(adt({ event: 'A03', at: '1000' }));
    expect(store.tasks.openCleaning(bedId())).toMatchObject({
      requestedAt: Date.UTC(2026, 2, 2, 10),
      cause: 'discharge',
    });
  });
});

describe('appointments', () => {
  const siu = (event: string, at: string, start = '202603031000') =>
    [
      `MSH|^~\\&|SCH|CITY|WARD|LINE|20260302${at}00||SIU^${event}|${event}${at}|P|2.5`,
      'SCH|P7|F7|||||CHECK^Check-up',
      `TQ1|1||||||${start}`,
      'PID|1||P1^^^^MR||Okafor^Ann|||F',
      'AIL|1||OPD^3',
      '',
    ].join('\r');
  it('are arrivals to be expected, moved, cancelled, or missed', () => {
    const { send } = open();
    expect(send(siu('S12', '0800'))).toEqual(['AA']);
    expect(journey('appointment F7')).toMatchObject({ status: 'planned', expectedAt: Date.UTC(2026, 2, 3, 10) });
    send(siu('S13', '0900', '202603041100'));
    expect(journey('appointment F7').expectedAt).toBe(Date.UTC(2026, 2, 4, 11));
    send(siu('S15', '1000'));
    expect(journey('appointment F7').status).toBe('cancelled');
    send(siu('S12', '1100'), siu('S26', '1200'));
    expect(journey('appointment F7').status).toBe('cancelled');
  });

  const came = adt({ event: 'A04', at: '20260303095500', visit: 'V9', place: 'OPD', pv1: { 2: 'O' } });
  const left = adt({ event: 'A03', at: '20260303103000', visit: 'V9' });
  const never = ['cancelled'];
  for (const [name, texts, statuses] of [
    ['kept end with the visit they were kept by', [siu('S12', '0800'), came, left], ['discharged']],
    [
      'taken back by the patient who did not come stand',
      [siu('S12', '0800'), came, adt({ event: 'A11', at: '20260303095600', visit: 'V9' })],
      ['planned', ...never],
    ],
    [
      'moved to another day stand beside a visit of today',
      [siu('S12', '0800'), siu('S13', '0900', '202603041100'), came],
      ['in-progress', 'planned'],
    ],
    ['called off leave the visit as it is', [siu('S12', '0800'), came, siu('S15', '1000')], ['in-progress', ...never]],
  ] as const)
    it(`${name}, in every order`, () => {
      const [a, b, c] = texts;
      const orders = [
        [a, b, c],
        [a, c, b],
        [b, a, c],
        [b, c, a],
        [c, a, b],
        [c, b, a],
      ];
      for (const order of orders) {
        const { send, patient, store, waiting, faults } = open();
        for (const text of order) expect(send(text)).toEqual(['AA']);
        const id = patient('P1')?.id ?? ('' as never);
        const stays = store.encounters.listByPatient(id);
        const told = stays.filter((stay) => clinic.engine.events(stay.id).some(({ voided }) => voided === null));
        expect(told.map(({ status }) => status).sort()).toEqual([...statuses].sort());
        expect(stays.filter((stay) => !told.includes(stay)).every(({ status }) => status === 'cancelled')).toBe(true);
        expect(waiting()).toEqual([]);
        expect(faults).toEqual([]);
        if (order !== orders.at(-1)) clinic.close();
      }
    });
});

describe('the review list', () => {
  it('takes back what a person at a console explained, and knows it again when it is not', async () => {
    const { send, waiting, store, engine, context, time } = open();
    send(adt({ event: 'A22', at: '0900', place: 'ICU^1^A' }));
    expect(waiting()).toHaveLength(1);
    const encounterId = encounterOf('V1') ?? ('' as never);
    time.now = Date.UTC(2026, 2, 2, 12);
    const told = (kind: 'arrived' | 'leave', happenedAt: number) =>
      store.transact((afterCommit) =>
        engine.act(
          context,
          {
            name: `encounter.${kind}`,
            now: time.now,
            steps: [
              {
                encounterId,
                happenedAt,
                step:
                  kind === 'arrived'
                    ? { kind: 'admitted', place: null, class: 'inpatient' }
                    : { kind: 'leave-started', returnExpectedAt: null },
              },
            ],
          },
          afterCommit,
        ),
      );
    told('arrived', Date.UTC(2026, 2, 2, 7));
    const leave = told('leave', Date.UTC(2026, 2, 2, 8));
    await Promise.resolve();
    expect(waiting()).toEqual([]);
    store.transact((afterCommit) =>
      engine.takeBack(context, { actId: leave, reason: 'wrong', now: time.now }, afterCommit),
    );
    await Promise.resolve();
    expect(waiting()).toEqual(['ADT^A22: The patient was not away.']);
  });
  it('F26 shows messages whose characters may be wrong, applied all the same', () => {
    const { inbox, waiting, stays } = open();
    const text = adt({ event: 'A01', at: '0800', place: 'ICU^1^A', family: 'M\xfcller' });
    inbox.receive([{ bytes: text, text, doubtful: true, broken: null }]);
    expect(waiting()).toEqual([
      'ADT^A01: The characters of the message are not those its MSH-18 names: names may be wrong.',
    ]);
    expect(stays('V1')).toHaveLength(1);
  });
});

describe('faults', () => {
  it('of one message leave nothing of it and harm no other', () => {
    const { send, store, stays, faults } = open();
    const { save } = store.feed;
    store.feed.save = (message) => {
      if (message.controlId === 'bad') throw new Error('a fault of ours');
      save(message);
    };
    const good = (visit: string) => adt({ event: 'A01', at: '0800', visit, patient: visit, place: `ICU^${visit}^A` });
    expect(
      send(
        good('V1'),
        adt({ event: 'A01', at: '0800', visit: 'V2', patient: 'V2', place: 'BAD^9^Z', id: 'bad' }),
        good('V3'),
      ),
    ).toEqual(['AA', 'AE', 'AA']);
    expect(stays('V1')).toHaveLength(1);
    expect(stays('V2')).toEqual([]);
    expect(stays('V3')).toHaveLength(1);
    expect(store.locations.listWards().map(({ name }) => name)).toEqual(['ICU']);
    store.feed.save = save;
    expect(send(adt({ event: 'A01', at: '0800', visit: 'V2', patient: 'V2', place: 'BAD^9^Z', id: 'bad' }))).toEqual([
      'AA',
    ]);
    expect(stays('V2')).toEqual(['BAD^9^Z 08:00-']);
    expect(faults.splice(0)).toHaveLength(1);
  });
  it('F39 of a full disk are answered AR, and nothing is taken for saved', () => {
    const { send, store, faults, counts } = open();
    const { save } = store.feed;
    store.feed.save = () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
    expect(send(adt({ event: 'A01', at: '0800', place: 'ICU^1^A' }))).toEqual(['AR']);
    expect(send(adt({ event: 'A03', at: '0900' }))).toEqual(['AR']);
    store.feed.save = save;
    expect(store.locations.listWards()).toEqual([]);
    expect(faults.splice(0)).toHaveLength(2);
    expect(counts.read()).toMatchObject({ received: 2, applied: 0, rejected: 2 });
  });
  it('of order are none: a turn that takes too long answers what it did, and the rest is given again', () => {
    const { inbox } = open({ keepElapsed: false });
    const arrivals = Array.from({ length: 200 }, (_, index) => {
      const text = adt({ event: 'A01', at: '0800', visit: `V${index}`, patient: `P${index}`, place: `ICU^${index}^A` });
      return { bytes: text, text, doubtful: false, broken: null };
    });
    const answers = inbox.receive(arrivals);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.length).toBeLessThan(200);
    expect(clinic.store.feed.list({ limit: 1_000 })).toHaveLength(answers.length);
  });
});
