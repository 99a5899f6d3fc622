import { describe, expect, it } from 'vitest';
import { createLog } from '#adapters/log.ts';
import { shownUrl } from '#adapters/mqtt/connection.ts';

function heard(): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  return { lines, log: createLog({ stream: { write: (line) => void lines.push(line) } }) };
}

describe('the log', () => {
  it('keeps ids and hides what names a person or opens a door', () => {
    const { lines, log } = heard();
    log.info('bed-assigned', {
      bedId: 'b-1',
      family: 'Canary',
      patient: { id: 'p-1', name: 'Canary', birthDate: 'Canary' },
    });
    expect(lines[0]).toContain('b-1');
    expect(lines[0]).toContain('p-1');
    expect(lines[0]).not.toContain('Canary');
  });

  it('does not quote an error, whose text may name a patient', () => {
    const { lines, log } = heard();
    log.error('failed', { error: Object.assign(new RangeError('Canary, Ann has no bed'), { code: 'SQLITE_FULL' }) });
    expect(lines[0]).toContain('RangeError');
    expect(lines[0]).toContain('SQLITE_FULL');
    expect(lines[0]).not.toContain('Canary');
  });

  it('keeps one event on one line whatever is in it', () => {
    const { lines, log } = heard();
    log.warn('odd', { device: 'a\r\n{"level":60}\u001b[31m' });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}/u);
  });
});

it("a broker's address is shown without its password", () => {
  expect(shownUrl('mqtts://hub:secret@broker.example:8883')).toBe('mqtts://broker.example:8883');
});
