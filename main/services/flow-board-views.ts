import type { Role } from '#domain/user/role.ts';
import { allows } from '#domain/user/role.ts';
import type { BedFact, BedTile, FlowFact, FlowRow, RequestFact, RequestRow } from './flow-board-facts.ts';

/** As much of a board as a reader may see. Readers of one kind share what was made for one of them. */
export interface ReaderKind {
  readonly names: 'full' | 'initials' | 'none';
  /** NEWS2 and alarms, as a ward's board shows them: on a wall too. */
  readonly vitals: boolean;
}

export function kindOf(roles: readonly Role[]): ReaderKind {
  const initials = allows(roles, 'see-initials') ? 'initials' : 'none';
  const vitals = allows(roles, 'see-vitals') || allows(roles, 'see-board');
  return { names: allows(roles, 'see-names') ? 'full' : initials, vitals };
}

/** Bed as a reader may see it: what people typed, and who works there, is for those who may see names or initials. */
export function tileFor({ names }: ReaderKind, { tile, reservedInitials }: BedFact): BedTile {
  if (names === 'full') return tile;
  const { reservation, block, cleaning } = tile;
  const displayName = names === 'initials' ? reservedInitials : null;
  return {
    ...tile,
    reservation: reservation && { ...reservation, displayName },
    block: block && { ...block, note: null },
    cleaning: names === 'initials' ? cleaning : cleaning && { ...cleaning, assigneeName: null },
  };
}

/** Encounter as a reader may see it: without names nothing tells who it is, and nothing people typed is shown. */
export function rowFor({ names, vitals }: ReaderKind, { row, initials }: FlowFact): FlowRow {
  const seen = vitals ? row : { ...row, news: null, alarm: null, offerMonitoredBed: false };
  if (names === 'full') return seen;
  return {
    ...seen,
    patientId: names === 'initials' ? row.patientId : null,
    displayName: names === 'initials' ? initials : null,
    sex: 'unknown',
    ageYears: null,
    visitNumber: null,
    reason: null,
    waitingFor: null,
    nurseId: null,
  };
}

export function requestFor({ names }: ReaderKind, { row }: RequestFact): RequestRow {
  return names === 'full' ? row : { ...row, reason: '' };
}

interface Made<View> {
  readonly fact: object;
  readonly view: View;
  readonly text: string;
}

/**
 * What was made of facts for readers of one kind. A fact that changed in nothing they may see answers the very same
 * view as before, so that a reader can tell by identity whether there is anything to send.
 */
export class Views<Fact extends object, View extends object> {
  readonly #made = new Map<string, Made<View>>();
  readonly #make: (fact: Fact) => View;

  constructor(make: (fact: Fact) => View) {
    this.#make = make;
  }

  of(id: string, fact: Fact): View {
    const before = this.#made.get(id);
    if (before?.fact === fact) return before.view;
    const made = this.#make(fact);
    const text = JSON.stringify(made);
    const view = before?.text === text ? before.view : made;
    this.#made.set(id, { fact, view, text });
    return view;
  }

  forget(id: string): void {
    this.#made.delete(id);
  }
}
