import type { PlotSymbol } from './plot.ts';

/** Adds the outline of a symbol of about `size` pixels across, centred on a point, to the canvas' path. */
export function tracePlotSymbol(
  context: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'arc' | 'rect' | 'closePath'>,
  symbol: PlotSymbol,
  [x, y]: readonly [number, number],
  size: number,
): void {
  const half = size / 2;
  if (symbol === 'circle' || symbol === 'ring') {
    context.moveTo(x + half, y);
    context.arc(x, y, half, 0, Math.PI * 2);
  } else if (symbol === 'square') {
    context.rect(x - half * 0.9, y - half * 0.9, size * 0.9, size * 0.9);
  } else if (symbol === 'cross') {
    context.moveTo(x - half, y - half);
    context.lineTo(x + half, y + half);
    context.moveTo(x + half, y - half);
    context.lineTo(x - half, y + half);
  } else {
    const corners = CORNERS[symbol];
    corners.forEach(([dx, dy], index) => {
      if (index === 0) context.moveTo(x + dx * half, y + dy * half);
      else context.lineTo(x + dx * half, y + dy * half);
    });
    context.closePath();
  }
}

const CORNERS = {
  triangle: [
    [0, -1.1],
    [1.05, 0.85],
    [-1.05, 0.85],
  ],
  diamond: [
    [0, -1.2],
    [1.2, 0],
    [0, 1.2],
    [-1.2, 0],
  ],
} as const;

/** An SVG path of a symbol in a 12 × 12 box, for legends. */
export const SYMBOL_PATHS: Readonly<Record<PlotSymbol, string>> = {
  circle: 'M6 2a4 4 0 1 1 0 8a4 4 0 1 1 0-8Z',
  ring: 'M6 2a4 4 0 1 1 0 8a4 4 0 1 1 0-8Z',
  square: 'M2.5 2.5h7v7h-7Z',
  triangle: 'M6 1.5L10.5 9.5H1.5Z',
  diamond: 'M6 1L11 6L6 11L1 6Z',
  cross: 'M2.5 2.5L9.5 9.5M9.5 2.5L2.5 9.5',
};
