import { useEffect, useRef, useState } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { useClinic } from '#renderer/client/context.ts';
import { follow } from '#renderer/client/follow.ts';
import type { Records } from '#renderer/client/records.ts';
import type { WaveSamples } from '#renderer/ui/charts/wave-sweep.ts';
import { waveOrder } from './wave-traces.ts';

type WaveStream = Records['ward']['waves'];
type WavePart = WaveStream extends AsyncIterator<infer Part, unknown, unknown> ? Part : never;

/** A wave not heard of for this long is no longer sent. */
const SILENT_MS = 5_000;

/**
 * Names of the waves being sent now, and a slot for who draws them. Samples go straight to `sink`, never through React.
 */
export function useWaves(encounterId: EncounterId) {
  const { hub, link } = useClinic();
  const [waves, setWaves] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(false);
  const sink = useRef<((wave: string, samples: WaveSamples) => void) | null>(null);

  useEffect(() => {
    const heard = new Map<string, number>();
    function list(): void {
      const now = performance.now();
      for (const [wave, at] of heard) if (now - at > SILENT_MS) heard.delete(wave);
      const names = [...heard.keys()].sort(waveOrder);
      setWaves((before) => (before.join() === names.join() ? before : names));
    }
    const end = follow<WavePart>({
      hub,
      link,
      open: (signal) => hub.ward.waves({ encounterId }, { signal }),
      apply({ chunks }) {
        setAsked(true);
        const fresh = chunks.some(({ wave }) => !heard.has(wave));
        for (const { wave, at, rate, samples } of chunks) {
          heard.set(wave, performance.now());
          sink.current?.(wave, { at, rate, samples });
        }
        if (fresh) list();
      },
      onTrouble: () => setAsked(true),
    });
    const timer = setInterval(list, 1_000);
    return () => {
      end();
      clearInterval(timer);
    };
  }, [hub, link, encounterId]);

  return { waves, asked, sink };
}
