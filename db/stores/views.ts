import type Database from 'better-sqlite3';
import type { SavedView, SavedViewStore } from '#domain/clinic/saved-view.ts';
import type { UserId } from '#domain/ids.ts';
import { bit, naturally } from './rows.ts';

interface ViewRow {
  readonly id: string;
  readonly user_id: UserId;
  readonly screen: string;
  readonly name: string;
  readonly state: string;
  readonly shared: number;
}

/** A person has one view of a name on a screen. */
export function createSavedViewStore(db: Database.Database): SavedViewStore {
  const list = db.prepare<[string, string], ViewRow>(
    'SELECT * FROM saved_view WHERE screen = ? AND (user_id = ? OR shared = 1)',
  );
  const byId = db.prepare<[string], ViewRow>('SELECT * FROM saved_view WHERE id = ?');
  const save = db.prepare(`
    INSERT INTO saved_view (id, user_id, screen, name, state, shared) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, shared = excluded.shared`);
  const remove = db.prepare('DELETE FROM saved_view WHERE id = ?');
  const count = db.prepare<[string], number>('SELECT count(*) FROM saved_view WHERE user_id = ?').pluck();
  return {
    list: (userId, screen) =>
      list
        .all(screen, userId)
        .map(toView)
        .sort((left, right) => naturally(left.name, right.name) || naturally(left.id, right.id)),
    count: (userId) => count.get(userId) ?? 0,
    find: (id) => {
      const row = byId.get(id);
      return row && toView(row);
    },
    save: ({ id, userId, screen, name, state, shared }) => {
      save.run(id, userId, screen, name, state, bit(shared));
    },
    remove: (id) => {
      remove.run(id);
    },
  };
}

function toView(row: ViewRow): SavedView {
  return {
    id: row.id,
    userId: row.user_id,
    screen: row.screen,
    name: row.name,
    state: row.state,
    shared: row.shared === 1,
  };
}
