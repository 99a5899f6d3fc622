import { Kbd, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import { useKeyGroups, useKeys } from '#renderer/ui/keys.ts';
import styles from './KeyList.module.css';

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ' ': 'Space',
};

/** Event of the window by which anything may ask for the list of keys. */
export const SHOW_KEYS = 'wardline:show-keys';

/** The keys of the screen on show, opened by `?`. */
export function KeyList() {
  const [opened, { open, close }] = useDisclosure(false);
  const groups = useKeyGroups();
  useKeys('Everywhere', [
    { key: '?', label: 'Show the keys', run: open },
    { key: '/', label: 'Find a patient, bed or screen (also Ctrl K)', run: spotlight.open },
  ]);
  useEffect(() => {
    addEventListener(SHOW_KEYS, open);
    return () => removeEventListener(SHOW_KEYS, open);
  }, [open]);
  return (
    <Modal opened={opened} onClose={close} title="Keys" size="md">
      {[...groups].reverse().map(({ title, bindings }) => (
        <section key={title} className={styles.group}>
          <h3>{title}</h3>
          <dl>
            {bindings
              .filter(({ label }) => label)
              .map(({ key, label }) => (
                <div key={key}>
                  <dt>
                    <Kbd>{KEY_NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</Kbd>
                  </dt>
                  <dd>{label}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
