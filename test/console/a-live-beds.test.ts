import { afterEach, describe, expect, it } from 'vitest';
import type { BedId } from '#domain/ids.ts';
import { makeBedLive, makeClinic } from '#test/helpers/console-parts.tsx';
import { eventually } from '#test/helpers/wait.ts';

let stop = () => {};
afterEach(() => stop());

describe('the beds a console knows of a ward', () => {
  it('are fewer when one was removed and more when one was added, in label order, and else the same list', async () => {
    const parts = makeClinic();
    const { beds } = parts.clinic;
    const bed = (label: string) => makeBedLive({ bedId: `bed-${label}` as BedId, label });
    const listed = (ids: string) =>
      eventually(`beds ${ids}`, () => parts.clinic.beds.ward(parts.wardId).beds?.join(' ') === ids);
    stop = beds.watch(parts.wardId);
    parts.tellWard('whole', [bed('10'), bed('2'), bed('1')]);
    await listed('bed-1 bed-2 bed-10');
    const before = beds.ward(parts.wardId).beds;
    let drawn = 0;
    beds.onBed('bed-2' as BedId, () => {
      drawn += 1;
    });
    parts.tellWard('changes', [bed('1')]);
    await eventually('the change', () => beds.bed('bed-1' as BedId) !== undefined);
    expect(beds.ward(parts.wardId).beds).toBe(before);
    parts.tellWard('changes', [bed('3')], ['bed-2' as BedId]);
    await listed('bed-1 bed-3 bed-10');
    expect(beds.bed('bed-2' as BedId)).toBeUndefined();
    await eventually('the bed’s own listener', () => drawn > 0);
    parts.tellWard('changes', [bed('2')]);
    await listed('bed-1 bed-2 bed-3 bed-10');
  });
});
