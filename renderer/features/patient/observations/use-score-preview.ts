import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { NewsSet } from '#domain/observation/news2.ts';
import { useHub } from '#renderer/client/hooks.ts';

/** Long enough to skip keys typed in a burst, short enough that the score is there within 100 ms. */
const PAUSE_MS = 40;

/** The hub's score of a set being typed; the last answer stays until the next is there. */
export function useScorePreview(set: NewsSet) {
  const hub = useHub();
  const [settled] = useDebouncedValue(JSON.stringify(set), PAUSE_MS);
  return useQuery({
    queryKey: ['monitoring', 'score', settled],
    queryFn: () => hub.monitoring.score(JSON.parse(settled)),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });
}
