import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { BoardRow } from '#renderer/client/board/board.ts';
import { useMe } from '#renderer/client/hooks.ts';
import { ISOLATION_WORDS } from '#renderer/client/place-words.ts';
import { visitTitle, visitWords } from '#renderer/client/visit-words.ts';
import { formatSex } from '#renderer/ui/format.ts';
import { momentWords } from '#renderer/ui/grid/list-time.ts';
import type { ColumnWorld } from './people-columns.ts';
import styles from './RowPane.module.css';
import { alarmWords, CLASS_WORDS, newsWords, standWords, triageWords } from './row-words.ts';

interface RowPaneProps {
  readonly row: BoardRow;
  readonly world: ColumnWorld;
  readonly onHistory: () => void;
  readonly onClose: () => void;
}

/** One patient of a list beside it: what is known of the way so far, and the ways on. */
export function RowPane({ row, world, onHistory, onClose }: RowPaneProps) {
  const { may } = useMe();
  const navigate = useNavigate();
  const name = world.called(row);
  const { patientId } = row;
  return (
    <aside className={styles.pane} aria-label={name}>
      <header className={styles.head}>
        <h2>{name}</h2>
        <ActionIcon aria-label="Close" onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      <p className={styles.stand}>{standWords(row)}</p>
      {may('see-names') && (
        <div className={styles.acts}>
          {patientId && (
            <Button variant="filled" onClick={() => void navigate({ to: `/patient/${patientId}` })}>
              Open patient
            </Button>
          )}
          <Button onClick={onHistory}>History</Button>
        </div>
      )}
      <dl className={styles.facts}>
        {factsOf(row, world)
          .filter(([, words]) => words !== '')
          .map(([term, words]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ))}
      </dl>
    </aside>
  );
}

function factsOf(row: BoardRow, { zone, wardName, named }: ColumnWorld): (readonly [string, string])[] {
  const moment = (at: number | null): string => (at === null ? '' : momentWords(at, zone));
  return [
    ['Age', !named ? '' : row.ageYears === null ? 'Not recorded' : `${row.ageYears} y`],
    ['Sex', named ? formatSex(row.sex) : ''],
    ['Visit number', visitTitle(row.visitNumber) || visitWords(row.visitNumber)],
    ['Class', CLASS_WORDS[row.class]],
    ['Ward', wardName(row.place?.wardId)],
    ['Place', row.placeWords],
    ['Reason', row.reason ?? ''],
    ['Isolation', row.isolation ? ISOLATION_WORDS[row.isolation] : ''],
    ['Triage', triageWords(row)],
    ['NEWS2', newsWords(row)],
    ['Alarm', alarmWords(row)],
    ['Expected', moment(row.expectedAt)],
    ['Arrived', moment(row.arrivedAt)],
    ['See by', moment(row.seeBy)],
    ['Seen', moment(row.seenAt)],
    ['Admission decided', moment(row.admissionDecidedAt)],
    ['Admitted', moment(row.admittedAt)],
    ['In bed since', moment(row.bedSince)],
    ['Move planned', row.transferPlanned ?? ''],
    ['Expected out', moment(row.expectedDischargeAt)],
    ['Discharge ordered', moment(row.dischargeOrderedAt)],
    ['Medically ready', moment(row.medicallyReadyAt)],
    ['Waits for', row.waitingFor ?? ''],
    ['Called', moment(row.call?.since ?? null)],
    ['Tag heard', row.tagAt ?? ''],
  ];
}
