import type { BedStatus } from '../flow/bed-state.ts';
import type { EncounterClass, FlowStep } from '../flow/event.ts';
import type { Identifier, Patient, Sex } from '../patient/patient.ts';
import type { FeedLocation } from './feed.ts';

/** What a message says of a person. Left out: nothing. null: it is not known any more. */
export interface ToldPerson {
  /** First the one the sender means; never empty. */
  readonly identifiers: readonly Identifier[];
  readonly name?: Patient['name'];
  readonly birthDate?: string | null;
  readonly sex?: Sex;
  /** Allergies named with whether they stand. */
  readonly allergies?: readonly { readonly name: string; readonly stands: boolean }[];
}

type Placed = Extract<FlowStep, { readonly place: unknown }>;
type WithoutPlace<Step> = Step extends unknown ? Omit<Step, 'place'> : never;

/** A step whose place is still the sender's words. */
export type ToldFlow = Exclude<FlowStep, Placed> | (WithoutPlace<Placed> & { readonly location: FeedLocation | null });

/** One person of a message and what happened to them. */
export interface ToldSubject {
  readonly person: ToldPerson;
  /** PV1-19, else PID-18, or the appointment's own id; null: the message names none. */
  readonly visit: string | null;
  /** Of a visit still to be opened. */
  readonly class: EncounterClass;
  readonly reason: string | null;
  readonly steps: readonly ToldFlow[];
  readonly happenedAt: number;
  /** Where the sender believes the patient is, of messages that move nobody. */
  readonly believed: FeedLocation | null;
}

/** What a message says, before anything of this clinic is looked up. */
export interface FeedNews {
  /** `A01` */
  readonly event: string;
  readonly recordedAt: number;
  /** A time it needs that cannot be read, in words: then nothing of it is told. */
  readonly unreadable?: string;
  readonly subjects: readonly ToldSubject[];
  /** These identifiers are the first subject's too (A40, A47). */
  readonly merged: readonly Identifier[];
  /** A visit that is now the first subject's, named as it was before (A45), or one that is now another visit (A41). */
  readonly formerVisit: string | null;
  /** A20. */
  readonly bed: {
    readonly location: FeedLocation;
    readonly status: BedStatus | 'isolated';
    readonly at: number;
  } | null;
}
