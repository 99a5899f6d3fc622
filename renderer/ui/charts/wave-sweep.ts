/** One trace of a strip. `span` is what its height stands for, in its own unit, around `middle`; null follows the signal. */
export interface WaveTrace {
  readonly id: string;
  readonly colour: string;
  readonly scale: { readonly middle: number; readonly span: number } | null;
}

export interface WaveLook {
  readonly paper: string;
  readonly grid: string;
}

/** Samples of one trace from `at` on, `rate` a second. */
export interface WaveSamples {
  readonly at: number;
  readonly rate: number;
  readonly samples: ArrayLike<number>;
}

/** CSS pixels a millimetre at the reference density; a real screen's may differ. */
export const PIXELS_PER_MM = 96 / 25.4;
/** Width of the erased bar ahead of the pen, CSS pixels. */
const ERASE_BAR = 14;
/** How far the pen stays behind the newest sample, so that a late message leaves no hole. Ms. */
const HELD_BACK_MS = 600;
/** A pen this far from where it should be jumps instead of hurrying. Ms. */
const JUMP_MS = 3_000;

interface Lane {
  trace: WaveTrace;
  top: number;
  height: number;
  queue: WaveSamples[];
  /** Time of the sample last drawn. */
  drawnTo: number;
  /** End of the newest sample received. */
  heardTo: number;
  /** Sample time minus animation clock; null until the first samples. */
  offset: number | null;
  lastX: number | null;
  lastY: number;
  low: number;
  high: number;
}

/**
 * A strip of waveforms on one canvas, outside any framework. The pen moves at paper speed and draws only what is new;
 * a bar ahead of it is erased. `frame` is called with the animation clock.
 */
export class WaveSweep {
  private readonly context: CanvasRenderingContext2D;
  private readonly canvas: HTMLCanvasElement;
  private lanes: Lane[] = [];
  private look: WaveLook;
  private width = 0;
  private pixel = 1;
  private millimetresPerSecond = 25;
  frozen = false;

  constructor(canvas: HTMLCanvasElement, look: WaveLook) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser draws no canvas.');
    this.canvas = canvas;
    this.context = context;
    this.look = look;
  }

  /** Sets size and traces, in CSS pixels, and clears the paper. Traces already there keep their signal. */
  layout(width: number, laneHeight: number, traces: readonly WaveTrace[], look: WaveLook): void {
    this.look = look;
    this.pixel = Math.min(2, globalThis.devicePixelRatio || 1);
    this.width = Math.round(width * this.pixel);
    this.canvas.width = this.width;
    this.canvas.height = Math.max(1, Math.round(laneHeight * traces.length * this.pixel));
    const before = new Map(this.lanes.map((lane) => [lane.trace.id, lane]));
    this.lanes = traces.map((trace, index) => {
      const kept = before.get(trace.id) ?? newLane(trace);
      return {
        ...kept,
        trace,
        top: index * laneHeight * this.pixel,
        height: laneHeight * this.pixel,
        lastX: null,
      };
    });
    this.clear();
  }

  /** Adds samples to a trace. Those older than what is drawn are left out. */
  push(id: string, samples: WaveSamples): void {
    const lane = this.lanes.find(({ trace }) => trace.id === id);
    if (!lane || samples.samples.length === 0) return;
    lane.queue.push(samples);
    if (lane.queue.length > 40) lane.queue.shift();
    lane.heardTo = Math.max(lane.heardTo, samples.at + (samples.samples.length / samples.rate) * 1_000);
    for (let index = 0; index < samples.samples.length; index += 1) {
      const value = samples.samples[index] ?? 0;
      if (value < lane.low) lane.low = value;
      if (value > lane.high) lane.high = value;
    }
  }

  frame(clock: number): void {
    if (this.frozen || this.width === 0) return;
    for (const lane of this.lanes) this.advance(lane, clock);
  }

  private clear(): void {
    this.context.fillStyle = this.look.paper;
    this.context.fillRect(0, 0, this.width, this.canvas.height);
    this.drawGrid(0, this.width, 0, this.canvas.height);
  }

  /** Lines every 5 mm, from `left` up to but not including `right`, both whole pixels. */
  private drawGrid(left: number, right: number, top: number, height: number): void {
    const step = 5 * PIXELS_PER_MM * this.pixel;
    this.context.fillStyle = this.look.grid;
    for (let line = Math.floor(left / step); Math.round(line * step) < right; line += 1) {
      const x = Math.round(line * step);
      if (x >= left) this.context.fillRect(x, top, 1, height);
    }
  }

  private advance(lane: Lane, clock: number): void {
    if (lane.heardTo === 0) return;
    const wanted = lane.heardTo - HELD_BACK_MS;
    if (lane.offset === null || Math.abs(clock + lane.offset - wanted) > JUMP_MS) {
      lane.offset = wanted - clock;
      lane.drawnTo = Math.max(lane.drawnTo, wanted - 40);
      lane.lastX = null;
    }
    const until = Math.min(clock + lane.offset, lane.heardTo);
    if (until <= lane.drawnTo) return;
    this.erase(lane, lane.drawnTo, until);
    this.draw(lane, until);
    lane.drawnTo = until;
    this.settleScale(lane);
  }

  private x(at: number): number {
    const perMs = (this.millimetresPerSecond * PIXELS_PER_MM * this.pixel) / 1_000;
    return (at * perMs) % this.width;
  }

  private erase(lane: Lane, from: number, until: number): void {
    const left = this.x(from);
    const perMs = (this.millimetresPerSecond * PIXELS_PER_MM * this.pixel) / 1_000;
    const wide = (until - from) * perMs + ERASE_BAR * this.pixel;
    this.wipe(lane, left, Math.min(wide, this.width - left));
    if (left + wide > this.width) this.wipe(lane, 0, left + wide - this.width);
  }

  private wipe(lane: Lane, left: number, wide: number): void {
    const [from, width] = [Math.floor(left) + 1, Math.ceil(wide)];
    this.context.fillStyle = this.look.paper;
    this.context.fillRect(from, lane.top, width, lane.height);
    this.drawGrid(from, from + width, lane.top, lane.height);
  }

  private draw(lane: Lane, until: number): void {
    const { context } = this;
    context.strokeStyle = lane.trace.colour;
    context.lineWidth = 1.5 * this.pixel;
    context.lineJoin = 'round';
    context.beginPath();
    if (lane.lastX !== null) context.moveTo(lane.lastX, lane.lastY);
    const done: WaveSamples[] = [];
    for (const chunk of lane.queue) {
      const spacing = 1_000 / chunk.rate;
      const first = Math.max(0, Math.floor((lane.drawnTo - chunk.at) / spacing) + 1);
      for (let index = first; index < chunk.samples.length; index += 1) {
        const at = chunk.at + index * spacing;
        if (at > until) break;
        this.penTo(lane, this.x(at), this.y(lane, chunk.samples[index] ?? 0));
      }
      if (chunk.at + chunk.samples.length * spacing <= until) done.push(chunk);
    }
    context.stroke();
    if (done.length > 0) lane.queue = lane.queue.filter((chunk) => !done.includes(chunk));
  }

  /** A line to the next point, unless the pen went round the edge or something is missing between. */
  private penTo(lane: Lane, x: number, y: number): void {
    const near = lane.lastX !== null && x >= lane.lastX && x - lane.lastX < 8 * this.pixel;
    if (near) this.context.lineTo(x, y);
    else this.context.moveTo(x, y);
    lane.lastX = x;
    lane.lastY = y;
  }

  private y(lane: Lane, value: number): number {
    const { middle, span } = lane.trace.scale ?? {
      middle: (lane.low + lane.high) / 2,
      span: (lane.high - lane.low) * 1.25,
    };
    const share = span > 0 ? (value - middle) / span : 0;
    const inset = Math.max(-0.48, Math.min(0.48, share));
    return lane.top + lane.height * (0.5 - inset);
  }

  /** A trace without a scale of its own forgets old extremes slowly, so that it neither clips nor stays small. */
  private settleScale(lane: Lane): void {
    if (lane.trace.scale || lane.high <= lane.low) return;
    const shrink = (lane.high - lane.low) * 0.0004;
    lane.high -= shrink;
    lane.low += shrink;
  }
}

function newLane(trace: WaveTrace): Lane {
  return {
    trace,
    top: 0,
    height: 0,
    queue: [],
    drawnTo: 0,
    heardTo: 0,
    offset: null,
    lastX: null,
    lastY: 0,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
  };
}
