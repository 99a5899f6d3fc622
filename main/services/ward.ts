import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { WaveChunk } from '#domain/device/intake.ts';
import type { BedId } from '#domain/ids.ts';
import { allows } from '#domain/user/role.ts';
import { type BedCardDeps, bedCard } from './bed-card.ts';
import type { LatestStreams } from './latest-stream.ts';

interface WardDeps extends BedCardDeps {
  readonly store: Pick<Store, 'locations' | 'devices'>;
  readonly streams: LatestStreams;
  link(): { broker: 'connected' | 'connecting' | 'lost'; since: number; url: string };
}

/** Most wave chunks kept for a reader who is slow; what is older is passed over, never queued. */
const WAVE_SLOTS = 16;

/** Live state of wards, as streams. */
export function createWard(deps: WardDeps): HandlersOf<typeof contract.ward> {
  const { store, live, streams, link } = deps;
  return {
    watch({ wardId }, context) {
      const ward = store.locations.findWard(wardId);
      if (!ward) throw new ClinicError('not-found', 'No such ward.');
      const names = allows(context.actor.roles, 'see-names');
      const inWard = (bedId: string) => store.locations.findBed(bedId as BedId)?.wardId === wardId;
      return streams.open(context, {
        subscribe: (changed) => live.on({ bed: (bedId) => inWard(bedId) && changed(bedId) }),
        whole: () => ({
          kind: 'whole' as const,
          ward,
          link: link(),
          beds: store.locations.listBeds(wardId).map((bed) => bedCard(deps, bed, names)),
        }),
        changes: (bedIds) => ({
          kind: 'changes' as const,
          link: link(),
          beds: bedIds.flatMap((bedId) => {
            const bed = store.locations.findBed(bedId as BedId);
            return bed ? [bedCard(deps, bed, names)] : [];
          }),
        }),
      });
    },
    waves({ encounterId }, context) {
      let waiting: WaveChunk[] = [];
      return streams.open(context, {
        subscribe: (changed) =>
          live.on({
            wave(chunk, of) {
              if (of !== encounterId) return;
              waiting = [...waiting, chunk].slice(-WAVE_SLOTS);
              changed('waves');
            },
          }),
        whole: () => ({ chunks: [] }),
        changes: () => {
          const chunks = waiting.map(({ samples, ...rest }) => ({ ...rest, samples: [...samples] }));
          waiting = [];
          return { chunks };
        },
      });
    },
  };
}
