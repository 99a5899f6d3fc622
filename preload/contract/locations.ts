import { z } from 'zod';
import { AREA_KINDS, WARD_KINDS } from '#domain/location/area.ts';
import { command, commandInput, done, nothing, query } from './procedure.ts';
import { areaId, bed, bedId, equipment, isolationKind, room, roomId, sexRule, ward, wardId, words } from './schemas.ts';

const code = words(60).nullable();
const site = z.object({ id: z.string(), name: z.string() });
const area = z.object({
  id: areaId,
  wardId: wardId.nullable(),
  name: z.string(),
  kind: z.enum(AREA_KINDS),
  code: z.string().nullable(),
});
const wardRow = ward.extend({
  kind: z.enum(WARD_KINDS),
  siteId: z.string().nullable(),
  code: z.string().nullable(),
  fromFeed: z.boolean(),
});
const roomRow = room.extend({
  sexRule,
  isolationFor: z.array(isolationKind),
  code: z.string().nullable(),
  fromFeed: z.boolean(),
});
const bedRow = bed.extend({
  equipment: z.array(equipment),
  ageFrom: z.number().nullable(),
  ageTo: z.number().nullable(),
  places: z.number().int(),
  code: z.string().nullable(),
  fromFeed: z.boolean(),
});
/** Values of the fields that change as the caller saw them; conflict changed-since when one is another by now. */
const seen = z.record(z.string().max(40), z.unknown()).optional();
const years = z.number().int().min(0).max(130).nullable();

export const locations = {
  wards: query({ may: 'sign-in' }).input(nothing).output(z.array(ward)),
  rooms: query({ may: 'see-beds' }).input(z.object({ wardId })).output(z.array(room)),
  beds: query({ may: 'see-beds' })
    .input(z.object({ wardId: wardId.optional() }))
    .output(z.array(bed)),
  /** Every place with its attributes. */
  tree: query({ may: 'see-flow' })
    .input(nothing)
    .output(
      z.object({
        sites: z.array(site),
        wards: z.array(wardRow),
        rooms: z.array(roomRow),
        beds: z.array(bedRow),
        areas: z.array(area),
      }),
    ),
  addWard: command({ may: 'settings' })
    .input(commandInput({ name: words(60) }))
    .output(ward),
  addRoom: command({ may: 'settings' })
    .input(commandInput({ wardId, label: words(20) }))
    .output(room),
  addBed: command({ may: 'settings' })
    .input(commandInput({ roomId, label: words(20) }))
    .output(bed),
  addSite: command({ may: 'settings' })
    .input(commandInput({ name: words(60) }))
    .output(site),
  addArea: command({ may: 'settings' })
    .input(
      commandInput({ name: words(60), kind: z.enum(AREA_KINDS), wardId: wardId.nullable(), code: code.optional() }),
    )
    .output(area),
  /** Only what is named changes. A place from the feed that is saved is confirmed. Refusals: name-taken, code-taken. */
  saveWard: command({ may: 'settings' })
    .input(
      commandInput({
        wardId,
        name: words(60).optional(),
        kind: z.enum(WARD_KINDS).optional(),
        siteId: z.string().max(64).nullish(),
        code: code.optional(),
        seen,
      }),
    )
    .output(wardRow),
  /** Refusals: label-taken, code-taken. */
  saveRoom: command({ may: 'settings' })
    .input(
      commandInput({
        roomId,
        label: words(20).optional(),
        sexRule: sexRule.optional(),
        isolationFor: z.array(isolationKind).optional(),
        code: code.optional(),
        seen,
      }),
    )
    .output(roomRow),
  /** Refusals: label-taken, code-taken, age-out-of-order, places-in-use (more patients lie in it than it would have). */
  saveBed: command({ may: 'settings' })
    .input(
      commandInput({
        bedId,
        label: words(20).optional(),
        equipment: z.array(equipment).optional(),
        ageFrom: years.optional(),
        ageTo: years.optional(),
        places: z.number().int().min(1).max(4).optional(),
        code: code.optional(),
        seen,
      }),
    )
    .output(bedRow),
  /** Refusals: name-taken, code-taken. */
  saveArea: command({ may: 'settings' })
    .input(
      commandInput({
        areaId,
        name: words(60).optional(),
        kind: z.enum(AREA_KINDS).optional(),
        wardId: wardId.nullish(),
        code: code.optional(),
      }),
    )
    .output(area),
  /** Refusals: area-in-use, area-has-history. */
  removeArea: command({ may: 'settings' }).input(commandInput({ areaId })).output(done),
  /** Refusals: bed-occupied, bed-has-history. */
  removeBed: command({ may: 'settings' }).input(commandInput({ bedId })).output(done),
  /** Every place as CSV (RFC 4180), a line each, in the columns `importCsv` reads. */
  exportCsv: query({ may: 'see-flow' })
    .input(nothing)
    .output(z.object({ csv: z.string(), lines: z.number().int() })),
  /**
   * Adds and changes places from CSV; removes none. With `dryRun`, or where a line has a problem, nothing is changed.
   * Lines count from 1, the heading.
   */
  importCsv: command({ may: 'settings' })
    .input(commandInput({ csv: z.string().max(2_000_000), dryRun: z.boolean() }))
    .output(
      z.object({
        added: z.number().int(),
        changed: z.number().int(),
        unchanged: z.number().int(),
        problems: z.array(z.object({ line: z.number().int(), problem: z.string() })),
        saved: z.boolean(),
      }),
    ),
};
