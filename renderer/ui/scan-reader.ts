/** A key as a scanner or a hand presses it; `at` in ms on any clock that only goes forward. */
export interface ScanKey {
  readonly key: string;
  readonly at: number;
  /** With Ctrl, Alt or Meta. */
  readonly modified: boolean;
  /** The key is held down. */
  readonly repeat: boolean;
}

/**
 * What to do with a key: `pass` it on; `hold` it until it is known whether a scanner sends it; `drop` it; or a whole
 * scan is there. `code` is null when it was too long to be one.
 */
export type ScanAnswer = 'pass' | 'hold' | 'drop' | { readonly code: string | null };

/** Keys of one scan follow each other this fast, ms; hands are slower. */
export const SCAN_GAP_MS = 60;
const LONGEST = 5_000;
/** Sent beside the letters they change. */
const SILENT = ['Shift', 'CapsLock', 'AltGraph', 'Control', 'Alt', 'Meta'];

export interface ScanReader {
  press(key: ScanKey): ScanAnswer;
  /** No key came in time: what is held was typed by hand when it is a character or two, else a scan that broke off. */
  rest(): { readonly typed: readonly string[] } | 'incomplete' | null;
}

/**
 * Tells a scanner that types (keyboard wedge) from a hand, wherever the focus is. Keys that control the page are dropped
 * while a scan runs, so that no code can press, open or leave anything.
 */
export function createScanReader(): ScanReader {
  let held = '';
  let length = 0;
  let lastAt = Number.NEGATIVE_INFINITY;

  function forget(): void {
    held = '';
    length = 0;
  }

  function end(): ScanAnswer {
    const code = length > LONGEST ? null : held;
    forget();
    return { code };
  }

  return {
    press({ key, at, modified, repeat }) {
      if (repeat || SILENT.includes(key)) return 'pass';
      const runs = length > 0 && at - lastAt <= SCAN_GAP_MS;
      if (!runs) forget();
      lastAt = at;
      if (key === 'Enter' || key === 'Tab') return runs ? end() : 'pass';
      if (modified || [...key].length !== 1) return runs ? 'drop' : 'pass';
      length += 1;
      if (length <= LONGEST) held += key;
      return 'hold';
    },
    rest() {
      if (length === 0) return null;
      const typed = [...held];
      forget();
      return typed.length <= 2 ? { typed } : 'incomplete';
    },
  };
}
