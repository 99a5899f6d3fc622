import { memo } from 'react';
import type { BedId } from '#domain/ids.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { useBedLive } from '#renderer/client/live-hooks.ts';
import flash from '#renderer/ui/flash.module.css';
import styles from './BedCard.module.css';
import { CardAlarm } from './CardAlarm.tsx';
import { CardWho } from './CardWho.tsx';
import { DeviceMarks } from './DeviceMarks.tsx';
import { MineButton } from './MineButton.tsx';
import { ScoreMark } from './ScoreMark.tsx';
import { VitalCell } from './VitalCell.tsx';
import { vitalsOf } from './vitals.ts';

interface BedCardProps {
  readonly bedId: BedId;
  /** Named where beds of several wards stand side by side. */
  readonly wardName?: string;
}

/** One bed and all that is known of it now. It is drawn again when its own bed changes, never for another. */
export const BedCard = memo(function BedCard({ bedId, wardName }: BedCardProps) {
  const bed = useBedLive(bedId);
  if (!bed) return null;
  const worst = bed.alarms.find(({ signal }) => signal === 'on' || signal === 'latched');
  const { patient } = bed;
  return (
    <li
      className={`${styles.card} ${flash.flash}`}
      data-bed={bedId}
      data-flash={worst?.priority}
      data-empty={!patient || undefined}
      aria-live="off"
    >
      <div className={styles.body}>
        <div className={styles.top}>
          <span className={styles.bed}>
            <span className="visually-hidden">Bed </span>
            {bed.label}
            {wardName && <small>{wardName}</small>}
          </span>
          <DeviceMarks devices={bed.devices} />
          {patient && (
            <MineButton encounterId={patient.encounterId} displayName={patient.displayName} nurseId={patient.nurseId} />
          )}
        </div>
        {patient ? <Occupant {...bed} patient={patient} /> : <p className={styles.nobody}>Empty</p>}
        {bed.others.map((other) => (
          <Occupant key={other.patient.encounterId} {...other} />
        ))}
        <CardAlarm bedId={bedId} alarms={bed.alarms} bedLabel={bed.label} />
      </div>
    </li>
  );
});

type OccupantProps = BedLive['others'][number];

function Occupant({ patient, values, score }: OccupantProps) {
  const { patientId, displayName, birthDate, sex, spo2Scale } = patient;
  return (
    <>
      <CardWho patientId={patientId} displayName={displayName} birthDate={birthDate} sex={sex} />
      <ScoreMark score={score} />
      <dl className={styles.vitals}>
        {vitalsOf(values, spo2Scale, score?.monitoring ?? null).map((vital) => (
          <VitalCell key={vital.place} {...vital} />
        ))}
      </dl>
    </>
  );
}
