const HALF = 4_294_967_296;
const KIND_BITS = 4;

/** How a value is written after its series: 2 words of a double, or one word of whole units, tenths or hundredths. */
const DOUBLE = 0;
const SCALE_OF = [0, 1, 10, 100] as const;

/**
 * Messages in the order they came, packed into 32-bit words: time (2), number of values, then for each value a word of
 * series id and kind and one or two of the value. Lossless.
 */
export class LogBuffer {
  #words = new Uint32Array(16_384);
  #length = 0;
  #values = 0;
  readonly #double = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#double.buffer);

  /** Values held. */
  get values(): number {
    return this.#values;
  }

  message(at: number, count: number): void {
    this.#room(3 + count * 3);
    this.#words[this.#length++] = at % HALF;
    this.#words[this.#length++] = Math.floor(at / HALF);
    this.#words[this.#length++] = count;
    this.#values += count;
  }

  /** After `message`, once for each of its values. */
  value(seriesId: number, value: number): void {
    const words = this.#words;
    for (let kind = 1; kind <= 3; kind++) {
      const scale = SCALE_OF[kind] as number;
      const whole = Math.round(value * scale) | 0;
      if (whole / scale === value && (whole !== 0 || Object.is(value, 0))) {
        words[this.#length++] = seriesId * KIND_BITS + kind;
        words[this.#length++] = whole;
        return;
      }
    }
    words[this.#length++] = seriesId * KIND_BITS + DOUBLE;
    this.#double[0] = value;
    words[this.#length++] = this.#halves[0] as number;
    words[this.#length++] = this.#halves[1] as number;
  }

  /** Takes everything out, as bytes of its own. */
  take(): TakenLog {
    const words = this.#words.slice(0, this.#length);
    const taken = { bytes: Buffer.from(words.buffer), values: this.#values };
    this.#length = 0;
    this.#values = 0;
    return taken;
  }

  /** Puts back what was taken, before whatever came since. */
  putBack({ bytes, values }: TakenLog): void {
    const since = this.#words.slice(0, this.#length);
    const words = wordsOf(bytes);
    this.#length = 0;
    this.#room(words.length + since.length);
    this.#words.set(words);
    this.#words.set(since, words.length);
    this.#length = words.length + since.length;
    this.#values += values;
  }

  #room(words: number): void {
    if (this.#length + words <= this.#words.length) return;
    const larger = new Uint32Array(Math.max(this.#words.length * 2, this.#length + words));
    larger.set(this.#words.subarray(0, this.#length));
    this.#words = larger;
  }
}

export interface TakenLog {
  readonly bytes: Buffer;
  readonly values: number;
}

/** Reads a log row, value by value in the order they came. */
export function readLog(bytes: Uint8Array, each: (seriesId: number, at: number, value: number) => void): void {
  const words = wordsOf(bytes);
  const double = new Float64Array(1);
  const halves = new Uint32Array(double.buffer);
  let place = 0;
  const next = (): number => {
    const word = words[place++];
    if (word === undefined) throw new RangeError('A log row ends too early.');
    return word;
  };
  while (place < words.length) {
    const at = next() + next() * HALF;
    for (let count = next(); count > 0; count--) {
      const head = next();
      const kind = head % KIND_BITS;
      if (kind === DOUBLE) {
        halves[0] = next();
        halves[1] = next();
      } else {
        double[0] = (next() | 0) / (SCALE_OF[kind] as number);
      }
      each(Math.floor(head / KIND_BITS), at, double[0] as number);
    }
  }
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  // A row's bytes may begin anywhere in a shared buffer; words must begin at a multiple of four.
  if (bytes.byteOffset % 4 === 0) return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
