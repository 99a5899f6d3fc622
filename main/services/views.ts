import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { SavedView } from '#domain/clinic/saved-view.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { UserId } from '#domain/ids.ts';
import { entryBy, refused } from './command.ts';

type ViewsDeps = Pick<Store, 'views' | 'ledger'> & {
  readonly clock: () => number;
  readonly newId: () => string;
};

const MOST_VIEWS = 100;

/** Lists under a name: a person's own, and what others share. */
export function createViews({ views, ledger, clock, newId }: ViewsDeps): HandlersOf<typeof contract.views> {
  return {
    list: ({ screen }, { actor }) => views.list(actor.id, screen).map((view) => asSeenBy(actor.id, view)),

    save: ({ screen, name, state, shared }, context) =>
      context.commit(() => {
        const userId = context.actor.id;
        const before = views.list(userId, screen).find((view) => view.userId === userId && view.name === name);
        if (!before && views.count(userId) >= MOST_VIEWS)
          throw refused('too-many-views', `You have ${MOST_VIEWS} saved views. Remove one first.`);
        const view: SavedView = { id: before?.id ?? newId(), userId, screen, name, state, shared };
        views.save(view);
        ledger.append(
          entryBy(context, clock(), {
            act: 'view.saved',
            subject: view.id,
            before: before ? { shared: before.shared } : null,
            after: { screen, name, shared },
          }),
        );
        return asSeenBy(userId, view);
      }),

    noteExport: ({ list, format, rows }, context) =>
      context.commit(() => {
        const told = { act: 'list.exported', subject: list, before: null, after: { format, rows } };
        ledger.append(entryBy(context, clock(), told));
        return { ok: true };
      }),

    remove: ({ id }, context) =>
      context.commit(() => {
        const view = views.find(id);
        // Somebody else's own view is nobody's business.
        if (!view || (view.userId !== context.actor.id && !view.shared))
          throw new ClinicError('not-found', 'This view is not known here.');
        if (view.userId !== context.actor.id)
          throw refused('not-yours', 'Only the one who saved this view may remove it.');
        views.remove(id);
        const { screen, name, shared } = view;
        ledger.append(
          entryBy(context, clock(), {
            act: 'view.removed',
            subject: id,
            before: { screen, name, shared },
            after: null,
          }),
        );
        return { ok: true };
      }),
  };
}

function asSeenBy(userId: UserId, { id, screen, name, state, shared, userId: owner }: SavedView) {
  return { id, screen, name, state, shared, mine: owner === userId };
}
