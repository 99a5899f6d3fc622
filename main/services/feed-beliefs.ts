import { locationOf } from '#domain/feed/location.ts';
import { readMessage } from '#domain/feed/message.ts';
import type { ToldSubject } from '#domain/feed/news.ts';
import type { Place } from '#domain/flow/event.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { AreaId, EncounterId, PatientId } from '#domain/ids.ts';
import type { FeedApplyDeps, Outcome, Telling } from './feed-apply.ts';

/** Nobody is there. */
const UNKNOWN: Place = { ...NOWHERE, areaId: '' as AreaId };

/** Places that messages of this encounter believed in and the clinic lacked may have been made since. */
export function findBelieved({ feed, places }: FeedApplyDeps, encounterId: EncounterId): void {
  for (const belief of feed.listBeliefs(encounterId)) {
    if (belief.place.areaId !== UNKNOWN.areaId) continue;
    const told = readMessage(feed.find(belief.messageId)?.text ?? '')?.first('PV1');
    const location = locationOf(told, 3);
    const place = location && places.known(location);
    if (place) feed.saveBelief({ ...belief, place });
  }
}

/** A message that moves nobody says where its sender believes the patient to be: kept, and compared with the record. */
export function believe(
  { visits, places }: FeedApplyDeps,
  { visit, believed, happenedAt }: ToldSubject,
  patientId: PatientId,
  { message }: Telling,
): Partial<Outcome> {
  if (visit === null) return {};
  const { visitNumber: meant, stale } = visits.meant(visit, patientId, message);
  const known = visits.resolve(meant);
  const { encounterId, visitNumber } = known;
  if (believed === null) return { encounterId, visitNumber, stale };
  if (encounterId === null) return { visitNumber, held: true, why: 'Nothing is known here of this visit yet.' };
  if (!visits.mayTell(known, patientId))
    return { encounterId, visitNumber, held: true, why: 'The visit belongs to another patient here.' };
  const found = places.known(believed);
  const place = found === undefined ? UNKNOWN : found;
  return { encounterId, visitNumber, stale, believed: place && { encounterId, at: happenedAt, place } };
}
