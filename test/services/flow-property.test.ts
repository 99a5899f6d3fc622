import { expect, it } from 'vitest';
import { randomDay } from '#test/helpers/random-day/run.ts';

// Whoever changes what follows from a step changes what these find: `npm run test:long` goes on for a million.
it('keeps the board, the beds and the steps one truth through 20,000 random events, and every undo exact', {
  timeout: 600_000,
}, async () => {
  const day = await randomDay(20_261_122, 20_000);
  expect({ violations: day.violations, trail: day.trail }).toEqual({ violations: [], trail: [] });
  const idle = Object.entries(day.tally).filter(([, { done }]) => done === 0);
  expect(idle).toEqual([]);
  expect(day.undone).toBeGreaterThan(1_000);
});
