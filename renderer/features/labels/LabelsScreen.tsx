import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQueryOf } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { BedPick } from './BedPick.tsx';
import { CODE_KINDS } from './code-picture.ts';
import { LabelOptions } from './LabelOptions.tsx';
import { LabelSheets } from './LabelSheets.tsx';
import styles from './LabelsScreen.module.css';
import { labelsShown } from './labels-shown.ts';
import { SHEETS } from './sheet.ts';

/** What the address holds: whose labels, which of them are left out, and how they are printed. */
export interface LabelSearch {
  readonly ward?: string | undefined;
  /** One bed's label only. */
  readonly bed?: string | undefined;
  readonly code?: string | undefined;
  readonly sheet?: string | undefined;
  readonly first?: number | undefined;
  /** Beds without a label in this print, by id. */
  readonly without?: readonly string[] | undefined;
}

/** Labels for beds: their code for scanners, their name for people. Shown as they will be printed. */
export function LabelsScreen() {
  const search = useSearch({ strict: false }) as LabelSearch;
  const navigate = useNavigate();
  const labels = useQueryOf(['beds', 'labels'], (hub) => hub.beds.labels({}), { staleTime: 5_000 });
  if (labels.isPending) return <p role="status">Reading the beds…</p>;
  if (labels.isError && !labels.data) {
    return (
      <Fault
        title="The labels could not be read."
        detail={sayError(labels.error)}
        action="Try again"
        onAction={() => void labels.refetch()}
      />
    );
  }
  if (labels.data.length === 0) {
    return (
      <Blank title="No beds are set up">
        <p>An administrator adds wards, rooms and beds in Settings.</p>
      </Blank>
    );
  }
  const change = (changes: LabelSearch) => void navigate({ to: '.', search: { ...search, ...changes }, replace: true });
  const chosen = labelsShown(labels.data, search);
  const left = new Set(search.without ?? []);
  const printed = chosen.filter(({ bedId }) => !left.has(bedId));
  return (
    <div className={styles.screen}>
      <aside className={styles.options} aria-label="What to print">
        <h1>Bed labels</h1>
        <LabelOptions labels={labels.data} search={search} count={printed.length} onChange={change} />
        <BedPick
          labels={chosen}
          without={left}
          onChange={(without) => change({ without: without.length > 0 ? without : undefined })}
        />
      </aside>
      <LabelSheets
        labels={printed}
        code={CODE_KINDS.find((kind) => kind === search.code) ?? 'datamatrix'}
        sheet={SHEETS.find((kind) => kind === search.sheet) ?? 'a4'}
        first={typeof search.first === 'number' ? search.first : 1}
      />
    </div>
  );
}
