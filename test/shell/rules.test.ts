import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments } from '#main/shell/arguments.ts';
import { CRASHES, restartDelay } from '#main/shell/hub-process.ts';
import { refusedToStart, toHtml } from '#main/shell/pages.ts';
import { clampToDisplays, type Rectangle } from '#main/shell/state.ts';

const area = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  width: fc.integer({ min: 320, max: 4000 }),
  height: fc.integer({ min: 240, max: 3000 }),
});

function inside(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

describe('a window', () => {
  it('always ends up wholly on one display', () => {
    fc.assert(
      fc.property(area, fc.array(area, { minLength: 1, maxLength: 4 }), (bounds, displays) => {
        const clamped = clampToDisplays(bounds, displays);
        return displays.some((display) => inside(clamped, display));
      }),
    );
  });

  it('stays where it is when it can be seen whole', () => {
    const display = { x: -1920, y: 0, width: 1920, height: 1040 };
    const bounds = { x: -1500, y: 100, width: 1000, height: 800 };
    expect(clampToDisplays(bounds, [{ x: 0, y: 0, width: 1280, height: 720 }, display])).toEqual(bounds);
  });
});

describe('a hub that ends by itself', () => {
  it('waits longer each time, and is given up at the third within a minute', () => {
    expect(restartDelay([0], 0)).toBe(500);
    expect(restartDelay([0, 10_000], 10_000)).toBe(2000);
    expect(restartDelay([0, 10_000, 59_999], 59_999)).toBeNull();
    expect(restartDelay([0, 10_000, 60_000], 60_000)).toBe(2000);
  });

  it('is never started more than three times in any minute', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 30 }), (lives) => {
        let now = 0;
        const starts = [0];
        const endings: number[] = [];
        for (const life of lives) {
          now += life;
          endings.push(now);
          const delay = restartDelay(endings.slice(-CRASHES.most), now);
          if (delay === null) break;
          now += delay;
          starts.push(now);
        }
        return starts.every((at) => starts.filter((other) => other >= at && other < at + CRASHES.withinMs).length <= 3);
      }),
    );
  });
});

describe('the command line of the app', () => {
  it('knows the options of the hub', () => {
    const args = ['electron', '/the app', '--data', '/a b', '--demo', '--mqtt', 'mqtts://b:8883', '--port', '0'];
    expect(readArguments(args, false)).toMatchObject({
      data: '/a b',
      hub: { demo: true, mqtt: 'mqtts://b:8883', port: 0 },
    });
  });

  it.each([['--key-file=/x'], ['--inspect'], ['word'], ['--port', 'many'], ['--port', '70000'], ['--demo=1']])(
    'refuses %s %s',
    (...words) => {
      expect(readArguments(['Wardline', ...words], true)).toHaveProperty('refusal');
    },
  );

  it('leaves switches of Electron itself alone while it is developed', () => {
    expect(readArguments(['electron', '--remote-debugging-port=0', '/app', '--demo'], false)).toMatchObject({
      hub: { demo: true },
    });
  });
});

describe('the page of the shell', () => {
  it('shows a reason as text, whatever is in it', () => {
    const html = toHtml(refusedToStart('<img src=x onerror=alert(1)> & "more"'));
    expect(html).not.toContain('<img');
    expect(html).toContain('&#60;img');
  });
});
