import type { BrokerReport, Denial } from './broker-messages.ts';

const MOST_DENIALS = 500;
const TAKEOVER_SPAN_MS = 60_000;
/** Takeovers of one id within a minute after which newcomers are refused: two devices are fighting over it. */
const MOST_TAKEOVERS = 5;

/** Counts what the broker refused and which ids are fought over; bounded whatever clients do. */
export interface BrokerWatch {
  denied(act: Denial['act'], client: string, what: string): void;
  /** Whether a second connection may take the id from the one that has it. */
  mayTakeOver(client: string, now: number): boolean;
  /** What happened since the last report; null when nothing did. */
  report(clients: number, now: number): BrokerReport | null;
}

export function createBrokerWatch(): BrokerWatch {
  const denials = new Map<string, { client: string; act: Denial['act']; what: string; count: number }>();
  const takeovers = new Map<string, number>();
  const recent = new Map<string, number[]>();
  let toldClients = 0;

  return {
    denied(act, client, what) {
      const key = `${act}\n${client}\n${what}`;
      const known = denials.get(key);
      if (known) known.count += 1;
      else if (denials.size < MOST_DENIALS) {
        denials.set(key, { client: client.slice(0, 64), act, what: what.slice(0, 200), count: 1 });
      }
    },
    mayTakeOver(client, now) {
      takeovers.set(client, (takeovers.get(client) ?? 0) + 1);
      const times = (recent.get(client) ?? []).filter((at) => now - at < TAKEOVER_SPAN_MS);
      const may = times.length < MOST_TAKEOVERS;
      if (may) times.push(now);
      recent.set(client, times);
      return may;
    },
    report(clients, now) {
      for (const [client, times] of recent)
        if (times.every((at) => now - at >= TAKEOVER_SPAN_MS)) recent.delete(client);
      if (denials.size === 0 && takeovers.size === 0 && clients === toldClients) return null;
      const report = {
        clients,
        denials: [...denials.values()],
        takeovers: [...takeovers].map(([client, count]) => ({ client, count })),
      };
      denials.clear();
      takeovers.clear();
      toldClients = clients;
      return report;
    },
  };
}
