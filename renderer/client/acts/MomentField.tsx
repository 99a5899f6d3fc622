import { NativeSelect, TextInput } from '@mantine/core';
import { readMoment, sayMoment } from '#renderer/ui/clinic-time.ts';
import { useZone } from '../hooks.ts';
import { useNow } from '../live-hooks.ts';

/** A time as typed, and which of two is meant where the clock showed it twice. */
export interface MomentDraft {
  readonly typed: string;
  readonly second: boolean;
}
export const NO_MOMENT: MomentDraft = { typed: '', second: false };

interface Moment {
  /** Epoch ms; null where nothing was typed; undefined while it means nothing. */
  readonly at: number | null | undefined;
  /** What stands against it, in words. */
  readonly why: string | undefined;
  /** Both times where the clock showed the one typed twice. */
  readonly twice: readonly number[] | undefined;
}

/** What a typed time means on the clinic's clock. `past`: when something happened, so not in the future. */
export function momentOf({ typed, second }: MomentDraft, now: number, zone: string, past: boolean): Moment {
  const read = readMoment(typed, now, zone, past);
  if (read.kind === 'now') return { at: null, why: undefined, twice: undefined };
  if (read.kind === 'unclear') return { at: undefined, why: read.why, twice: undefined };
  const [first, last = first] = read.moments;
  const at = second ? last : first;
  const twice = read.moments.length > 1 ? read.moments : undefined;
  if (past && at !== undefined && at > now) return { at: undefined, why: 'This time is still to come.', twice };
  return { at, why: undefined, twice };
}

interface MomentFieldProps {
  readonly label: string;
  readonly value: MomentDraft;
  readonly onChange: (value: MomentDraft) => void;
  /** When something happened; else when something will. */
  readonly past: boolean;
  /** What an empty field means: "now". */
  readonly empty: string;
}

/** A time in the clinic's own words; empty where nothing need be said. Shows what it understood. */
export function MomentField({ label, value, onChange, past, empty }: MomentFieldProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const { at, why, twice } = momentOf(value, now, zone, past);
  return (
    <div>
      <TextInput
        label={label}
        placeholder={empty}
        value={value.typed}
        error={why}
        description={at == null ? `Empty: ${empty}` : sayMoment(at, now, zone)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        maxLength={40}
        onChange={({ currentTarget }) => onChange({ typed: currentTarget.value, second: false })}
      />
      {twice && (
        <NativeSelect
          mt={4}
          aria-label="The clock was put back over this time. Which one?"
          data={[
            { value: 'first', label: 'the first time the clock showed it' },
            { value: 'second', label: 'the second, after the clock was put back' },
          ]}
          value={value.second ? 'second' : 'first'}
          onChange={({ currentTarget }) => onChange({ ...value, second: currentTarget.value === 'second' })}
        />
      )}
    </div>
  );
}
