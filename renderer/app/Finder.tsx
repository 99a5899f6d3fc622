import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconBed, IconMoon, IconSearch, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { formalName } from '#domain/patient/patient.ts';
import { useMe, useQueryOf, useWards } from '#renderer/client/hooks.ts';
import { formatDay, formatSex } from '#renderer/ui/format.ts';
import { useLook } from '#renderer/ui/LookProvider.tsx';
import { LOOK_CHOICES } from '#renderer/ui/look.ts';
import styles from './Finder.module.css';
import { foundByName } from './Rail.tsx';

interface Found {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: ReactNode;
  run(): void;
}

const MOST = 8;
/** No field keeps the shortcut from opening the finder. */
const ANYWHERE: string[] = [];

function matching(found: readonly Found[], query: string): readonly Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return found.filter(({ label, description }) => {
    const text = `${label} ${description ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function usePlaces(): readonly Found[] {
  const { user, may } = useMe();
  const navigate = useNavigate();
  const wards = useWards().data ?? [];
  const screens = foundByName(user.roles).map(({ to, label, icon: Icon }) => ({
    id: to,
    label,
    icon: <Icon size={18} stroke={1.5} />,
    run: () => void navigate({ to }),
  }));
  const boards = wards.map(({ id, name }) => ({
    id: `ward-${id}`,
    label: name,
    description: 'Ward board',
    icon: <IconBed size={18} stroke={1.5} />,
    run: () => void navigate({ to: `/ward/${id}` }),
  }));
  return may('see-board') ? [...screens, ...boards] : screens;
}

function useLookCommands(): readonly Found[] {
  const { choose } = useLook();
  return LOOK_CHOICES.map((choice) => ({
    id: `look-${choice}`,
    label: choice === 'auto' ? 'Look: by the clock' : `Look: ${choice}`,
    icon: <IconMoon size={18} stroke={1.5} />,
    run: () => choose(choice),
  }));
}

function useBedsFound(query: string): readonly Found[] {
  const { may } = useMe();
  const navigate = useNavigate();
  const wanted = query !== '' && may('see-beds');
  const rows = useQueryOf(['encounters', 'occupancy', 'all'], (hub) => hub.encounters.occupancy({}), {
    enabled: wanted,
    staleTime: 5_000,
  });
  if (!wanted) return [];
  return (rows.data ?? []).map(({ bed, ward, displayName, patientId }) => ({
    id: `bed-${bed.id}`,
    label: `Bed ${bed.label}`,
    description: [ward.name, displayName ?? (patientId ? 'occupied' : 'unoccupied')].join(', '),
    icon: <IconBed size={18} stroke={1.5} />,
    run: () =>
      void navigate(patientId && may('see-names') ? { to: `/patient/${patientId}` } : { to: `/ward/${ward.id}` }),
  }));
}

function usePatientsFound(query: string): readonly Found[] {
  const { may } = useMe();
  const navigate = useNavigate();
  const [asked] = useDebouncedValue(query, 120);
  const wanted = asked.length >= 2 && may('see-names');
  const found = useQueryOf(['patients', 'search', asked], (hub) => hub.patients.search({ query: asked }), {
    enabled: wanted,
    staleTime: 5_000,
  });
  if (!wanted) return [];
  return (found.data ?? []).map(({ id, name, birthDate, sex, bed }) => ({
    id: `patient-${id}`,
    label: formalName(name),
    description: [`Born ${formatDay(birthDate)}`, formatSex(sex), bed ? `bed ${bed.label}` : 'not in a bed'].join(', '),
    icon: <IconUser size={18} stroke={1.5} />,
    run: () => void navigate({ to: `/patient/${id}` }),
  }));
}

/** Ctrl K: patients, beds, screens and commands by a few letters. */
export function Finder() {
  const [query, setQuery] = useState('');
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      clearQueryOnClose
      shortcut="mod + K"
      tagsToIgnore={ANYWHERE}
      triggerOnContentEditable
      scrollable
      maxHeight={480}
      size={560}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, color: 'var(--shade)', backgroundOpacity: 1 }}
      yOffset={64}
      classNames={{ action: styles.action }}
    >
      <Spotlight.Search
        placeholder="Name, number, bed, screen or command"
        aria-label="Find"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !document.querySelector(`.${styles.action}[data-selected]`)) {
            document.querySelector<HTMLElement>(`.${styles.action}`)?.click();
          }
        }}
        leftSection={<IconSearch size={18} stroke={1.5} />}
      />
      <Results query={query.trim()} />
    </Spotlight.Root>
  );
}

function Results({ query }: { query: string }) {
  const groups = [
    { title: 'Patients', found: usePatientsFound(query) },
    { title: 'Screens', found: matching(usePlaces(), query) },
    { title: 'Beds', found: matching(useBedsFound(query), query) },
    { title: 'Commands', found: matching(useLookCommands(), query) },
  ].filter(({ found }) => found.length > 0);
  return (
    <Spotlight.ActionsList>
      {groups.map(({ title, found }) => (
        <Spotlight.ActionsGroup key={title} label={title}>
          {found.slice(0, MOST).map(({ id, label, description, icon, run }) => (
            <Spotlight.Action
              key={id}
              label={label}
              description={description}
              leftSection={icon}
              onClick={() => {
                spotlight.close();
                run();
              }}
            />
          ))}
        </Spotlight.ActionsGroup>
      ))}
      {groups.length === 0 && <Spotlight.Empty>Nothing found. Try part of a name or a bed number.</Spotlight.Empty>}
    </Spotlight.ActionsList>
  );
}
