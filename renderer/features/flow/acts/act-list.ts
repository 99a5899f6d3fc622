import type { Permission } from '#domain/user/role.ts';
import type { BoardRequest, BoardRow, Tile } from '#renderer/client/board/board.ts';
import type { FlowDialog } from './flow-dialog.ts';
import type { BedStep, Step } from './use-steps.ts';

/** Something that can be done now, by button, by key, or by late entry in its dialog. */
export interface FlowAct {
  readonly id: string;
  /** A verb; `…` where a dialog asks more. */
  readonly label: string;
  readonly key?: string;
  readonly does:
    | { readonly kind: 'dialog'; readonly dialog: FlowDialog }
    | { readonly kind: 'step'; readonly step: Step; readonly row: BoardRow }
    /** Admitted where they lie. */
    | { readonly kind: 'admit'; readonly row: BoardRow }
    | { readonly kind: 'bed'; readonly step: BedStep };
}

export type May = (permission: Permission) => boolean;

function asks(id: string, label: string, dialog: FlowDialog, key?: string): FlowAct {
  return { id, label, does: { kind: 'dialog', dialog }, ...(key === undefined ? {} : { key }) };
}

function steps(id: string, label: string, step: Step, row: BoardRow, key?: string): FlowAct {
  return { id, label, does: { kind: 'step', step, row }, ...(key === undefined ? {} : { key }) };
}

function beds(id: string, label: string, step: BedStep, key?: string): FlowAct {
  return { id, label, does: { kind: 'bed', step }, ...(key === undefined ? {} : { key }) };
}

function admits(row: BoardRow): FlowAct {
  return { id: 'admit', label: 'Admit in this bed', does: { kind: 'admit', row } };
}

type Offer = FlowAct | false;

function offered(offers: readonly Offer[]): readonly FlowAct[] {
  return offers.filter((offer) => offer !== false);
}

/** What can be done for a patient, the most likely first. */
export function personActs(row: BoardRow, may: May, request: BoardRequest | undefined): readonly FlowAct[] {
  if (row.status === 'planned') return expectedActs(row, may);
  return row.bedSince === null ? waitingActs(row, may, request) : inBedActs(row, may, request);
}

function expectedActs(row: BoardRow, may: May): readonly FlowAct[] {
  const { encounterId } = row;
  const moves = may('register-admit-move');
  return offered([
    moves && asks('arrive', 'Has arrived…', { kind: 'arrive', encounterId }, 'a'),
    moves && asks('move', 'Admit to a bed…', { kind: 'move', encounterId }, 'm'),
    may('bed-states') && asks('reserve', 'Keep a bed…', { kind: 'reserve', encounterId }, 'r'),
    may('discharge') && asks('cancel', 'Will not come…', { kind: 'cancel', encounterId }, 'z'),
  ]);
}

function waitingActs(row: BoardRow, may: May, request: BoardRequest | undefined): readonly FlowAct[] {
  const { encounterId } = row;
  const [moves, observes, keeps] = [may('register-admit-move'), may('enter-observations'), may('bed-states')];
  return offered([
    moves && asks('move', 'Give a bed…', { kind: 'move', encounterId }, 'm'),
    observes && asks('triage', row.triage ? 'Triage again…' : 'Triage…', { kind: 'triage', encounterId }, 't'),
    observes && row.seenAt === null && steps('see', 'Seen', 'see', row, 'v'),
    moves && row.admissionDecidedAt === null && steps('decide', 'Decide to admit', 'decideAdmission', row, 'g'),
    moves && !request && asks('request', 'Ask a ward for a bed…', { kind: 'request', encounterId }, 'q'),
    keeps && asks('reserve', 'Keep a bed…', { kind: 'reserve', encounterId }, 'r'),
    keeps && asks('transport', 'Ask a porter…', { kind: 'transport', encounterId }, 'p'),
    moves && asks('isolation', 'Isolation…', { kind: 'isolation', encounterId }, 'i'),
    may('discharge') &&
      row.seenAt === null &&
      asks('unseen', 'Left without being seen…', { kind: 'left', encounterId, unseen: true }, 'u'),
    may('discharge') && asks('left', 'Discharge: has left…', { kind: 'left', encounterId }, 'd'),
    (observes || moves) && asks('late', 'Enter something late…', { kind: 'late', encounterId }, 'l'),
    may('see-names') && asks('history', 'History and corrections…', { kind: 'history', encounterId }, 'h'),
    may('discharge') && asks('cancel', 'Entered by mistake…', { kind: 'cancel', encounterId }, 'z'),
  ]);
}

function inBedActs(row: BoardRow, may: May, request: BoardRequest | undefined): readonly FlowAct[] {
  const { encounterId } = row;
  const [moves, keeps, sends] = [may('register-admit-move'), may('bed-states'), may('discharge')];
  const visits = row.admittedAt === null;
  return offered([
    visits && may('enter-observations') && row.seenAt === null && steps('see', 'Seen', 'see', row, 'v'),
    visits && moves && row.patientId !== null && admits(row),
    visits &&
      moves &&
      row.admissionDecidedAt === null &&
      steps('decide', 'Decide to admit', 'decideAdmission', row, 'g'),
    moves && asks('move', 'Move…', { kind: 'move', encounterId }, 'm'),
    moves && asks('swap', 'Swap beds…', { kind: 'swap', encounterId }, 's'),
    sends && asks('plan', 'Discharge plan…', { kind: 'plan', encounterId }, 'e'),
    may('medically-ready') && row.medicallyReadyAt === null && steps('ready', 'Medically ready', 'markReady', row, 'y'),
    sends && asks('left', 'Discharge: has left…', { kind: 'left', encounterId }, 'd'),
    moves &&
      (row.away
        ? steps('back', 'Is back', 'comeBack', row, 'w')
        : asks('away', 'Away or on leave…', { kind: 'away', encounterId }, 'w')),
    moves && !request && asks('request', 'Ask another ward for a bed…', { kind: 'request', encounterId }, 'q'),
    keeps && asks('transport', 'Ask a porter…', { kind: 'transport', encounterId }, 'p'),
    moves && asks('isolation', 'Isolation…', { kind: 'isolation', encounterId }, 'i'),
    moves && asks('late', 'Enter something late…', { kind: 'late', encounterId }, 'l'),
    may('see-names') && asks('history', 'History and corrections…', { kind: 'history', encounterId }, 'h'),
    sends && asks('cancel', 'Entered by mistake…', { kind: 'cancel', encounterId }, 'z'),
  ]);
}

/** What can be done with a bed, apart from those who lie in it. */
export function bedActs({ bed, occupants }: Tile, may: May): readonly FlowAct[] {
  const { bedId, cleaning, block, reservation } = bed;
  const keeps = may('bed-states');
  const empty = bed.encounterIds.length === 0;
  const room = bed.encounterIds.length < bed.places;
  return offered([
    may('register-admit-move') &&
      room &&
      asks(
        'assign',
        empty ? 'Give this bed to…' : 'Second patient…',
        { kind: 'assign', bedId },
        occupants.length > 0 ? '+' : 'm',
      ),
    keeps &&
      (reservation
        ? beds('release', 'Keep it for nobody', { kind: 'release', bed, reservation }, 'r')
        : asks('keep', 'Keep it for…', { kind: 'keep', bedId }, 'r')),
    may('tasks') &&
      keeps &&
      cleaning?.state === 'requested' &&
      beds('start', 'Cleaning has started', { kind: 'start', bed, cleaning }, 'c'),
    may('tasks') &&
      keeps &&
      cleaning?.state === 'started' &&
      beds('finish', 'Clean: ready', { kind: 'finish', bed, cleaning }, 'c'),
    keeps && empty && !cleaning && asks('clean', 'Ask for cleaning…', { kind: 'clean', bedId }, 'c'),
    keeps &&
      empty &&
      (block
        ? beds('unblock', 'Use again: end the block', { kind: 'unblock', bed, block }, 'b')
        : asks('block', 'Block…', { kind: 'block', bedId }, 'b')),
  ]);
}

/** What can be done about a bed that was asked for. `ward`: on the board of a ward that is asked. */
export function requestActs(request: BoardRequest, name: string, may: May): readonly FlowAct[] {
  if (!may('register-admit-move')) return [];
  return offered([
    request.state === 'requested' && beds('accept', 'Accept', { kind: 'accept', request, name }),
    request.state === 'requested' && asks('decline', 'Decline…', { kind: 'decline', requestId: request.requestId }),
    beds('withdraw', 'Ask no more', { kind: 'withdraw', request, name }),
  ]);
}
