import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import './charts.css';

interface FigureChartProps {
  /** What the picture says, for those who do not see it; the numbers stand in a table beside it. */
  readonly label: string;
  readonly option: EChartsCoreOption;
  /** CSS px. */
  readonly height: number;
}

/** A chart of figures (no live values), drawn again when its option changes or its place does. */
export function FigureChart({ label, option, height }: FigureChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const draw = useRef<(next: EChartsCoreOption) => void>(() => undefined);
  const latest = useRef(option);
  useEffect(() => {
    latest.current = option;
    draw.current(option);
  }, [option]);
  useEffect(() => {
    const node = place.current;
    if (!node) return;
    let end: (() => void) | undefined;
    let over = false;
    void import('./echarts-parts.ts').then(({ init }) => {
      if (over) return;
      const chart = init(node, null, { renderer: 'svg' });
      const resized = new ResizeObserver(() => chart.resize());
      resized.observe(node);
      draw.current = (next) => chart.setOption(next, true);
      draw.current(latest.current);
      end = () => {
        draw.current = () => undefined;
        resized.disconnect();
        chart.dispose();
      };
    });
    return () => {
      over = true;
      end?.();
    };
  }, []);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}
