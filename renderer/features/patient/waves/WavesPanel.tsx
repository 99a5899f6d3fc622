import { Button } from '@mantine/core';
import { useElementSize, useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { usePlotColours } from '#renderer/ui/charts/plot-colours.ts';
import { WaveSweep } from '#renderer/ui/charts/wave-sweep.ts';
import { useWaves } from './use-waves.ts';
import styles from './WavesPanel.module.css';
import { waveFace, waveTrace } from './wave-traces.ts';

const LANE_HEIGHT = 76;
/** Thirty pictures a second: at 25 mm/s the eye sees no more, and a PC without a graphics card draws half as much. */
const FRAME_MS = 30;

/** The strip of live waveforms; whoever wants the room for trends hides it, and it is then not asked for. */
export function WavesPanel({ encounterId }: { readonly encounterId: EncounterId }) {
  const [shown, setShown] = useLocalStorage({
    key: 'wardline.waves',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  if (shown) return <WaveStrip encounterId={encounterId} onHide={() => setShown(false)} />;
  return (
    <section aria-label="Waveforms">
      <header className={styles.head}>
        <h2>Waveforms</h2>
        <span className={styles.speed}>Hidden</span>
        <Button size="compact-xs" onClick={() => setShown(true)}>
          Show
        </Button>
      </header>
    </section>
  );
}

interface WaveStripProps {
  readonly encounterId: EncounterId;
  readonly onHide: () => void;
}

/** Live waveforms of a stay on paper speed. Nothing of it is stored; freezing stops the paper, not the monitoring. */
function WaveStrip({ encounterId, onHide }: WaveStripProps) {
  const { waves, asked, sink } = useWaves(encounterId);
  const [frozen, setFrozen] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const sweep = useRef<WaveSweep | null>(null);
  const colours = usePlotColours();
  const { ref, width } = useElementSize();

  useEffect(() => {
    if (!canvas.current || width === 0 || waves.length === 0) return;
    const look = { paper: colours.paper, grid: colours.grid };
    sweep.current ??= new WaveSweep(canvas.current, look);
    const traces = waves.map((wave) => waveTrace(wave, LANE_HEIGHT, colours.series[waveFace(wave).colour].line));
    sweep.current.layout(width, LANE_HEIGHT, traces, look);
    sink.current = (wave, samples) => sweep.current?.push(wave, samples);
  }, [waves, width, colours, sink]);

  useEffect(() => {
    if (sweep.current) sweep.current.frozen = frozen;
    if (frozen || waves.length === 0) return;
    let drawnAt = 0;
    let frame = requestAnimationFrame(function draw(clock) {
      if (clock - drawnAt >= FRAME_MS) {
        sweep.current?.frame(clock);
        drawnAt = clock;
      }
      frame = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(frame);
  }, [frozen, waves]);

  return (
    <section aria-label="Waveforms" className={styles.panel}>
      <header className={styles.head}>
        <h2>Waveforms</h2>
        {waves.length > 0 ? (
          <>
            <span className={styles.speed}>25 mm/s{frozen && ' · frozen: not live'}</span>
            <Button size="compact-xs" aria-pressed={frozen} onClick={() => setFrozen(!frozen)}>
              {frozen ? 'Run' : 'Freeze'}
            </Button>
            <Button size="compact-xs" onClick={onHide}>
              Hide
            </Button>
          </>
        ) : (
          <span className={styles.speed}>{asked ? 'No waveform is being sent.' : 'Waiting for waveforms…'}</span>
        )}
      </header>
      <div ref={ref} className={styles.strip} data-frozen={frozen} hidden={waves.length === 0}>
        <canvas ref={canvas} style={{ width: '100%', height: LANE_HEIGHT * waves.length, display: 'block' }} />
        {waves.map((wave, index) => (
          <WaveLabel key={wave} wave={wave} top={index * LANE_HEIGHT} />
        ))}
      </div>
    </section>
  );
}

function WaveLabel({ wave, top }: { readonly wave: string; readonly top: number }) {
  const { label, scaleWords, colour, barHeight } = waveFace(wave);
  return (
    <div className={styles.label} style={{ top }}>
      <span style={{ color: `var(--plot-${colour}-line)` }}>{label}</span> <small>{scaleWords}</small>
      {barHeight !== null && (
        <span className={styles.bar} style={{ height: barHeight }} title="1 mV">
          <span className="visually-hidden">1 mV</span>
        </span>
      )}
    </div>
  );
}
