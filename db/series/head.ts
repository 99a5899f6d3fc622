import type { Samples } from './block.ts';

/** Newest samples of one series, held in memory in the order they came until they are sealed into a block. */
export class Head {
  readonly id: number;
  /** Samples at which it is sealed; varied at first, so that series that began together are not sealed together. */
  sealAt: number;
  /** Log rows below this hold nothing of this series that is not sealed. */
  logFrom: number;
  /** Newest time in any block; -Infinity before the first. */
  sealedTo: number;
  /** Value at `sealedTo`; undefined when it is not at hand. */
  sealedValue: number | undefined;
  /** Oldest log row that holds one of these samples. */
  firstLog = 0;
  /** Whether it waits to be sealed. */
  due = false;
  length = 0;
  newest = Number.NEGATIVE_INFINITY;
  ordered = true;
  #ats = new Float64Array(32);
  #values = new Float64Array(32);

  constructor(id: number, { sealAt, logFrom, sealedTo }: Pick<Head, 'sealAt' | 'logFrom' | 'sealedTo'>) {
    this.id = id;
    this.sealAt = sealAt;
    this.logFrom = logFrom;
    this.sealedTo = sealedTo;
  }

  push(at: number, value: number): void {
    const place = this.length;
    if (place === this.#ats.length) this.#grow(place * 2);
    this.#ats[place] = at;
    this.#values[place] = value;
    this.length = place + 1;
    if (at >= this.newest) this.newest = at;
    else this.ordered = false;
  }

  /** The samples as they came; a view that holds until the next `push`. */
  view(): Samples {
    return { ats: this.#ats.subarray(0, this.length), values: this.#values.subarray(0, this.length) };
  }

  /** The samples in order of time (equal times in order of arrival), copied. */
  sorted(): Samples {
    const { ats, values } = this.view();
    if (this.ordered) return { ats: ats.slice(), values: values.slice() };
    const order = Array.from(ats.keys()).sort((left, right) => (ats[left] as number) - (ats[right] as number));
    return {
      ats: Float64Array.from(order, (index) => ats[index] as number),
      values: Float64Array.from(order, (index) => values[index] as number),
    };
  }

  clear(): void {
    this.length = 0;
    this.newest = Number.NEGATIVE_INFINITY;
    this.ordered = true;
    if (this.#ats.length > 4_096) {
      this.#ats = new Float64Array(1_024);
      this.#values = new Float64Array(1_024);
    }
  }

  /** Puts samples back before what came since they were taken. */
  putBack({ ats, values }: Samples): void {
    const since = { ats: this.view().ats.slice(), values: this.view().values.slice() };
    this.clear();
    for (let index = 0; index < ats.length; index++) this.push(ats[index] as number, values[index] as number);
    for (let index = 0; index < since.ats.length; index++) {
      this.push(since.ats[index] as number, since.values[index] as number);
    }
  }

  #grow(size: number): void {
    const [ats, values] = [new Float64Array(size), new Float64Array(size)];
    ats.set(this.#ats);
    values.set(this.#values);
    this.#ats = ats;
    this.#values = values;
  }
}
