import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { BedId, EncounterId, PatientId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import type { Choice, ChoiceGroup } from '#renderer/client/acts/ChoicePicker.tsx';
import type { Board, BoardRow } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { expectedIn, pendingIn, waiting } from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { ageAndSex, URGENCY_WORDS } from '#renderer/client/board/board-words.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { sayMoment } from '#renderer/ui/clinic-time.ts';
import { formatDay } from '#renderer/ui/format.ts';
import { soonWords, useBoardDay } from '../board/board-day.ts';

/** Somebody who may be given a bed: with an encounter, or registered only. */
export interface PersonChoice extends Choice {
  readonly encounterId: EncounterId | null;
  readonly patientId: PatientId | null;
  readonly row: BoardRow | undefined;
}

/** Who may be given a bed of the board, whoever has the best claim first; typing finds any registered patient too. */
export function usePeopleChoices(bedId: BedId, registered: boolean) {
  const scope = useBoardScope();
  const day = useBoardDay();
  const { until } = day;
  const zone = useZone();
  const called = useCalled();
  const board = useBoardAs<Board>(scope, (whole) => whole);
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 150);
  const found = useQueryOf([...recordKeys.patients, 'search', query], (hub) => hub.patients.search({ query }), {
    enabled: registered && query.length > 1,
  });
  const tile = board?.tiles.get(bedId);
  const seen = new Set<EncounterId>();
  const choiceOf = (row: BoardRow, why: string): PersonChoice => ({
    id: row.encounterId,
    encounterId: row.encounterId,
    patientId: row.patientId,
    row,
    label: called(row) ?? 'Patient',
    where: [ageAndSex(row), row.placeWords].filter(Boolean).join(', '),
    why,
  });
  const group = (title: string, rows: readonly (readonly [BoardRow, string])[]): ChoiceGroup<PersonChoice> => ({
    title,
    options: rows.flatMap(([row, why]) => {
      if (seen.has(row.encounterId)) return [];
      seen.add(row.encounterId);
      return [choiceOf(row, why)];
    }),
  });
  const groups = board
    ? [
        group('The bed is kept for', tile?.keptFor ? [[tile.keptFor, '']] : []),
        group(
          'A bed was asked for',
          pendingIn(board, tile?.bed.wardId).map(({ row, request }) => [
            row,
            `${URGENCY_WORDS[request.urgency]}: ${request.reason}`,
          ]),
        ),
        group(
          'Waiting, in no bed',
          waiting(board).map((row) => [row, row.reason ?? '']),
        ),
        group(
          `Expected ${soonWords(day)}`,
          expectedIn(board, until).map((row) => [
            row,
            row.expectedAt === null ? 'no time said' : `expected ${sayMoment(row.expectedAt, day.dayEnd - 1, zone)}`,
          ]),
        ),
      ]
    : [];
  const others = (query.length > 1 ? (found.data ?? []) : []).filter(
    ({ encounter }) => !encounter || !seen.has(encounter.id),
  );
  const registeredGroup: ChoiceGroup<PersonChoice> = {
    title: 'Registered patients',
    options: others.map((patient) => ({
      id: patient.id,
      encounterId: patient.encounter?.id ?? null,
      patientId: patient.id,
      row: patient.encounter ? board?.rows.get(patient.encounter.id) : undefined,
      label: called({ displayName: formalName(patient.name) }) ?? '',
      where: `born ${formatDay(patient.birthDate)}`,
      found: true,
      why: patient.bed ? `in bed ${patient.bed.label}` : patient.encounter ? 'here, in no bed' : 'not admitted',
    })),
  };
  return { groups: registered ? [...groups, registeredGroup] : groups, typed, onType: setTyped };
}
