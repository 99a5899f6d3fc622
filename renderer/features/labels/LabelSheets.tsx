import { useSeat } from '#renderer/client/context.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { BedLabel } from './BedLabel.tsx';
import type { CodeKind } from './code-picture.ts';
import styles from './LabelSheets.module.css';
import type { LabelRecord } from './labels-shown.ts';
import { type SheetKind, sheetsOf } from './sheet.ts';

interface LabelSheetsProps {
  readonly labels: readonly LabelRecord[];
  readonly code: CodeKind;
  readonly sheet: SheetKind;
  readonly first: number;
}

/** The paper, in its real size. */
export function LabelSheets({ labels, code, sheet, first }: LabelSheetsProps) {
  const { demo } = useSeat().welcome;
  if (labels.length === 0) return <Blank title="No bed is chosen" />;
  return (
    <section className={styles.sheets} aria-label="Preview" data-print-whole>
      {sheetsOf(labels, sheet, first).map((placed) => (
        <ul key={placed[0]?.label.bedId} className={styles[sheet]}>
          {placed.map(({ label, row, column }) => (
            <li key={label.bedId} style={{ gridArea: `${row} / ${column}` }}>
              <BedLabel label={label} code={code} demo={demo} />
            </li>
          ))}
        </ul>
      ))}
    </section>
  );
}
