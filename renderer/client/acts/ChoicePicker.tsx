import { TextInput } from '@mantine/core';
import { Fragment, type KeyboardEvent, memo, useCallback, useEffect, useId, useRef, useState } from 'react';
import styles from './ChoicePicker.module.css';

/** One line of a list to choose from. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Where or who, beside the label. */
  readonly where: string;
  /** What is good about it, or what stands against it. */
  readonly why: string;
  /** Can be marked, to read why, and not taken. */
  readonly closed?: boolean;
  /** Found by what was typed: not narrowed down again. */
  readonly found?: boolean;
}

export interface ChoiceGroup<Option extends Choice> {
  readonly title: string;
  /** Best first. */
  readonly options: readonly Option[];
}

interface ChoicePickerProps<Option extends Choice> {
  readonly label: string;
  readonly placeholder: string;
  readonly groups: readonly ChoiceGroup<Option>[];
  readonly value: Option | undefined;
  readonly onChange: (option: Option | undefined) => void;
  /** Told what is typed, by those who look further than the list. */
  readonly onType?: (typed: string) => void;
  /** What is said when nothing is left to choose. */
  readonly none: string;
  readonly autoFocus?: boolean;
}

const PAGE = 6;

/** A list to choose from: type to narrow it down, arrows to walk, Enter to take the marked one. */
export function ChoicePicker<Option extends Choice>(props: ChoicePickerProps<Option>) {
  const { label, placeholder, groups, value, onChange, onType, none, autoFocus = true } = props;
  const [typed, setTyped] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const base = useId();
  const narrowed = groups.map((group) => ({ ...group, options: group.options.filter((one) => fitsTyped(one, typed)) }));
  const shown = narrowed.flatMap(({ options }) => options);
  const at = shown.findIndex(({ id }) => id === value?.id);
  const idOf = (option: Option | undefined) => option && `${base}-${option.id}`;
  const activeId = idOf(shown[at]);
  useEffect(() => {
    const marked = activeId && list.current?.querySelector(`[id="${activeId}"]`);
    if (marked) marked.scrollIntoView?.({ block: 'nearest' });
  }, [activeId]);

  const latest = useRef({ shown, onChange });
  latest.current = { shown, onChange };
  const pick = useCallback((id: string) => {
    latest.current.onChange(latest.current.shown.find((option) => option.id === id));
  }, []);

  function type(words: string) {
    setTyped(words);
    onType?.(words);
    const fits = groups.flatMap(({ options }) => options).filter((option) => fitsTyped(option, words));
    if (!fits.some(({ id }) => id === value?.id)) onChange(fits.find(({ closed }) => !closed) ?? fits[0]);
  }
  function walk(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
    if (step === undefined || shown.length === 0) return;
    event.preventDefault();
    onChange(shown[at === -1 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step))]);
  }

  return (
    <div className={styles.picker}>
      <TextInput
        label={label}
        placeholder={placeholder}
        value={typed}
        autoComplete="off"
        maxLength={60}
        data-autofocus={autoFocus || undefined}
        role="combobox"
        aria-expanded
        aria-controls={`${base}-list`}
        aria-activedescendant={activeId}
        aria-autocomplete="list"
        onKeyDown={walk}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
      <div ref={list} id={`${base}-list`} className={styles.list} role="listbox" aria-label={label} tabIndex={-1}>
        {narrowed.map(({ title, options }) => (
          <Fragment key={title}>
            {options.length > 0 && (
              <p className={styles.title} aria-hidden="true">
                {title} <small>{options.length}</small>
              </p>
            )}
            {options.map((option) => (
              <Line
                key={option.id}
                id={`${base}-${option.id}`}
                option={option}
                title={title}
                marked={option.id === value?.id}
                onPick={pick}
              />
            ))}
          </Fragment>
        ))}
      </div>
      {shown.length === 0 && <p className={styles.none}>{typed.trim() === '' ? none : 'Nothing in the list fits.'}</p>}
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly option: Choice;
  readonly title: string;
  readonly marked: boolean;
  readonly onPick: (id: string) => void;
}

/** A list may have hundreds of lines: marking another draws two of them. */
const Line = memo(
  function Line({ id, option, title, marked, onPick }: LineProps) {
    return (
      <div
        id={id}
        role="option"
        tabIndex={-1}
        className={styles.option}
        aria-selected={marked}
        aria-disabled={option.closed || undefined}
        onClick={() => onPick(option.id)}
        onKeyDown={({ key }) => key === 'Enter' && onPick(option.id)}
      >
        <strong>{option.label}</strong>
        <span>{option.where}</span>
        <small>
          <span className="visually-hidden">{title}: </span>
          {option.why}
        </small>
      </div>
    );
  },
  (before, after) =>
    before.id === after.id &&
    before.title === after.title &&
    before.marked === after.marked &&
    before.onPick === after.onPick &&
    before.option.label === after.option.label &&
    before.option.where === after.option.where &&
    before.option.why === after.option.why &&
    before.option.closed === after.option.closed,
);

/** Whether a line is what was typed: its label by the beginning of a word, or all words found somewhere. */
function fitsTyped({ label, where, found }: Choice, typed: string): boolean {
  const plain = typed.trim().toLowerCase();
  if (plain === '' || found) return true;
  const words = `${label} ${where}`.toLowerCase();
  return words.startsWith(`bed ${plain}`) || plain.split(/\s+/u).every((word) => words.includes(word));
}
