import type { DeviceId } from '../ids.ts';
import { ENDINGS, type Ending } from './message.ts';

const SEGMENT = /^[a-z0-9][a-z0-9-]{0,63}$/;
const endings: ReadonlySet<string> = new Set(ENDINGS);
/** Topics remembered by their whole text; beyond them each is taken apart anew. */
const MOST_REMEMBERED = 100_000;

/** Where a message belongs. */
export interface Route {
  readonly deviceId: DeviceId;
  readonly ending: Ending;
}

/** Whether a text can be the `{clinic}` or `{device}` segment of a topic. */
export function validSegment(text: string): boolean {
  return SEGMENT.test(text);
}

/** Reads one clinic's topics. `ours` is the hub's own command topic; undefined is no topic a device may speak on. */
export function createTopics(clinic: string): { route(topic: string): Route | 'ours' | undefined } {
  const remembered = new Map<string, Route | 'ours'>();
  return {
    route(topic) {
      const known = remembered.get(topic);
      if (known !== undefined) return known;
      const route = parseTopic(clinic, topic);
      if (route !== undefined && remembered.size < MOST_REMEMBERED) remembered.set(topic, route);
      return route;
    },
  };
}

function parseTopic(clinic: string, topic: string): Route | 'ours' | undefined {
  const [root, ofClinic, kind, deviceId, ending, ...rest] = topic.split('/');
  if (root !== 'clinic' || ofClinic !== clinic || kind !== 'device' || rest.length > 0) return undefined;
  if (deviceId === undefined || !validSegment(deviceId) || ending === undefined) return undefined;
  if (ending === 'command') return 'ours';
  return endings.has(ending) ? { deviceId: deviceId as DeviceId, ending: ending as Ending } : undefined;
}
