import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { PatientId } from '#domain/ids.ts';
import { useMe, useZone } from '#renderer/client/hooks.ts';
import { useNowAs } from '#renderer/client/live-hooks.ts';
import { ageOf, formatSex } from '#renderer/ui/format.ts';
import styles from './BedCard.module.css';
import { CARD_LINK } from './use-board-keys.ts';

interface CardWhoProps {
  readonly patientId: PatientId;
  readonly displayName: string;
  readonly birthDate: string | null;
  readonly sex: string;
}

/** As bed boards write it; the whole word is there for who listens. */
const SEX_LETTERS: Readonly<Record<string, string>> = { female: 'F', male: 'M', other: 'Other', unknown: '' };
const AN_HOUR_MS = 3_600_000;

/** Who lies here. Drawn apart from the values, which change each second while this does not. */
export const CardWho = memo(function CardWho({ patientId, displayName, birthDate, sex }: CardWhoProps) {
  const zone = useZone();
  const { may } = useMe();
  const age = useNowAs(AN_HOUR_MS, (now) => ageOf(birthDate, now, zone));
  const mark = { [CARD_LINK]: '' };
  return (
    <div className={styles.who}>
      <h2 className={styles.name} title={displayName}>
        {may('see-vitals') ? (
          <Link to="/patient/$patientId" params={{ patientId }} className={styles.open} {...mark}>
            {displayName}
          </Link>
        ) : (
          displayName
        )}
      </h2>
      <span className={styles.facts}>
        {age !== null && `${age} y`} <span aria-hidden="true">{SEX_LETTERS[sex]}</span>
        <span className="visually-hidden">{formatSex(sex)}</span>
      </span>
    </div>
  );
});
