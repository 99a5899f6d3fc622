import type { PlotSeries } from './plot.ts';
import { SYMBOL_PATHS } from './symbols.ts';

/** A series' symbol in its colour, as on the chart, for legends and table heads. */
export function SymbolMark({ series }: { readonly series: Pick<PlotSeries, 'symbol' | 'colour' | 'kind'> }) {
  const fill = `var(--plot-${series.colour})`;
  const line = `var(--plot-${series.colour}-line)`;
  if (series.kind === 'span') {
    return (
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M3 1.5h6M6 1.5v9M3 10.5h6" stroke={line} strokeWidth="1.5" fill="none" />
      </svg>
    );
  }
  const hollow = series.symbol === 'ring' || series.symbol === 'cross';
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path
        d={SYMBOL_PATHS[series.symbol]}
        fill={hollow ? 'none' : fill}
        stroke={hollow ? line : 'var(--plot-edge)'}
        strokeWidth={hollow ? 1.8 : 1}
      />
    </svg>
  );
}
