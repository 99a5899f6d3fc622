// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClinicError } from '#domain/clinic-error.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import { scoreNews2 } from '#domain/observation/news2.ts';
import { LastKnown } from '#renderer/features/patient/LastKnown.tsx';
import { LastValues } from '#renderer/features/patient/LastValues.tsx';
import { LimitDialog } from '#renderer/features/patient/limits/LimitDialog.tsx';
import { ownBounds } from '#renderer/features/patient/limits/limit-words.ts';
import { sayReadError } from '#renderer/features/patient/read-error.ts';
import { responseWords } from '#renderer/features/patient/score/news-words.ts';
import { ScorePanel } from '#renderer/features/patient/score/ScorePanel.tsx';
import { ScoreParts } from '#renderer/features/patient/score/ScoreParts.tsx';
import { valueRows } from '#renderer/features/patient/value-rows.ts';
import { around, makeBedLive, makeClinic, makeScore, makeValue } from '../helpers/console-parts.tsx';
import { NOON } from '../helpers/makers.ts';

afterEach(cleanup);

describe('the NEWS2 panel', () => {
  it('never calls an incomplete score low, says at least, and names what is missing', () => {
    const score = makeScore(1, { complete: false, risk: 'low', missing: ['acvpu', 'temp'] });
    render(<ScorePanel live={makeBedLive({ score })} />);
    const text = document.body.textContent ?? '';
    expect(text).toContain('at least1');
    expect(text).toContain('Consciousness and temperature missing.');
    expect(text).toContain('Risk not known: incomplete');
    expect(text).not.toContain('Low risk');
  });

  it('keeps a high risk high when parts are missing', () => {
    render(
      <ScorePanel live={makeBedLive({ score: makeScore(8, { complete: false, risk: 'high', missing: ['temp'] }) })} />,
    );
    expect(document.body.textContent).toContain('High risk');
  });

  it('shows no number under 16 or in pregnancy, and what to use', () => {
    render(<ScorePanel live={makeBedLive({ score: makeScore(null, { reason: 'under-16' }) })} />);
    expect(document.body.textContent).toContain('Use the PEWS chart');
    cleanup();
    render(<ScorePanel live={makeBedLive({ score: makeScore(null, { reason: 'pregnant' }) })} />);
    expect(document.body.textContent).toContain('Not for use in pregnancy');
  });

  it('says by how much it changed in an hour, and unchanged only of no change', () => {
    const said = (change: number | null, trend: 'rising' | 'unchanged' | 'unknown') => {
      cleanup();
      render(<ScorePanel live={makeBedLive({ score: makeScore(5, { change, trend }) })} />);
      return document.body.textContent ?? '';
    };
    expect(said(1, 'unchanged')).toContain('+1 in 1 h');
    expect(said(1, 'unchanged')).not.toContain('Unchanged');
    expect(said(-1, 'unchanged')).toContain('−1 in 1 h');
    expect(said(0, 'unchanged')).toContain('Unchanged');
    expect(said(null, 'unknown')).not.toContain('in 1 h');
  });

  it('asks of staff what the thresholds ask', () => {
    expect(responseWords(makeScore(0, { monitoring: '12h' }))).toMatch(/12 hours.*routine/u);
    expect(responseWords(makeScore(3, { singleRed: true }))).toMatch(/medical team/u);
    expect(responseWords(makeScore(5))).toMatch(/Urgent/u);
    expect(responseWords(makeScore(7, { monitoring: 'continuous' }))).toMatch(/continuously.*Emergency/u);
  });

  it('never reassures by an incomplete set: it asks for the rest, and for what the parts there are ask already', () => {
    const partial = fc.record({
      rr: fc.option(fc.integer({ min: 5, max: 40 })),
      spo2: fc.option(fc.integer({ min: 80, max: 100 })),
      pulse: fc.option(fc.integer({ min: 30, max: 150 })),
      temp: fc.option(fc.integer({ min: 34, max: 41 })),
    });
    fc.assert(
      fc.property(partial, (set) => {
        const score = scoreNews2(set);
        const words = responseWords(score);
        expect(words).toContain('Complete the set');
        expect(words).not.toMatch(/routine|12 hours|4 to 6/u);
        expect(/Emergency/u.test(words)).toBe((score.total ?? 0) >= 7);
      }),
    );
  });

  it('shows no number at all where nothing that counts was measured', () => {
    render(<ScorePanel live={makeBedLive({ score: { ...makeScore(0), ...scoreNews2({}) } })} />);
    const text = document.body.textContent ?? '';
    expect(text).toContain('Nothing that counts has been measured.');
    expect(text).toContain('Complete the set');
    expect(text).not.toContain('at least');
    expect(text).not.toMatch(/Monitor|routine/u);
  });

  it('shows for each part the value it was worked out from', () => {
    const score = makeScore(4, {
      parts: { rr: 2, spo2: 0, oxygen: 2, sbp: null, pulse: 0, acvpu: 0, temp: 0 },
      used: { rr: 21, spo2: 97, oxygen: true, sbp: null, pulse: 72, acvpu: 'A', temp: 36.8 },
      complete: false,
      missing: ['sbp'],
    });
    render(<ScoreParts live={makeBedLive({ score, values: [makeValue('nibp-sys', 120)] })} />);
    const row = (name: string): string => screen.getByRole('rowheader', { name }).closest('tr')?.textContent ?? '';
    expect(row('Respiration rate')).toBe('Respiration rate21 /min2');
    expect(row('Air or oxygen')).toBe('Air or oxygenoxygen2');
    expect(row('Systolic pressure')).toBe('Systolic pressuretoo old–');
  });
});

describe('a patient opened while the link is lost', () => {
  it('shows the name and values the board last had, marked old, and says nothing of entries', async () => {
    const parts = makeClinic();
    const live = makeBedLive({ values: [makeValue('hr', 72)] });
    parts.clinic.beds.watch(parts.wardId);
    parts.tellWard('whole', [live]);
    await vi.waitFor(() => expect(parts.clinic.beds.bed(live.bedId)).toBeDefined());
    parts.becomeLink('lost');
    render(around(parts, <LastKnown patientId={live.patient?.patientId as PatientId} />));
    const known = await screen.findByRole('region', { name: 'Last known' });
    expect(known.querySelector('h1')?.textContent).toBe('OKAFOR, Ann');
    expect(known.querySelector('s')?.textContent).toBe('72');
    expect(sayReadError(new ClinicError('unavailable', ''))).not.toContain('entries');
  });
});

describe('personal limits', () => {
  const line = { code: 'hr', highLow: 40, mediumLow: 50, mediumHigh: 120, highHigh: 140 };

  it('start from the limits in force, as values', async () => {
    const inForce = { ...line, delayHighMs: 0, delayMediumMs: 0, hysteresis: 5, personal: null };
    const dialog = (
      <LimitDialog encounterId={'e' as EncounterId} spo2Scale={1} line={inForce} onClose={() => undefined} />
    );
    render(around(makeClinic(), dialog));
    const field = await screen.findByLabelText('High priority above');
    expect((field as HTMLInputElement).value).toBe('140');
  });

  it('are only those that differ from the clinic’s', () => {
    const none = { highLow: null, mediumLow: null, mediumHigh: null, highHigh: null };
    expect(ownBounds(line, line)).toEqual(none);
    expect(ownBounds({ ...line, highHigh: 150 }, line)).toEqual({ ...none, highHigh: 150 });
  });
});

describe('last values', () => {
  it('keep their places, with a dash where nothing was measured', () => {
    expect(valueRows([]).map(({ id, words }) => [id, words])).toEqual([
      ['hr', null],
      ['rr', null],
      ['spo2', null],
      ['nibp', null],
      ['temp', null],
      ['acvpu', null],
      ['oxygen', null],
    ]);
  });

  it('never pair pressures of different times', () => {
    const values = [
      makeValue('nibp-sys', 120),
      makeValue('nibp-dia', 80, { at: NOON - 900_000 }),
      makeValue('nibp-mean', 93),
    ];
    expect(valueRows(values).find(({ id }) => id === 'nibp')).toMatchObject({ words: '120/–', unit: 'mmHg (93)' });
  });

  it('say oxygen by the newest of what was charted and what flows', () => {
    const flow = makeValue('o2-flow', 0, { at: NOON });
    const said = makeValue('oxygen', 'oxygen', { at: NOON - 1_000, source: 'charted' });
    const words = (values: Parameters<typeof valueRows>[0]) =>
      valueRows(values).find(({ id }) => id === 'oxygen')?.words;
    expect(words([flow, said])).toBe('Air');
    expect(words([flow, { ...said, at: NOON + 1 }])).toBe('On oxygen');
  });

  it('strike out what is old and say how old, and give the reason for what is absent', async () => {
    const parts = makeClinic();
    const live = makeBedLive({
      values: [makeValue('hr', 72, { at: NOON - 60_000 }), makeValue('spo2', null, { why: 'sensor-off' })],
    });
    render(around(parts, <LastValues live={live} />));
    const list = await screen.findByRole('region', { name: 'Last values' });
    expect(list.querySelector('s')?.textContent).toBe('72');
    expect(within(list).getByText(/Old, 1 min ago/u)).toBeTruthy();
    expect(within(list).getByText(/Sensor off/u)).toBeTruthy();
  });
});
