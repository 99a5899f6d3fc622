import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '#renderer/features/feed/message-view.ts';

const MESSAGE = [
  'MSH|^~\\&|KIS|HOSP|WARDLINE||20260303120000||ADT^A01|77|P|2.5',
  'PID|1||4711^^^HOSP^MR~9434765919^^^NHS^NH||Smith\\T\\Sons^Ann^B||19610517|F|""',
  'PV1|1|I|WARD A^BAY 1^A01',
  'ZZZ|own|things',
].join('\n');

function fieldsOf(text: string): Record<string, string> {
  const fields = (segmentsOf(text) ?? []).flatMap(({ fields: shown }) => shown);
  return Object.fromEntries(fields.map(({ position, name, words }) => [position, `${name}: ${words}`]));
}

describe('a message of the feed, field by field', () => {
  it('counts fields as HL7 does, in the header too', () => {
    expect(fieldsOf(MESSAGE)).toMatchObject({
      'MSH-1': 'Field separator: |',
      'MSH-2': 'Other separators: ^~\\&',
      'MSH-9': 'Type: ADT · A01',
      'MSH-10': 'Control id: 77',
      'PV1-3': 'Place: WARD A · BAY 1 · A01',
    });
  });

  it('tells repetitions and components apart, decodes escapes, and says what was deleted', () => {
    expect(fieldsOf(MESSAGE)).toMatchObject({
      'PID-3': 'Patient identifiers: 4711 · HOSP · MR; 9434765919 · NHS · NH',
      'PID-5': 'Name: Smith&Sons · Ann · B',
      'PID-9': 'Other names: Deleted',
    });
  });

  it('shows segments it does not know without names', () => {
    expect(segmentsOf(MESSAGE)?.at(-1)).toEqual({
      line: 4,
      name: 'ZZZ',
      title: '',
      fields: [
        { position: 'ZZZ-1', name: '', words: 'own' },
        { position: 'ZZZ-2', name: '', words: 'things' },
      ],
    });
  });

  it('reads messages whose separators are their own', () => {
    expect(fieldsOf('MSH#*+!%#A*B\rPID#1##X*Y+Z')).toMatchObject({ 'PID-3': 'Patient identifiers: X · Y; Z' });
  });

  it('answers nothing for what is no message, and never falls over', () => {
    expect(segmentsOf('hello')).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        segmentsOf(text);
        for (const { fields } of segmentsOf(`MSH|^~\\&|${text}`) ?? []) {
          for (const { words } of fields) expect(words).not.toMatch(/[\u202e\u200b]/u);
        }
      }),
    );
  });

  it('draws a bounded part of a message made to be long', () => {
    const long = `MSH|^~\\&|${'x|'.repeat(5_000)}\r${'ZZZ|1\r'.repeat(5_000)}`;
    const segments = segmentsOf(long) ?? [];
    expect(segments.length).toBeLessThanOrEqual(200);
    expect(Math.max(...segments.map(({ fields }) => fields.length))).toBeLessThanOrEqual(120);
  });
});
