// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createScanReader, SCAN_GAP_MS } from '#renderer/ui/scan-reader.ts';
import { type Scanned, useScans } from '#renderer/ui/use-scans.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const FAST = 8;

/** What the reader answers to keys that follow each other by `gap`. */
function reads(keys: readonly string[], gap = FAST) {
  const reader = createScanReader();
  const answers = keys.map((key, index) => reader.press({ key, at: index * gap, modified: false, repeat: false }));
  return { reader, answers, last: answers.at(-1) };
}

describe('a scanner that types', () => {
  it('is told from a hand by its pace', () => {
    expect(reads([...'WL:BED:7', 'Enter']).last).toEqual({ code: 'WL:BED:7' });
    expect(reads([...'jk', 'Enter'], 200).last).toBe('pass');
    expect(reads(['Enter']).last).toBe('pass');
  });

  it('may send its capitals with Shift and end with Tab', () => {
    expect(reads(['Shift', 'W', 'Shift', 'L', 'Tab']).last).toEqual({ code: 'WL' });
  });

  it('F63 drops every key that could steer the page while a scan runs', () => {
    const { answers } = reads(['W', 'L', 'Escape', 'F5', 'ArrowDown', 'Delete', '7', 'Enter']);
    expect(answers.slice(2, 6)).toEqual(['drop', 'drop', 'drop', 'drop']);
    expect(answers.at(-1)).toEqual({ code: 'WL7' });
  });

  it('F63 gives no code for one longer than any label', () => {
    expect(reads([...'x'.repeat(5_001), 'Enter']).last).toEqual({ code: null });
    expect(reads([...'x'.repeat(5_000), 'Enter']).last).toEqual({ code: 'x'.repeat(5_000) });
  });

  it('F63 says that a scan broke off, and gives back what a hand typed', () => {
    expect(reads([...'WL:BE']).reader.rest()).toBe('incomplete');
    expect(reads(['j']).reader.rest()).toEqual({ typed: ['j'] });
    expect(reads([]).reader.rest()).toBeNull();
  });

  it('F63 passes on nothing of any scan, whatever it holds', () => {
    const key = fc.oneof(
      fc.integer({ min: 0x20, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('Escape', 'F1', 'Backspace', 'ArrowUp', 'Home', 'ContextMenu', 'BrowserBack'),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 1 }), fc.array(key, { maxLength: 60 }), (first, rest) => {
        const { answers, last } = reads([first, ...rest, 'Enter']);
        if (answers.includes('pass') || typeof last !== 'object') throw new Error(`Let through: ${answers}`);
      }),
    );
  });

  it('lets a key that is held down be: it is a hand', () => {
    const reader = createScanReader();
    expect(reader.press({ key: 'j', at: 0, modified: false, repeat: true })).toBe('pass');
    expect(reader.press({ key: 'Enter', at: SCAN_GAP_MS + 1, modified: false, repeat: false })).toBe('pass');
  });
});

function Listener({ onScan }: { onScan: (scanned: Scanned) => void }) {
  useScans(onScan);
  return null;
}

describe('a screen that hears scans', () => {
  function listening() {
    const scans: Scanned[] = [];
    const typed: string[] = [];
    const pressed = vi.fn();
    addEventListener('keydown', ({ key }) => typed.push(key));
    render(
      <>
        <Listener onScan={(scanned) => scans.push(scanned)} />
        <button type="button" onClick={pressed}>
          Start
        </button>
        <form onSubmit={pressed}>
          <input aria-label="Note" />
        </form>
      </>,
    );
    return { scans, typed, pressed };
  }

  function scan(keys: readonly string[], target: Element = document.body) {
    for (const key of keys) fireEvent.keyDown(target, { key });
  }

  it('takes a scan wherever the focus is, and presses nothing', () => {
    const { scans, typed, pressed } = listening();
    const button = screen.getByRole('button');
    button.focus();
    scan([...'WL:BED:7', 'Enter'], button);
    expect(scans).toEqual([{ code: 'WL:BED:7' }]);
    expect([typed, pressed.mock.calls]).toEqual([[], []]);
  });

  it('gives keys typed by hand to the page a moment later', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { scans, typed, pressed } = listening();
    scan(['j']);
    expect(typed).toEqual([]);
    vi.advanceTimersByTime(SCAN_GAP_MS);
    expect([typed, scans]).toEqual([['j'], []]);
    screen.getByRole('button').focus();
    scan([' '], screen.getByRole('button'));
    vi.advanceTimersByTime(SCAN_GAP_MS);
    expect(pressed).toHaveBeenCalledTimes(1);
  });

  it('F63 keeps the Enter of a scan from sending a form somebody fills in', () => {
    const { scans, pressed } = listening();
    const note = screen.getByLabelText('Note');
    note.focus();
    const ended = [...'=cmd|calc'].map((key) => fireEvent.keyDown(note, { key })).every(Boolean);
    expect(ended).toBe(true);
    expect(fireEvent.keyDown(note, { key: 'Enter' })).toBe(false);
    expect([scans, pressed.mock.calls]).toEqual([[], []]);
  });
});
