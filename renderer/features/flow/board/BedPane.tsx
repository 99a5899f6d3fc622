import { Button, CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BedId } from '#domain/ids.ts';
import type { BoardBed, Tile } from '#renderer/client/board/board.ts';
import { useBoardAs, useTile } from '#renderer/client/board/board-hooks.ts';
import { bedWord } from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { doubtWords } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useMe, useWritable } from '#renderer/client/hooks.ts';
import { EQUIPMENT_WORDS, ISOLATION_WORDS, SEX_RULE_WORDS } from '#renderer/client/place-words.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { ActButtons } from '../acts/ActButtons.tsx';
import { bedActs } from '../acts/act-list.ts';
import { useDoAct } from '../acts/use-do-act.ts';
import { Due, RunningClock } from '../parts/Clock.tsx';
import styles from '../parts/Pane.module.css';
import { PersonFacts } from '../parts/PersonFacts.tsx';
import { useBoardDay } from './board-day.ts';
import { statusWords, UNCONFIRMED } from './tile-lines.ts';

interface BedPaneProps {
  readonly bedId: BedId;
  readonly onClose: () => void;
}

/** One bed beside the board: what it is, what it has, who lies in it, and what can be done. */
export function BedPane({ bedId, onClose }: BedPaneProps) {
  const { may } = useMe();
  const scope = useBoardScope();
  const tile = useTile(scope, bedId);
  const requestOf = useBoardAs(scope, (board) => board.requestOf);
  const ward = useBoardAs(scope, (board) => board.wards.find(({ id }) => id === tile?.bed.wardId)?.name);
  if (!tile) return null;
  const { bed, occupants } = tile;
  return (
    <aside className={styles.pane} aria-label={`Bed ${bed.label}`}>
      <header className={styles.head}>
        <h2>
          Bed {bed.label}{' '}
          <small>
            {ward}, room {bed.roomLabel}
          </small>
        </h2>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      <BedFacts tile={tile} />
      {bed.doubts.map((doubt) => (
        <DoubtBox key={doubt.id} bed={bed} doubt={doubt} />
      ))}
      {occupants.map((row) => (
        <PersonFacts key={row.encounterId} row={row} request={requestOf?.get(row.encounterId)} />
      ))}
      <ActButtons label={`What can be done with bed ${bed.label}`} acts={bedActs(tile, may)} />
      {may('see-beds') && (
        <Link className={styles.label} to="/labels" search={{ bed: bed.bedId }}>
          Print the label of bed {bed.label}
        </Link>
      )}
    </aside>
  );
}

function BedFacts({ tile }: { readonly tile: Tile }) {
  const { zone, dayEnd } = useBoardDay();
  const called = useCalled();
  const { bed, keptFor } = tile;
  const { cleaning, block, reservation } = bed;
  const say = (at: number) => sayMoment(at, dayEnd - 1, zone);
  const ages = bed.ageFrom !== null || bed.ageTo !== null;
  return (
    <dl className={styles.facts}>
      <Fact label="State">{bedWord(bed) === 'occupied' ? 'Occupied' : statusWords(tile)}</Fact>
      {cleaning && (
        <Fact label="Cleaning">
          {cleaning.state === 'started' ? 'under way' : 'asked for'}{' '}
          <RunningClock since={cleaning.startedAt ?? cleaning.requestedAt} />,{' '}
          {cleaning.state === 'started' ? 'done ' : 'start '}
          <Due at={cleaning.dueAt} />
          {cleaning.assigneeName && `, ${cleaning.assigneeName}`}
        </Fact>
      )}
      {block && (
        <Fact label="Blocked">
          since {say(block.from)}, {block.to === null ? 'until somebody ends it' : `until ${say(block.to)}`}
          {block.note && `. ${block.note}`}
        </Fact>
      )}
      {reservation && (
        <Fact label="Kept for">
          {called(keptFor ?? reservation) ?? 'another patient'}, until {say(reservation.until)}
        </Fact>
      )}
      {bed.isolation && <Fact label="Isolation">{ISOLATION_WORDS[bed.isolation]}</Fact>}
      {bed.equipment.length > 0 && (
        <Fact label="Has">{bed.equipment.map((item) => EQUIPMENT_WORDS[item].toLowerCase()).join(', ')}</Fact>
      )}
      {bed.sexRule !== 'any' && <Fact label="Room for">{SEX_RULE_WORDS[bed.sexRule]}</Fact>}
      {ages && (
        <Fact label="Ages">
          {bed.ageFrom ?? 0} to {bed.ageTo ?? 'any'} y
        </Fact>
      )}
      {bed.places > 1 && <Fact label="Places">{bed.places}, shared</Fact>}
      {bed.fromFeed && (
        <Fact label="Source">
          <Unconfirmed bed={bed} />
        </Fact>
      )}
    </dl>
  );
}

/** That nobody confirmed the bed, and who does so where. */
function Unconfirmed({ bed: { label, wardId } }: { readonly bed: BoardBed }) {
  const { may } = useMe();
  return (
    <>
      {UNCONFIRMED}: offered after all other beds.{' '}
      {may('settings') ? (
        <Link to="/settings" search={{ tab: 'places', place: wardId }}>
          Look at it and confirm bed {label}
        </Link>
      ) : (
        'An administrator confirms it in Settings, under its ward.'
      )}
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface DoubtBoxProps {
  readonly bed: BoardBed;
  readonly doubt: BoardBed['doubts'][number];
}

/** What contradicts the board; a person who looked may say that the board is right. */
function DoubtBox({ bed, doubt }: DoubtBoxProps) {
  const { zone, dayEnd } = useBoardDay();
  const { may } = useMe();
  const writable = useWritable();
  const doAct = useDoAct();
  return (
    <div className={styles.doubt}>
      <p>
        <strong>Doubt: {doubtWords(doubt)}.</strong> {doubt.what}, since {sayMoment(doubt.since, dayEnd - 1, zone)}.
        Look at the bed.
      </p>
      {may('bed-states') && (
        <Button
          disabled={!writable.ok}
          title={writable.why ?? ''}
          onClick={() =>
            doAct({ id: 'settle', label: '', does: { kind: 'bed', step: { kind: 'settle', bed, doubtId: doubt.id } } })
          }
        >
          I looked: the board is right
        </Button>
      )}
    </div>
  );
}
