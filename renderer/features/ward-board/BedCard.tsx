import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { BedId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable, useZone } from '#renderer/client/hooks.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { useBedLive, useNowAs } from '#renderer/client/live-hooks.ts';
import flash from '#renderer/ui/flash.module.css';
import { ageOf, formatSex } from '#renderer/ui/format.ts';
import styles from './BedCard.module.css';
import { CardAlarm } from './CardAlarm.tsx';
import { DeviceMarks } from './DeviceMarks.tsx';
import { ScoreMark } from './ScoreMark.tsx';
import { CARD_LINK, CARD_MINE } from './use-board-keys.ts';
import { VitalCell } from './VitalCell.tsx';
import { vitalsOf } from './vitals.ts';

interface BedCardProps {
  readonly bedId: BedId;
  /** Named where beds of several wards stand side by side. */
  readonly wardName?: string;
}

/** As bed boards write it; the whole word is there for who listens. */
const SEX_LETTERS: Readonly<Record<string, string>> = { female: 'F', male: 'M', other: 'Other', unknown: '' };

type Occupied = BedLive & { readonly patient: NonNullable<BedLive['patient']> };

function occupied(bed: BedLive): bed is Occupied {
  return bed.patient !== null;
}

/** One bed and all that is known of it now. It is drawn again when its own bed changes, never for another. */
export const BedCard = memo(function BedCard({ bedId, wardName }: BedCardProps) {
  const bed = useBedLive(bedId);
  if (!bed) return null;
  const worst = bed.alarms.find(({ signal }) => signal === 'on' || signal === 'latched');
  return (
    <li
      className={`${styles.card} ${flash.flash}`}
      data-bed={bedId}
      data-flash={worst?.priority}
      data-empty={!bed.patient || undefined}
      aria-live="off"
    >
      {occupied(bed) ? (
        <OccupiedBed bed={bed} wardName={wardName} />
      ) : (
        <>
          <div className={styles.top}>
            <BedLabel bed={bed} wardName={wardName} />
            <DeviceMarks devices={bed.devices} />
          </div>
          <p className={styles.nobody}>Empty</p>
          <CardAlarm alarms={bed.alarms} bedLabel={bed.label} />
        </>
      )}
    </li>
  );
});

function BedLabel({ bed, wardName }: { bed: BedLive; wardName?: string }) {
  return (
    <span className={styles.bed}>
      <span className="visually-hidden">Bed </span>
      {bed.label}
      {wardName && <small>{wardName}</small>}
    </span>
  );
}

function OccupiedBed({ bed, wardName }: { bed: Occupied; wardName?: string }) {
  const { patient, score } = bed;
  const zone = useZone();
  const { may } = useMe();
  const age = useNowAs(60_000, (now) => ageOf(patient.birthDate, now, zone));
  const mark = { [CARD_LINK]: '' };
  return (
    <>
      <div className={styles.top}>
        <BedLabel bed={bed} wardName={wardName} />
        <DeviceMarks devices={bed.devices} />
        {may('enter-observations') && <MineButton patient={patient} />}
      </div>
      <div className={styles.who}>
        <h2 className={styles.name} title={patient.displayName}>
          {may('see-vitals') ? (
            <Link to="/patient/$patientId" params={{ patientId: patient.patientId }} className={styles.open} {...mark}>
              {patient.displayName}
            </Link>
          ) : (
            patient.displayName
          )}
        </h2>
        <span className={styles.facts}>
          {age !== null && `${age} y`} {SEX_LETTERS[patient.sex]}
          <span className="visually-hidden">{formatSex(patient.sex)}</span>
        </span>
      </div>
      <ScoreMark score={score} />
      <dl className={styles.vitals}>
        {vitalsOf(bed.values, patient.spo2Scale, score?.monitoring ?? null).map((vital) => (
          <VitalCell key={vital.place} {...vital} />
        ))}
      </dl>
      <CardAlarm alarms={bed.alarms} bedLabel={bed.label} />
    </>
  );
}

function MineButton({ patient }: { patient: Occupied['patient'] }) {
  const { user } = useMe();
  const writable = useWritable();
  const assign = useCommand(
    (hub, input: { encounterId: Occupied['patient']['encounterId']; userId: typeof user.id | null }) =>
      hub.encounters.assignNurse(input),
  );
  const mine = patient.nurseId === user.id;
  const words = mine ? 'My patient. Make no longer mine' : 'Make this my patient';
  const mark = { [CARD_MINE]: '' };
  return (
    <button
      type="button"
      className={styles.mine}
      aria-pressed={mine}
      aria-label={`${words}, ${patient.displayName}`}
      title={writable.why ?? `${words} (M)`}
      disabled={!writable.ok || assign.pending}
      onClick={() => void assign.run({ encounterId: patient.encounterId, userId: mine ? null : user.id })}
      {...mark}
    >
      {mine ? <IconStarFilled size={16} aria-hidden /> : <IconStar size={16} stroke={1.5} aria-hidden />}
    </button>
  );
}
