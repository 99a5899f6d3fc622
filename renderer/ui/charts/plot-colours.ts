import { useEffect, useState } from 'react';
import type { PlotColour } from './plot.ts';

/** Colours as the canvas wants them: the theme's custom properties, read once a theme. */
export interface PlotColours {
  readonly edge: string;
  readonly paper: string;
  readonly grid: string;
  readonly axis: string;
  readonly limit: string;
  readonly series: Readonly<Record<PlotColour, { readonly fill: string; readonly line: string }>>;
}

const NAMES: readonly PlotColour[] = ['green', 'sky', 'orange', 'blue', 'purple', 'vermillion', 'ink'];

function readColours(): PlotColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--plot-${name}`).trim() || '#888888';
  const series = Object.fromEntries(NAMES.map((name) => [name, { fill: read(name), line: read(`${name}-line`) }]));
  return {
    edge: read('edge'),
    paper: read('paper'),
    grid: read('grid'),
    axis: read('axis'),
    limit: read('limit'),
    series: series as PlotColours['series'],
  };
}

/** The present theme's colours; a new object when the look of the console changes. */
export function usePlotColours(): PlotColours {
  const [colours, setColours] = useState(readColours);
  useEffect(() => {
    const update = (): void => setColours(readColours());
    const observer = new MutationObserver(update);
    observer.observe(document.documentElement, { attributes: true });
    update();
    return () => observer.disconnect();
  }, []);
  return colours;
}
