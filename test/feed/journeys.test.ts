import { afterEach, describe, expect, it } from 'vitest';
import { adt, type FeedClinic, openFeedClinic } from '#test/helpers/feed-clinic.ts';

let clinic: FeedClinic;
const open = () => {
  clinic = openFeedClinic();
  return clinic;
};
afterEach(() => clinic?.close());

describe('what the feed tells of one visit', () => {
  it('admits, moves and discharges, making the places it names', () => {
    const { send, stays, waiting } = open();
    expect(
      send(
        adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }),
        adt({ event: 'A02', at: '0900', place: 'ICU^102^A' }),
        adt({ event: 'A03', at: '1000', place: 'ICU^102^A' }),
      ),
    ).toEqual(['AA', 'AA', 'AA']);
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-09:00', 'ICU^102^A 09:00-10:00']);
    expect(waiting()).toEqual([]);
  });
  it('moves somebody told to be admitted a second time with a new bed and no A02', () => {
    const { send, stays } = open();
    send(adt({ event: 'A01', at: '0800', place: 'ICU^101^A' }), adt({ event: 'A01', at: '0930', place: 'ICU^102^B' }));
    expect(stays('V1')).toEqual(['ICU^101^A 08:00-09:30', 'ICU^102^B 09:30-']);
  });
});
