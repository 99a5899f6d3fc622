import type { PatientId, WardId } from '#domain/ids.ts';
import { NEWS_INPUTS } from '#domain/observation/news2.ts';
import { useClinic } from '#renderer/client/context.ts';
import { useMe, useWards, useZone } from '#renderer/client/hooks.ts';
import type { BedLive, LiveBeds } from '#renderer/client/live-beds.ts';
import { formatDateTime, formatDay, formatSex } from '#renderer/ui/format.ts';
import styles from './LastKnown.module.css';
import { LastValues } from './LastValues.tsx';

/** What the board last heard of a patient whose record cannot be read: name, place and values, all of them marked old. */
export function LastKnown({ patientId }: { readonly patientId: PatientId }) {
  const { beds } = useClinic();
  const { may } = useMe();
  const zone = useZone();
  const wards = useWards().data ?? [];
  const live = lastHeardOf(
    patientId,
    wards.map(({ id }) => id),
    beds,
  );
  if (!live?.patient) return null;
  const { displayName, birthDate, sex } = live.patient;
  const newest = Math.max(0, ...live.values.map(({ at }) => at), live.score?.at ?? 0);
  return (
    <section aria-label="Last known" className={styles.panel}>
      <h1 className={styles.name}>{displayName}</h1>
      <p>
        Born {formatDay(birthDate)} · {formatSex(sex)} · Bed {live.label}
      </p>
      <p className={styles.old}>
        Old: last heard before the link was lost
        {newest > 0 && `, newest value ${formatDateTime(newest, zone)}`}. Look at the patient.
      </p>
      {may('see-vitals') && (
        <>
          {live.score?.total != null && live.score.missing.length < NEWS_INPUTS.length && (
            <p>
              NEWS2 was {live.score.complete ? '' : 'at least '}
              {live.score.total} at {formatDateTime(live.score.at, zone)}
            </p>
          )}
          <LastValues live={live} allOld />
        </>
      )}
    </section>
  );
}

function lastHeardOf(patientId: PatientId, wards: readonly WardId[], beds: LiveBeds): BedLive | undefined {
  return wards
    .flatMap((wardId) => beds.ward(wardId).beds ?? [])
    .map((bedId) => beds.bed(bedId))
    .flatMap((bed) => (bed ? [bed, ...bed.others.map((other) => ({ ...bed, ...other }))] : []))
    .find((live) => live.patient?.patientId === patientId);
}
