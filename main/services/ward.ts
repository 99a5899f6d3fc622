import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { WaveChunk } from '#domain/device/intake.ts';
import type { BedId } from '#domain/ids.ts';
import type { Bed } from '#domain/location/location.ts';
import { allows } from '#domain/user/role.ts';
import { type BedCardDeps, type BedLive, bedCard } from './bed-card.ts';
import type { Streams } from './streams.ts';

interface WardDeps extends BedCardDeps {
  readonly store: Pick<Store, 'locations' | 'devices'>;
  readonly streams: Streams;
  link(): { broker: 'connected' | 'connecting' | 'lost'; since: number; url: string };
}

/** Most of a wave kept for a reader who is slow. */
const STRIP_S = 2;

/** Live state of wards, as streams. */
export function createWard(deps: WardDeps): HandlersOf<typeof contract.ward> {
  const { store, live, streams, link } = deps;
  const card = createCards(deps);
  return {
    watch({ wardId }, context) {
      const ward = store.locations.findWard(wardId);
      if (!ward) throw new ClinicError('not-found', 'No such ward.');
      const names = allows(context.actor.roles, 'see-names');
      const inWard = (bedId: BedId) => {
        const bed = store.locations.findBed(bedId);
        return bed?.wardId === wardId ? bed : undefined;
      };
      const shown = new Set<BedId>();
      const draw = (bed: Bed) => {
        shown.add(bed.id);
        return card(bed, names);
      };
      return streams.latest({
        context,
        keyOf: (bedId: BedId) => bedId,
        subscribe: (push) =>
          live.on({
            bed(bedId) {
              if (shown.has(bedId) || inWard(bedId)) push(bedId);
            },
          }),
        whole: () => ({
          kind: 'whole' as const,
          ward,
          link: link(),
          beds: store.locations.listBeds(wardId).map(draw),
        }),
        changes: (bedIds) => ({
          kind: 'changes' as const,
          link: link(),
          beds: bedIds.flatMap((bedId) => {
            const bed = inWard(bedId);
            return bed ? [draw(bed)] : [];
          }),
          removed: bedIds.filter((bedId) => !inWard(bedId) && shown.delete(bedId)),
        }),
      });
    },
    waves({ encounterId }, context) {
      return streams.latest({
        context,
        keyOf: ({ deviceId, wave }: Strip) => `${deviceId}/${wave}`,
        merge: joined,
        subscribe: (push) =>
          live.on({
            wave({ samples, ...rest }, of) {
              if (of === encounterId) push({ ...rest, samples: [...samples] });
            },
          }),
        whole: () => ({ chunks: [] }),
        changes: (strips) => ({ chunks: [...strips] }),
      });
    },
  };
}

/** Cards as they stand, made once for all consoles that look at a bed and forgotten when it changes. */
function createCards(deps: WardDeps): (bed: Bed, names: boolean) => BedLive {
  const made = { named: new Map<BedId, BedLive>(), unnamed: new Map<BedId, BedLive>() };
  deps.live.on({
    bed(bedId) {
      made.named.delete(bedId);
      made.unnamed.delete(bedId);
    },
  });
  return (bed, names) => {
    const cards = names ? made.named : made.unnamed;
    const card = cards.get(bed.id) ?? bedCard(deps, bed, names);
    cards.set(bed.id, card);
    return card;
  };
}

type Strip = Omit<WaveChunk, 'samples'> & { readonly samples: number[] };

/** A piece of a wave and the one after it as one piece; what is older than STRIP_S is passed over, never queued. */
function joined(earlier: Strip, later: Strip): Strip {
  const samples = [...earlier.samples, ...later.samples].slice(-STRIP_S * later.rate);
  const at = later.at - ((samples.length - later.samples.length) / later.rate) * 1_000;
  return { ...later, at: Math.round(at), samples };
}
