import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallContext } from '#contract/handlers.ts';
import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { Role } from '#domain/user/role.ts';
import { createFigures } from '#services/flow-figures.ts';
import { makeUser } from '#test/helpers/makers.ts';
import { keepStay, keepWard } from '#test/helpers/stays.ts';
import { openTestStore, type TestStore } from '#test/helpers/store.ts';

const at = (iso: string) => Date.parse(iso);
const JANUARY = { from: at('2026-01-01T00:00Z'), to: at('2026-02-01T00:00Z') };

let kept: TestStore;
let figures: ReturnType<typeof createFigures>;
beforeEach(() => {
  kept = openTestStore();
  const settings = () => ({ ...DEFAULT_SETTINGS, timeZone: 'Europe/London' });
  figures = createFigures({ ...kept.store, settings, clock: () => at('2026-06-01T12:00Z') });
  const { beds } = keepWard(kept.store, 'North  Wing', 2);
  keepStay(
    kept.store,
    [
      [at('2026-01-05T10:00Z'), { kind: 'admitted', place: beds[0] ?? null, class: 'inpatient' }],
      [at('2026-01-08T10:00Z'), { kind: 'discharged', outcome: 'home' }],
    ],
    { family: 'Ito', visitNumber: 'V1' },
  );
});
afterEach(() => kept.remove());

function by(...roles: Role[]): CallContext {
  return {
    actor: makeUser(roles),
    station: null,
    carrier: 'http',
    tokenHash: null,
    signal: new AbortController().signal,
    commit: () => {
      throw new Error('Figures change nothing.');
    },
  };
}

describe('asking for figures', () => {
  it('takes a ward by its name as people write it, or by its id', async () => {
    const [ward] = kept.store.locations.listWards();
    for (const name of ['north wing', ' North Wing', ward?.id as string]) {
      expect(await figures.kpis({ ...JANUARY, ward: name }, by('nurse'))).toMatchObject({ discharges: 1, alos: 3 });
    }
  });

  it('does not know a ward that is not there', async () => {
    const asked = async () => figures.kpis({ ...JANUARY, ward: 'Nowhere' }, by('nurse'));
    await expect(asked()).rejects.toMatchObject({ code: 'not-found' });
    await expect((async () => figures.forecast({ hours: 24, ward: 'Nowhere' }, by('nurse')))()).rejects.toThrow(
      ClinicError,
    );
  });

  it('refuses a period that ends before it begins, and a chart of more than ten years', async () => {
    const backwards = async () => figures.kpis({ from: 2, to: 1 }, by('nurse'));
    await expect(backwards()).rejects.toMatchObject({ refusal: 'period-out-of-order' });
    const long = async () =>
      figures.kpiSeries({ from: 0, to: at('2026-01-01T00:00Z'), series: 'los-by-day' }, by('nurse'));
    await expect(long()).rejects.toMatchObject({ refusal: 'period-too-long' });
    expect(await figures.kpis({ from: 0, to: 8_640_000_000_000_000 }, by('nurse'))).toMatchObject({ discharges: 1 });
  });

  it('names patients only to those who may see names', async () => {
    const rows = async (role: Role) =>
      (await figures.kpiList({ ...JANUARY, list: 'discharges' }, by(role))).rows.map(({ displayName, visitNumber }) => [
        displayName,
        visitNumber,
      ]);
    expect(await rows('nurse')).toEqual([['ITO, Ann', 'V1']]);
    expect(await rows('admin')).toEqual([[null, null]]);
    expect(await rows('supply-manager')).toEqual([[null, null]]);
  });

  it('says why there is no forecast yet', async () => {
    const made = await figures.forecast({ hours: 24 }, by('nurse'));
    expect(made).toMatchObject({ usable: false, beds: 2, arrivals: [] });
    expect(made.why).toMatch(/last three weeks/);
  });
});
