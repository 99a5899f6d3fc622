/** Bytes that grow as they are written. */
export class ByteWriter {
  #bytes = new Uint8Array(4_096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53 - 1, seven bits a byte, low bits first. */
  varint(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest >= 0x8000_0000) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  double(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /**
   * Whole numbers within ±2^51, each as its difference from the one before (the first from `base`); runs of no
   * difference take two bytes.
   */
  differences(numbers: Float64Array, base: number): void {
    let before = base;
    for (let index = 0; index < numbers.length; index++) {
      const difference = (numbers[index] as number) - before;
      before = numbers[index] as number;
      if (difference !== 0) {
        this.varint(difference > 0 ? difference * 2 : -difference * 2 - 1);
        continue;
      }
      const first = index;
      while (index + 1 < numbers.length && numbers[index + 1] === before) index++;
      this.varint(0);
      this.varint(index - first);
    }
  }

  copy(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Reads what ByteWriter wrote, in the same order. Throws a RangeError past the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError('A packed block ends too early.');
    return value;
  }

  varint(): number {
    const first = this.byte();
    if (first < 128) return first;
    let value = first & 127;
    let scale = 128;
    for (;;) {
      const next = this.byte();
      value += (next & 127) * scale;
      if (next < 128) return value;
      scale *= 128;
    }
  }

  doubles(count: number): Float64Array {
    const end = this.#at + count * 8;
    if (end > this.#bytes.length) throw new RangeError('A packed block ends too early.');
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, count * 8);
    this.#at = end;
    return Float64Array.from({ length: count }, (_, index) => view.getFloat64(index * 8, true));
  }

  differences(count: number, base: number): Float64Array {
    const numbers = new Float64Array(count);
    let value = base;
    for (let index = 0; index < count; index++) {
      const token = this.varint();
      if (token === 0) {
        const more = this.varint();
        if (index + more >= count) throw new RangeError('A packed block says more than it holds.');
        numbers.fill(value, index, index + more + 1);
        index += more;
        continue;
      }
      value += token % 2 === 0 ? token / 2 : -(token + 1) / 2;
      numbers[index] = value;
    }
    return numbers;
  }
}
