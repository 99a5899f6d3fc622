import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Whole pixels, as Electron's screen and windows count them. */
const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Rectangle = z.infer<typeof rectangle>;

const windowState = z.object({ bounds: rectangle, maximized: z.boolean(), fullScreen: z.boolean() });
export type WindowState = z.infer<typeof windowState>;

export const SMALLEST = { width: 800, height: 600 } as const;
const USUAL = { width: 1440, height: 900 } as const;

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/**
 * Bounds that lie wholly in one display's work area: the one they share most with, else the first (the primary). A display that was
 * unplugged or turned never leaves a window out of reach.
 */
export function clampToDisplays(bounds: Rectangle, workAreas: readonly Rectangle[]): Rectangle {
  const [first] = workAreas;
  if (!first) return bounds;
  const home = workAreas.reduce((best, area) => (overlap(bounds, area) > overlap(bounds, best) ? area : best), first);
  const width = Math.min(Math.max(bounds.width, SMALLEST.width), home.width);
  const height = Math.min(Math.max(bounds.height, SMALLEST.height), home.height);
  return {
    x: Math.min(Math.max(bounds.x, home.x), home.x + home.width - width),
    y: Math.min(Math.max(bounds.y, home.y), home.y + home.height - height),
    width,
    height,
  };
}

/** Where a window goes that was never open before: the middle of the first display. */
function firstState(workAreas: readonly Rectangle[]): WindowState {
  const area = workAreas[0] ?? { x: 0, y: 0, ...USUAL };
  const width = Math.min(USUAL.width, area.width);
  const height = Math.min(USUAL.height, area.height);
  const x = area.x + Math.round((area.width - width) / 2);
  const y = area.y + Math.round((area.height - height) / 2);
  return { bounds: { x, y, width, height }, maximized: false, fullScreen: false };
}

/** The state of the last time, moved into sight; a missing or unreadable file counts as the first time. */
export function readState(file: string, workAreas: readonly Rectangle[]): WindowState {
  try {
    const state = windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
    return { ...state, bounds: clampToDisplays(state.bounds, workAreas) };
  } catch {
    return firstState(workAreas);
  }
}

/** Keeps the state; a failure only means that the window opens where it did before. */
export function saveState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // The place of a window is not worth a word to the nurse.
  }
}
