import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Hl7Message } from '@medplum/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '#adapters/hl7/decoding.ts';
import { acknowledge, answerCode, TAKEN } from '#domain/feed/ack.ts';
import { faultOf, headerOf } from '#domain/feed/header.ts';
import { escapeText, readMessage, USUAL, unescapeText, withReturns } from '#domain/feed/message.ts';
import { fromLocal, momentOf, offsetAt, stampOf } from '#domain/feed/moment.ts';
import { isVerdict, readNews } from '#domain/feed/read-news.ts';
import { fingerprintOf, tieBreakOf } from '#domain/feed/word.ts';

const SAMPLES = '../shared/data/hl7v2';
const CONTEXT = { timeZone: 'Europe/London', receivedAt: Date.UTC(2026, 2, 3, 12) };
const header = (rest: string) => `MSH|^~\\&|HIS|CITY|WARD|LINE|20260302080000||ADT^A01|17|P|2.5${rest}`;
const newsOf = (text: string) => {
  const message = readMessage(text);
  const news = message && readNews(message, headerOf(text).event, CONTEXT);
  if (!news || isVerdict(news)) throw new Error(news ? (news.why ?? '') : 'no message');
  return news;
};

describe('times of messages', () => {
  const at = (text: string, zone = 'Europe/London') => {
    const moment = momentOf(text, zone);
    return moment === undefined ? undefined : new Date(moment).toISOString();
  };
  it.each([
    ['2026', '2026-01-01T00:00:00.000Z'],
    ['202607', '2026-06-30T23:00:00.000Z'],
    ['20260703', '2026-07-02T23:00:00.000Z'],
    ['2026070314', '2026-07-03T13:00:00.000Z'],
    ['202607031405', '2026-07-03T13:05:00.000Z'],
    ['20260703140506', '2026-07-03T13:05:06.000Z'],
    ['20260703140506Z', '2026-07-03T14:05:06.000Z'],
    ['202607031405Z', '2026-07-03T14:05:00.000Z'],
    ['20260703140506.7', '2026-07-03T13:05:06.700Z'],
    ['20260703140506.1234', '2026-07-03T13:05:06.123Z'],
    ['20260703140506+0530', '2026-07-03T08:35:06.000Z'],
    ['202607031405-0330', '2026-07-03T17:35:00.000Z'],
    ['20210817151943.4+0200', '2021-08-17T13:19:43.400Z'],
  ])('%s is %s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });
  it.each([
    '',
    '26',
    '20261301',
    '20260230',
    '2026070325',
    '202607031460',
    'yesterday',
    '20260703T1405',
    '19000101',
    '""',
  ])('%s is no time', (text) => {
    expect(at(text)).toBeUndefined();
  });
  it('F70 takes local times for the clinic’s, the first of two when clocks go back, after the gap when they go forward', () => {
    expect(at('202610250130')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('202603290130')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('202611010130', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    expect(at('202603080230', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
    expect(at('202610041000', 'Australia/Lord_Howe')).toBe('2026-10-03T23:00:00.000Z');
  });
  it('reads back what it writes, whatever the zone', () => {
    const zones = fc.constantFrom('UTC', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham');
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 4_000_000_000 }), (zone, second) => {
        const moment = second * 1_000;
        expect(momentOf(stampOf(moment, zone), 'UTC')).toBe(moment);
        const local = moment + offsetAt(moment, zone);
        const again = fromLocal(local, zone);
        expect(again + offsetAt(again, zone)).toBe(local);
      }),
    );
  });
});

describe('what stands in messages', () => {
  it('F26 gives back names with escapes, and with hexadecimal bytes, as they were meant', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aß|^~\\&é’漢X0D.br \t'), maxLength: 20 });
    fc.assert(
      fc.property(name, (text) => {
        expect(unescapeText(escapeText(text), USUAL)).toBe(text);
        const value = readMessage(`${header('')}\rPID|1|||||||${escapeText(text)}`)
          ?.first('PID')
          ?.value(8);
        expect(value).toBe(text.normalize('NFC').replace(/\s+/gu, ' ').trim());
      }),
    );
    expect(unescapeText('A\\X0D\\B\\XC3A9\\C\\.br\\D\\H\\E\\N\\F', USUAL)).toBe('A\rBéC\nDEF');
    expect(unescapeText('A\\Q\\B\\F\\C\\', USUAL)).toBe('A\\Q\\B|C\\');
  });
  it('reads other separators than the usual', () => {
    const text =
      'MSH#*@!%#HIS#CITY###20260302##ADT*A01#9#P#2.5\rPID#1##77***AB%1.2*MR@88***CD*MR##Doe%x*Jo\rPV1#1#I#W*1*A';
    const news = newsOf(text);
    expect(news.subjects[0]?.person.identifiers).toEqual([
      { system: 'AB MR', value: '77' },
      { system: 'CD MR', value: '88' },
    ]);
    expect(news.subjects[0]?.person.name).toEqual({ family: 'Doe', given: ['Jo'] });
    expect(news.subjects[0]?.steps).toEqual([
      { kind: 'admitted', class: 'inpatient', location: { unit: 'W', room: '1', bed: 'A', facility: '' } },
    ]);
  });
  it('agrees with a public library on every field of the samples', ({ skip }) => {
    if (!existsSync(SAMPLES)) skip('../shared/data is not here: nothing to compare.');
    for (const file of readdirSync(SAMPLES).filter((name) => name.endsWith('.hl7'))) {
      const text = withReturns(readFileSync(`${SAMPLES}/${file}`, 'utf8'));
      const theirs = Hl7Message.parse(text);
      for (const segment of readMessage(text)?.segments ?? []) {
        const their = theirs.getAllSegments(segment.name).map((entry) => entry.toString());
        const fields = Array.from({ length: 40 }, (_, index) => segment.raw(index + 1));
        const whole = segment.name === 'MSH' ? ['MSH', ...fields.slice(1)] : [segment.name, ...fields];
        expect(their.map((line) => line.replace(/\|+$/, ''))).toContainEqual(
          expect.stringMatching(new RegExp(`^${escapeRegExp(whole.join('|').replace(/\|+$/, ''))}`)),
        );
      }
    }
  });
  it('F23 takes long runs of anything in time that grows only as they do', () => {
    const long = 262_144;
    const units = [
      '\r',
      '\n',
      '\r\n',
      '|',
      '^',
      '~',
      '&',
      '\\',
      ' ',
      '7',
      '"',
      '\\.',
      '\\X41\\',
      '\u0301\u0316',
      '\rMSH',
    ];
    const pid = (run: string) => `${header('')}\rEVN|A01|${run}\rPID|1||${run}x||${run}x\rPV1|1|I|${run}x`;
    const places = [pid, (run: string) => `${header('')}\n${run}x`, (run: string) => `MSH${run}`];
    for (const unit of units)
      for (const place of places) {
        const frame = Buffer.from(place(unit.repeat(long / unit.length / 3)));
        const { bytes, text } = decodeFrame(frame);
        const head = headerOf(bytes);
        acknowledge(faultOf(head, bytes) ?? TAKEN, head, { stamp: '', controlId: '1' });
        const message = readMessage(text);
        if (!message) continue;
        fingerprintOf(text, message);
        readNews(message, 'A01', CONTEXT);
        for (const field of [3, 5]) expect(message.first('PID')?.value(field).length ?? 0).toBeLessThan(10_000);
      }
  });
  it('S9 takes any text without failing, quickly', () => {
    const pieces = fc.constantFrom(
      ...[
        'MSH',
        '|',
        '^',
        '~',
        '\\',
        '&',
        '\r',
        '\n',
        'PID',
        'PV1',
        'EVN',
        'A01',
        'ADT',
        'SIU^S12',
        'SCH',
        'MRG',
        'NPU',
      ],
      ...['\\X', '\\F\\', '""', '20260302', 'é', '\x0b', '\x00', '‮', '2.5', 'P', header(''), 'IAM|1||^x'],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 120 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (any, begun) => {
        const whole = withReturns(begun ? `${header('')}\r${any}` : any);
        const head = headerOf(whole);
        faultOf(head, whole);
        const message = readMessage(whole);
        if (message) {
          readNews(message, head.event, CONTEXT);
          for (const event of ['A01', 'A17', 'A20', 'A40', 'A45', 'S12']) readNews(message, event, CONTEXT);
          fingerprintOf(whole, message);
        }
        const answer = acknowledge(TAKEN, head, { stamp: '', controlId: '1' });
        expect(['\x0b', '\x1c'].some((mark) => answer?.includes(mark))).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });
  it('S9 takes no megabyte of separators apart', () => {
    for (const mark of ['|', '^', '~', '&', '\\', '\r', '\\X', 'PID|', '\rPID|1||~']) {
      const text = `${header('')}\rPID|1||${mark.repeat(Math.floor(1_000_000 / mark.length))}\rPV1|1|I`;
      const message = readMessage(text);
      if (!message) throw new Error('It does begin with MSH.');
      expect(message.segments.length).toBeLessThanOrEqual(500);
      expect(message.first('PID')?.repetitions(3).length).toBeLessThanOrEqual(40);
      expect(() => readNews(message, 'A01', CONTEXT)).not.toThrow();
      expect(headerOf(text).controlId).toBe('17');
    }
  });
});

describe('whether a message is taken', () => {
  const verdict = (text: string) => {
    const head = headerOf(text);
    const fault = faultOf(head, text);
    if (fault) return fault;
    const message = readMessage(text);
    const news = message && readNews(message, head.event, CONTEXT);
    return news && isVerdict(news) ? news : TAKEN;
  };
  const adt = (type: string, ...segments: string[]) =>
    [`MSH|^~\\&|HIS|CITY|||20260302080000||${type}|17|P|2.5`, ...segments].join('\r');
  const PID = 'PID|1||77^^^^MR||Doe^Jo';
  it.each([
    ['nothing', '', 'AE', 'MSH'],
    ['no message', 'hello', 'AE', 'MSH'],
    ['letters for separators', 'MSHAAAAA', 'AE', 'MSH'],
    ['no type', 'MSH|^~\\&|a|b|c|d|e||||P|2.5', 'AE', 'MSH-9'],
    ['no control id', 'MSH|^~\\&|a|b|c|d|e||ADT^A01||P|2.5', 'AE', 'MSH-10'],
    ['no trigger event', adt('ADT'), 'AE', 'MSH-9'],
    ['another type', adt('ORU^R01'), 'AR', 'MSH-9'],
    ['an event of no meaning here', adt('ADT^A38', PID), 'AR', 'MSH-9'],
    ['another processing id', 'MSH|^~\\&|a|b|c|d|e||ADT^A01|1|X|2.5', 'AR', 'MSH-11'],
    ['another version', 'MSH|^~\\&|a|b|c|d|e||ADT^A01|1|P|3.0', 'AR', 'MSH-12'],
    ['two messages in one', `${adt('ADT^A01', PID, 'PV1|1|I')}\r${adt('ADT^A01')}`, 'AE', 'MSH'],
    ['no PID', adt('ADT^A01', 'PV1|1|I|W^1^A'), 'AE', 'PID'],
    ['no patient identifier', adt('ADT^A01', 'PID|1||||Doe^Jo', 'PV1|1|I|W^1^A'), 'AE', 'PID-3'],
    ['no PV1', adt('ADT^A01', PID), 'AE', 'PV1'],
    ['a move to nowhere', adt('ADT^A02', PID, 'PV1|1|I'), 'AE', 'PV1-3'],
    ['a merge of nobody', adt('ADT^A40', PID), 'AE', 'MRG-1'],
    ['a swap of one', adt('ADT^A17', PID, 'PV1|1|I|W^1^A'), 'AE', 'PID'],
    ['a bed status without a bed', adt('ADT^A20', 'NPU||U'), 'AE', 'NPU-1'],
    ['a bed status of no table', adt('ADT^A20', 'NPU|W^1^A|?'), 'AE', 'NPU-2'],
    ['an appointment without id', adt('SIU^S12', 'SCH||', PID), 'AE', 'SCH-2'],
    ['an admission', adt('ADT^A01', PID, 'PV1|1|I|W^1^A'), 'AA', null],
    ['training', 'MSH|^~\\&|a|b|c|d|e||ADT^A31|1|T|2.3\rPID|1||1', 'AA', null],
    ['a structure in the type', adt('ADT^A31^ADT_A05', PID), 'AA', null],
    ['the event only in EVN', adt('ADT', 'EVN|A31', PID), 'AA', null],
  ])('%s', (_what, text, code, field) => {
    expect(verdict(text)).toMatchObject({ code, field });
  });
  it('names the field at fault in plain words', () => {
    const words = verdict(adt('ADT^A01', 'PID|1||||Doe^Jo', 'PV1|1|I'));
    expect(words.why).toContain('PID-3');
    expect(words.why).toMatch(/^[\x20-\x7e]+$/);
  });
});

describe('answers', () => {
  const answer = (head: string, verdict = TAKEN) =>
    acknowledge(verdict, headerOf(head), { stamp: '20260303120000+0000', controlId: 'W1' });
  it('turns sender and receiver round and repeats id, version, separators and character set', () => {
    expect(answer(`${header('||||||UNICODE UTF-8')}`)).toBe(
      'MSH|^~\\&|WARD|LINE|HIS|CITY|20260303120000+0000||ACK^A01^ACK|W1|P|2.5||||||UNICODE UTF-8\rMSA|AA|17\r',
    );
    expect(answer('MSH#*@!%#HIS#CITY#A#B###ADT*A03#9#T#2.3')).toBe(
      'MSH#*@!%#A#B#HIS#CITY#20260303120000+0000##ACK*A03*ACK#W1#T#2.3\rMSA#AA#9\r',
    );
  });
  it('repeats bytes of any character set exactly', () => {
    const bytes = Buffer.from('MSH|^~\\&|M\xfcnchen|\x80\xff|||20260302||ADT^A01|17|P|2.5', 'latin1');
    expect(
      Buffer.from(answer(bytes.toString('latin1')) ?? '', 'latin1').includes(
        Buffer.from('M\xfcnchen|\x80\xff', 'latin1'),
      ),
    ).toBe(true);
  });
  it('says what is wrong in MSA-3, and from 2.5 on where in ERR', () => {
    const fault = { code: 'AE', why: 'PID-3 is missing.', field: 'PID-3', condition: 101 } as const;
    expect(answer(header(''), fault)).toContain(
      '\rMSA|AE|17|PID-3 is missing.\rERR||PID^1^3|101^Required field missing^HL70357|E\r',
    );
    expect(answer(header('').replace('2.5', '2.3'), fault)).not.toContain('ERR');
  });
  it.each([
    ['', '', 'AA', 'AA'],
    ['', '', 'AE', 'AE'],
    ['AL', '', 'AA', 'CA'],
    ['AL', 'NE', 'AE', 'CE'],
    ['AL', 'AL', 'AR', 'CR'],
    ['ER', 'NE', 'AA', null],
    ['ER', 'NE', 'AE', 'CE'],
    ['SU', 'NE', 'AA', 'CA'],
    ['SU', 'NE', 'AR', null],
    ['NE', 'NE', 'AA', null],
    ['NE', 'NE', 'AE', null],
    ['NE', 'AL', 'AA', 'AA'],
    ['', 'AL', 'AE', 'AE'],
    ['NE', 'ER', 'AA', null],
  ] as const)('MSH-15 %s and MSH-16 %s: %s is answered %s', (accept, application, code, expected) => {
    const head = { ...headerOf(header('')), acceptAck: accept, applicationAck: application };
    expect(answerCode({ code }, head)).toBe(expected);
  });
});

describe('what tells messages apart', () => {
  it('orders control ids as they count', () => {
    const ids = ['MSG10', 'MSG9', 'MSG00002', 'MSG2a', 'A1'];
    expect([...ids].sort((a, b) => (tieBreakOf(a, 'x') < tieBreakOf(b, 'x') ? -1 : 1))).toEqual([
      ...['A1', 'MSG00002', 'MSG2a', 'MSG9', 'MSG10'],
    ]);
  });
  it('F24 takes a message sent again with a new sending time for the same one, if its record time says so', () => {
    const text = (sent: string, recorded: string) =>
      `${header('').replace('20260302080000', sent)}\rEVN|A01|${recorded}\rPID|1||1`;
    const print = (one: string) => fingerprintOf(one, readMessage(one) ?? (undefined as never));
    expect(print(text('20260302080000', '20260302'))).toBe(print(text('20260302090000', '20260302')));
    expect(print(text('20260302080000', ''))).not.toBe(print(text('20260302090000', '')));
    expect(print(text('20260302080000', '20260302'))).not.toBe(print(text('20260302080000', '20260303')));
  });
});

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
