import { describe, expect, it } from 'vitest';
import { knownEventKind } from '#domain/device/event-kind.ts';
import type { DeviceProfile } from '#domain/device/profile.ts';
import { knownType, PROFILES, profileOf } from '#domain/device/profiles/index.ts';
import { waveOf } from '#domain/device/wave.ts';
import { metricOf } from '#domain/observation/metric.ts';

describe('the kinds of device', () => {
  it('are all eighteen, each once', () => {
    expect(PROFILES).toHaveLength(18);
    expect(new Set(PROFILES.map(({ type }) => type)).size).toBe(18);
  });

  it.each(PROFILES.map((profile): [string, DeviceProfile] => [profile.type, profile]))(
    '%s speaks only of what there is',
    (_type, profile) => {
      expect(profile.metrics.filter((code) => metricOf(code) === undefined)).toEqual([]);
      expect(profile.waves.filter((name) => waveOf(name) === undefined)).toEqual([]);
      expect(profile.events.filter((kind) => !knownEventKind(kind))).toEqual([]);
      expect(profile.lostAfterMs).toBeGreaterThan(0);
    },
  );

  it('lose a bedside monitor after ten silent seconds', () => {
    expect(profileOf('bedside-monitor')).toMatchObject({ lostAfterMs: 10_000, bedside: true });
  });

  it('meet an unknown word, a dangerous word or none at all with the general profile', () => {
    for (const type of ['teleporter', '__proto__', 'constructor', '', null]) {
      expect(knownType(type)).toBe(false);
      expect(profileOf(type).metrics).toContain('hr');
    }
  });
});
