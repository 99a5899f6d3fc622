declare const brand: unique symbol;

/** A name that cannot stand in for another kind's: a bed id is not an encounter id. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type PatientId = Id<'patient'>;
export type EncounterId = Id<'encounter'>;
export type WardId = Id<'ward'>;
export type RoomId = Id<'room'>;
export type BedId = Id<'bed'>;
/** The `{device}` segment of a topic: `[a-z0-9][a-z0-9-]{0,63}`. */
export type DeviceId = Id<'device'>;
export type UserId = Id<'user'>;
export type AlarmId = Id<'alarm'>;
/** A site, waiting area, department or home: a place without beds of its own. */
export type AreaId = Id<'area'>;
/** One command's steps, undone together. */
export type ActId = Id<'act'>;
export type TaskId = Id<'task'>;
export type RequestId = Id<'bed-request'>;
export type ReservationId = Id<'reservation'>;
