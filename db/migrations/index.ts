import { migration as clinic } from './0010-clinic.ts';
import { migration as people } from './0020-people.ts';
import { migration as locations } from './0030-locations.ts';
import { migration as stays } from './0040-stays.ts';
import { migration as devices } from './0050-devices.ts';
import { migration as charting } from './0060-charting.ts';
import { migration as alarms } from './0070-alarms.ts';
import { migration as ledger } from './0080-ledger.ts';
import { migration as numerics } from './0090-numerics.ts';
import { migration as flow } from './0100-flow.ts';
import { migration as beds } from './0110-beds.ts';
import { migration as feed } from './0120-feed.ts';
import { migration as places } from './0130-places.ts';
import { migration as figures } from './0140-figures.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. */
export const migrations: readonly Migration[] = [
  clinic,
  people,
  locations,
  stays,
  devices,
  charting,
  alarms,
  ledger,
  numerics,
  flow,
  beds,
  feed,
  places,
  figures,
];
