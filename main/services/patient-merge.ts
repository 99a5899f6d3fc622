import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { allow, type Decision, refuse } from '#domain/decision.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import { ongoing } from '#domain/encounter/stay.ts';
import type { EncounterId, PatientId, UserId } from '#domain/ids.ts';
import { type Merge, type MergeRefusal, mayMerge, merged, parted } from '#domain/patient/merge.ts';
import { formalName, type Identifier } from '#domain/patient/patient.ts';
import type { ClinicChanges } from './changes.ts';
import { found, refused } from './command.ts';

export type MergeDeps = Pick<Store, 'patients' | 'encounters' | 'merges' | 'ledger'> & {
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};

type AfterCommit = (tell: () => void) => void;

/** Who says so: a user at a station, or another system. */
interface Teller {
  readonly actor: string;
  readonly station: string | null;
  readonly at: number;
  readonly reason: string | null;
}

/**
 * Makes two records one person, with its ledger entry, inside the caller's transaction. `evenInCare`: also when both
 * have an encounter going on, which another system may say and a person may not.
 */
export function mergePatients(
  deps: MergeDeps,
  { survivorId, retiredId, evenInCare = false }: { survivorId: PatientId; retiredId: PatientId; evenInCare?: boolean },
  teller: Teller,
  afterCommit: AfterCommit,
): Decision<Merge, MergeRefusal> {
  const { patients, encounters, merges, ledger } = deps;
  const survivor = found(patients.find(survivorId), 'The patient who stays');
  const retired = found(patients.find(retiredId), 'The patient to be merged');
  const moving = encounters.listByPatient(retiredId);
  const decision = mayMerge({
    survivorId,
    retiredId,
    retiredBefore: [survivorId, retiredId].some((id) => merges.survivor(id) !== id),
    bothInCare: !evenInCare && moving.some(ongoing) && encounters.listByPatient(survivorId).some(ongoing),
  });
  if (!decision.ok) return decision;
  const merge: Merge = {
    id: deps.newId(),
    survivorId,
    retiredId,
    at: teller.at,
    by: teller.actor,
    reason: teller.reason,
    survivorBefore: survivor,
    retiredBefore: retired,
    encounterIds: moving.map(({ id }) => id),
    undoneAt: null,
  };
  const after = merged(survivor, retired);
  // The identifiers are let go of before they are taken up: each belongs to one patient at any time.
  patients.save(after.retired);
  patients.save(after.survivor);
  for (const encounter of moving) encounters.save({ ...encounter, patientId: survivorId });
  merges.save(merge);
  append(ledger, teller, 'patient.merged', merge);
  tellMoved(deps, merge, moving, afterCommit);
  return allow(merge);
}

export type UnmergeRefusal = 'merged-since' | 'already-parted' | 'identifier-taken';

/** Takes a merge back, with its ledger entry, inside the caller's transaction. */
export function unmergePatients(
  deps: MergeDeps,
  mergeId: string,
  teller: Teller,
  afterCommit: AfterCommit,
): Decision<Merge, UnmergeRefusal> {
  const { patients, encounters, merges, ledger } = deps;
  const merge = found(merges.find(mergeId), 'This merge');
  if (merge.undoneAt !== null) return refuse('already-parted');
  if (merges.listOf(merge.survivorId)[0]?.id !== merge.id) return refuse('merged-since');
  if (merge.retiredBefore.identifiers.some((identifier) => takenBy(deps, identifier, merge))) {
    return refuse('identifier-taken');
  }
  const now = found(patients.find(merge.survivorId), 'The patient who stays');
  const after = parted(now, merge);
  const moving = merge.encounterIds.flatMap((id): Encounter[] => {
    const encounter = encounters.find(id);
    return encounter?.patientId === merge.survivorId ? [encounter] : [];
  });
  patients.save(after.survivor);
  patients.save(after.retired);
  for (const encounter of moving) encounters.save({ ...encounter, patientId: merge.retiredId });
  const parting = { ...merge, undoneAt: teller.at };
  merges.save(parting);
  append(ledger, teller, 'patient.unmerged', merge);
  tellMoved(deps, merge, moving, afterCommit);
  return allow(parting);
}

function takenBy({ patients }: MergeDeps, identifier: Identifier, merge: Merge): boolean {
  const holder = patients.findByIdentifier(identifier);
  return holder !== undefined && holder.id !== merge.survivorId && holder.id !== merge.retiredId;
}

function append(ledger: Store['ledger'], { actor, station, at, reason }: Teller, act: string, merge: Merge): void {
  const { id: mergeId, survivorId, retiredId, encounterIds } = merge;
  const facts = { mergeId, retiredId, encounterIds, reason };
  const [before, after] = act === 'patient.merged' ? [null, facts] : [facts, { mergeId, reason }];
  ledger.append({ at, actor, station, act, subject: survivorId, before, after });
}

function tellMoved(
  { changed }: MergeDeps,
  { survivorId, retiredId, encounterIds }: Merge,
  moved: readonly { readonly id: EncounterId }[],
  afterCommit: AfterCommit,
): void {
  const told = new Set([...encounterIds, ...moved.map(({ id }) => id)]);
  afterCommit(() => {
    changed.patient(survivorId);
    changed.patient(retiredId);
    for (const id of told) {
      changed.encounter(id);
      changed.flow(id);
    }
  });
}

type Merging = Pick<HandlersOf<typeof contract.patients>, 'merge' | 'unmerge' | 'merges'>;

/** Records found to be one person, by people. */
export function createPatientMerge(deps: MergeDeps & Pick<Store, 'users'> & { readonly clock: () => number }): Merging {
  const { merges, users, clock } = deps;
  const tellerOf = ({ actor, station }: CallContext, reason: string): Teller => ({
    actor: actor.id,
    station,
    at: clock(),
    reason,
  });
  return {
    merge: ({ survivorId, retiredId, reason }, context) =>
      context.commit((afterCommit) => {
        const decision = mergePatients(deps, { survivorId, retiredId }, tellerOf(context, reason), afterCommit);
        if (!decision.ok) throw refused(decision.refusal, MERGE_WORDS[decision.refusal]);
        return { mergeId: decision.value.id };
      }),
    unmerge: ({ mergeId, reason }, context) =>
      context.commit((afterCommit) => {
        const decision = unmergePatients(deps, mergeId, tellerOf(context, reason), afterCommit);
        if (!decision.ok) throw refused(decision.refusal, UNMERGE_WORDS[decision.refusal]);
        return { ok: true };
      }),
    merges: ({ patientId }) =>
      merges.listOf(patientId).map(({ id, survivorId, retiredId, retiredBefore, at, by, reason }) => ({
        mergeId: id,
        survivorId,
        retiredId,
        retiredName: formalName(retiredBefore.name),
        at,
        by: users.find(by as UserId)?.displayName ?? by,
        reason,
      })),
  };
}

const MERGE_WORDS: Record<MergeRefusal, string> = {
  'same-patient': 'Both are the same record. Nothing was merged.',
  'already-merged': 'One of the two is already part of another record. Nothing was merged; open it and look.',
  'both-in-care':
    'Both have an encounter going on: one person cannot be in two. End or cancel the one that is not true first.',
};

const UNMERGE_WORDS: Record<UnmergeRefusal, string> = {
  'merged-since': 'This record was merged again since: take the later merge back first.',
  'already-parted': 'These records have already been parted.',
  'identifier-taken': 'An identifier of the retired record belongs to another patient now. Nothing was parted.',
};
