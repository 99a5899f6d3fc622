import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found } from './command.ts';

type NotesDeps = Pick<Store, 'encounters' | 'notes' | 'users' | 'ledger'> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};

/** Remarks in a stay, newest first; they may also follow after discharge. */
export function createNotes({
  encounters,
  notes,
  users,
  ledger,
  clock,
  newId,
  changed,
}: NotesDeps): HandlersOf<typeof contract.notes> {
  return {
    list: ({ encounterId }) => {
      found(encounters.find(encounterId), 'This stay');
      return notes.list(encounterId).map(({ id, text, writtenAt, writtenBy }) => ({
        id,
        text,
        writtenAt,
        writtenBy: users.find(writtenBy)?.displayName ?? writtenBy,
      }));
    },
    add: ({ encounterId, text }, context) =>
      context.commit((afterCommit) => {
        found(encounters.find(encounterId), 'This stay');
        const note = { id: newId(), encounterId, text, writtenAt: clock(), writtenBy: context.actor.id };
        notes.append(note);
        // The text stays out of the ledger: those who audit may not read notes.
        const after = { noteId: note.id, characters: text.length };
        ledger.append(
          entryBy(context, note.writtenAt, { act: 'note.added', subject: encounterId, before: null, after }),
        );
        afterCommit(() => changed.encounter(encounterId));
        return { id: note.id };
      }),
  };
}
