import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import styles from './MessagePane.module.css';
import { segmentsOf } from './message-view.ts';

/** What a message says, field by field with names, or as it came. */
export function MessageText({ text }: { readonly text: string }) {
  const segments = useMemo(() => segmentsOf(text), [text]);
  const [raw, setRaw] = useState(false);
  return (
    <section aria-label="What it says">
      <div className={styles.says}>
        <h3>What it says</h3>
        <Button aria-pressed={raw || !segments} disabled={!segments} onClick={() => setRaw(!raw)}>
          As it came
        </Button>
      </div>
      {raw || !segments ? (
        <pre className={styles.raw}>{text}</pre>
      ) : (
        segments.map(({ line, name, title, fields }) => (
          <section key={line} className={styles.segment} aria-label={`${name} ${title}`}>
            <h4>
              {name} <small>{title}</small>
            </h4>
            <table>
              <tbody>
                {fields.map(({ position, name: field, words }) => (
                  <tr key={position}>
                    <th scope="row">
                      {position} <span>{field}</span>
                    </th>
                    <td>{words}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))
      )}
    </section>
  );
}
