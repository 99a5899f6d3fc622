import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import { QUARANTINE_REASONS } from '#domain/device/device.ts';
import type { DeviceId } from '#domain/ids.ts';
import { validNhsNumber } from '#domain/patient/nhs-number.ts';
import { draftOf, readPatientDraft } from '#renderer/client/acts/patient-edit.ts';
import type { ClinicSettings } from '#renderer/client/records.ts';
import {
  batteryWords,
  byStanding,
  type DeviceRecord,
  heardWords,
  skewWords,
  standingOf,
} from '#renderer/features/devices/device-record.ts';
import { REASON_WORDS, reasonWords } from '#renderer/features/devices/reason-words.ts';
import { EMPTY_REGISTRATION, readRegistration } from '#renderer/features/flow/acts/registration.ts';
import { actWords, changeLines } from '#renderer/features/ledger/entry-words.ts';
import { settingChanges } from '#renderer/features/settings/settings-diff.ts';
import { parseDay } from '#renderer/ui/parse-day.ts';

const NOW = Date.UTC(2026, 2, 12, 12, 0);

function makeDevice(part: Partial<DeviceRecord> = {}): DeviceRecord {
  return {
    id: 'monitor-1' as DeviceId,
    type: 'bedside-monitor',
    typeLabel: 'Bedside monitor',
    known: true,
    serial: null,
    model: null,
    firmware: null,
    online: true,
    battery: null,
    lastMessageAt: NOW,
    skewed: false,
    skewMs: null,
    firstSeenAt: NOW,
    admittedAt: null,
    retiredAt: null,
    tiedTo: null,
    messages: 0,
    refused: 0,
    ...part,
  };
}

import { makePatient } from '#test/helpers/makers.ts';

const TODAY = '2026-03-03';

describe('a device in the list', () => {
  it('stands first while it waits, then without a place, then in use, then retired', () => {
    const tiedTo = { bedId: null, encounterId: null, label: 'Bed 1', since: NOW };
    const devices = [
      makeDevice({ id: 'a' as DeviceId, admittedAt: NOW, retiredAt: NOW }),
      makeDevice({ id: 'b' as DeviceId, admittedAt: NOW, tiedTo }),
      makeDevice({ id: 'c' as DeviceId, admittedAt: NOW }),
      makeDevice({ id: 'd' as DeviceId }),
    ];
    expect([...devices].sort(byStanding).map(standingOf)).toEqual(['waiting', 'untied', 'in-use', 'retired']);
  });

  it('says battery, clock and silence in words', () => {
    expect(batteryWords(null)).toBe('–');
    expect(batteryWords(0.19)).toBe('19 %, low');
    expect(skewWords({ skewMs: -400_000, skewed: true })).toBe('6 min behind: not trusted');
    expect(skewWords({ skewMs: 300, skewed: false })).toBe('in step');
    expect(heardWords({ online: false, lastMessageAt: NOW - 90_000 }, NOW)).toBe('Silent, 1 min ago');
    expect(heardWords({ online: false, lastMessageAt: null }, NOW)).toBe('Never heard');
  });

  it('has one plain sentence for every reason of quarantine', () => {
    expect(Object.keys(REASON_WORDS).sort()).toEqual([...QUARANTINE_REASONS].sort());
    for (const words of Object.values(REASON_WORDS)) expect(words).toMatch(/^[A-Z].*\.$/u);
    expect(reasonWords('new-reason')).toBe('new-reason');
  });
});

describe('a registration', () => {
  it('reads a birth date however it is typed, day before month, and never guesses', () => {
    for (const typed of [
      '12-Mar-1950',
      '12 mar 1950',
      '12/3/1950',
      '12.03.1950',
      '12031950',
      '1950-03-12',
      '12 March 1950',
    ])
      expect(parseDay(typed)).toBe('1950-03-12');
    for (const typed of ['31-Apr-1950', '30/2/1950', '12/13/1950', '12/3/50', 'today', '0', '29-Feb-1950'])
      expect(parseDay(typed)).toBeUndefined();
  });

  it('reads back every day it can write', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          expect(parseDay(iso)).toBe(iso);
        },
      ),
    );
  });

  it('checks the last digit of an NHS number', () => {
    expect(validNhsNumber('9434765919')).toBe(true);
    expect(validNhsNumber('9434765918')).toBe(false);
    const { errors } = readRegistration({ ...EMPTY_REGISTRATION, family: 'A', nhsNumber: '943 476 5918' }, TODAY);
    expect(errors.nhsNumber).toBeTruthy();
  });

  it('says at the field that a birth date lies in the future, and takes a child born today', () => {
    const born = (birth: string) => readRegistration({ ...EMPTY_REGISTRATION, birth }, TODAY).errors.birth;
    expect(born('04-Mar-2026')).toMatch(/in the future/u);
    expect(born('03-Mar-2026')).toBeUndefined();
    expect(born('31-Apr-1950')).toMatch(/^Enter a date/u);
    const patient = makePatient();
    const corrected = (birth: string) => readPatientDraft(patient, { ...draftOf(patient), birth }, TODAY).errors.birth;
    expect(corrected('12-Mar-2030')).toMatch(/in the future/u);
    expect(corrected('12-Mar-1950')).toBeUndefined();
  });

  it('sends an unknown birth date as not known', () => {
    const draft = { ...EMPTY_REGISTRATION, family: ' Okafor ', given: ' Ada  Grace ' };
    const { registration, errors } = readRegistration(draft, TODAY);
    expect(errors).toEqual({});
    expect(registration).toMatchObject({ name: { family: 'Okafor', given: ['Ada', 'Grace'] }, birthDate: null });
  });
});

describe('settings', () => {
  const saved = DEFAULT_SETTINGS as unknown as ClinicSettings;

  it('show every change before they are saved, limits bound by bound', () => {
    expect(settingChanges(saved, saved)).toEqual([]);
    const limits = saved.limits.map((row) => (row.code === 'hr' ? { ...row, highHigh: 150, delayHighMs: 5_000 } : row));
    expect(settingChanges(saved, { ...saved, brokerUrl: 'mqtt://b', limits })).toEqual([
      { what: 'Broker address', before: 'embedded broker', after: 'mqtt://b' },
      { what: 'HR, high priority above', before: '140', after: '150' },
      { what: 'HR, delay, high', before: '10 s', after: '5 s' },
    ]);
  });
});

describe('a ledger entry', () => {
  const moment = (at: number): string => `t${at}`;

  it('is told as what changed, from what to what', () => {
    expect(actWords('bed.assigned')).toBe('Bed assigned');
    expect(actWords('user.rolesSet')).toBe('User roles set');
    expect(changeLines({ a: 1, b: 2 }, { a: 1, b: 3, c: 'x' }, moment)).toEqual(['b: 2 → 3', 'c: x']);
    expect(changeLines(null, { startedAt: 5 }, moment)).toEqual(['startedAt: t5']);
    expect(changeLines({ a: 1 }, null, moment)).toEqual(['a: 1 (gone)']);
    expect(changeLines(null, null, moment)).toEqual([]);
  });
});
