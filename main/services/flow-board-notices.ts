import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { NOTICE_AGE_MS, type Notice, nextNoticeAt, noticesAt, type Wait } from '#domain/flow/notice.ts';
import type { Task } from '#domain/flow/task.ts';
import type { BedId, TaskId } from '#domain/ids.ts';
import type { BedFact } from './flow-board-facts.ts';

interface NoticesDeps {
  readonly store: Pick<Store, 'bedStates' | 'tasks'>;
  settings(): ClinicSettings;
  /** `Bed 7, Ward A`. */
  bedWords(bedId: BedId): string;
}

/** Most cleanings done in the last hours that are worth telling of. */
const MOST_DONE = 1_000;

/** What there is to know of beds and waits, kept up task by task. */
export class BoardNotices {
  readonly #deps: NoticesDeps;
  /** Not done, or done lately. */
  readonly #cleanings = new Map<TaskId, Task>();
  readonly #happened = new Map<string, Notice>();
  #text = '[]';
  /** Overdue ones first, then newest first. */
  list: readonly Notice[] = [];

  constructor(deps: NoticesDeps) {
    this.#deps = deps;
  }

  readAll(now: number): void {
    const { tasks } = this.#deps.store;
    const done = tasks.listDone(now - NOTICE_AGE_MS, now + 1, MOST_DONE, ['cleaning']);
    this.#cleanings.clear();
    for (const task of [...tasks.listOpen(), ...done]) if (task.kind === 'cleaning') this.#cleanings.set(task.id, task);
  }

  /** Answers the bed a task is about; null when it is none to tell of. */
  readTask(taskId: TaskId): BedId | null {
    const task = this.#deps.store.tasks.find(taskId);
    if (task?.kind !== 'cleaning') return null;
    this.#cleanings.set(taskId, task);
    return task.bedId;
  }

  /** What ended because its time had come, not by anyone's act, is worth telling. */
  lapsed({ tile: before }: BedFact, after: BedFact | undefined, now: number): void {
    const { store, bedWords } = this.#deps;
    const { bedId, reservation, block } = before;
    const bed = bedWords(bedId);
    if (reservation && reservation.until <= now && after?.tile.reservation?.id !== reservation.id) {
      const state = store.bedStates.findReservation(reservation.id)?.state;
      if (state === 'reserved' || state === 'lapsed') {
        const words = `${bed} is kept for nobody any more: its reservation lapsed.`;
        this.#happens({ kind: 'reservation-lapsed', bedId, at: reservation.until, words }, reservation.id);
      }
    }
    if (block?.to != null && block.to <= now && after?.tile.block?.id !== block.id) {
      const endedAt = store.bedStates.findBlock(block.id)?.endedAt ?? block.to;
      if (endedAt >= block.to) {
        const words = `${bed} is no longer out of use.`;
        this.#happens({ kind: 'block-ended', bedId, at: block.to, words }, block.id);
      }
    }
  }

  /** False when there is nothing else to know than before. */
  read(waits: readonly Wait[], now: number): boolean {
    this.#forget(now);
    const targets = this.#deps.settings().cleaningTargets;
    const facts = { cleanings: this.#cleanings.values(), waits, happened: this.#happened.values() };
    const notices = noticesAt({ ...facts, targets, bedWords: this.#deps.bedWords }, now);
    const text = JSON.stringify(notices);
    if (text === this.#text) return false;
    this.list = notices;
    this.#text = text;
    return true;
  }

  /** The next moment there is something to know by time alone; null: there is none to come. */
  nextAt(waits: readonly Wait[], now: number): number | null {
    const targets = this.#deps.settings().cleaningTargets;
    return nextNoticeAt({ cleanings: this.#cleanings.values(), waits, targets }, now);
  }

  #happens(notice: Omit<Notice, 'id' | 'encounterId'>, of: string): void {
    const id = `${notice.kind}:${of}`;
    this.#happened.set(id, { ...notice, id, encounterId: null });
  }

  #forget(now: number): void {
    for (const [id, { state, doneAt }] of this.#cleanings) {
      if (state === 'voided' || (doneAt !== null && doneAt < now - NOTICE_AGE_MS)) this.#cleanings.delete(id);
    }
    for (const [id, { at }] of this.#happened) if (at < now - NOTICE_AGE_MS) this.#happened.delete(id);
  }
}
