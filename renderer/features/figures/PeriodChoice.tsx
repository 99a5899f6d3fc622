import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatDay } from '#renderer/ui/format.ts';
import { parseDay } from '#renderer/ui/parse-day.ts';
import styles from './PeriodChoice.module.css';
import { PERIOD_WORDS, PERIODS, periodName } from './period.ts';
import { type FigureSearch, useFigureSearch } from './use-figures.ts';

/** Over which time: one of a few, or from day to day. */
export function PeriodChoice() {
  const [search, change] = useFigureSearch();
  const chosen = periodName(search);
  const [choosing, setChoosing] = useState(chosen === 'custom');
  return (
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">Period</legend>
      {PERIODS.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === 'custom' ? choosing : !choosing && chosen === name}
          onClick={() => {
            setChoosing(name === 'custom');
            if (name !== 'custom') change({ period: name, from: undefined, to: undefined });
          }}
        >
          {PERIOD_WORDS[name]}
        </button>
      ))}
      {choosing && <DayForm search={search} onShow={(from, to) => change({ period: 'custom', from, to })} />}
    </fieldset>
  );
}

interface DayFormProps {
  readonly search: FigureSearch;
  readonly onShow: (from: string, to: string) => void;
}

function DayForm({ search, onShow }: DayFormProps) {
  const custom = periodName(search) === 'custom';
  const [typed, setTyped] = useState({
    from: custom ? formatDay(search.from ?? null) : '',
    to: custom ? formatDay(search.to ?? null) : '',
  });
  const from = parseDay(typed.from);
  const to = parseDay(typed.to);
  const field = (name: 'from' | 'to', label: string, day: string | undefined) => (
    <TextInput
      size="xs"
      w={116}
      aria-label={label}
      placeholder={`${label}: dd-mmm-yyyy`}
      error={typed[name] !== '' && day === undefined}
      value={typed[name]}
      maxLength={20}
      onChange={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value })}
      onBlur={() => day && setTyped((now) => ({ ...now, [name]: formatDay(day) }))}
    />
  );
  return (
    <form
      className={styles.days}
      onSubmit={(event) => {
        event.preventDefault();
        if (from && to) onShow(from, to);
      }}
    >
      {field('from', 'First day', from)}
      {field('to', 'Last day', to)}
      <Button type="submit" disabled={!from || !to} title={!from || !to ? 'Enter both days, such as 01-Mar-2026.' : ''}>
        Show
      </Button>
    </form>
  );
}
