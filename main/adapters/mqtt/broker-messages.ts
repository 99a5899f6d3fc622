/** User name and client id of the hub itself on the embedded broker. */
export const HUB_NAME = 'wardline-hub';

export interface BrokerSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly clinic: string;
  /** Accepts any device password. */
  readonly demo: boolean;
  /** What the hub signs in with; random for each start of the hub. */
  readonly hubSecret: string;
  /** PEM texts. */
  readonly tls: { readonly cert: string; readonly key: string; readonly ca?: string } | null;
  /** How long a device's message waits for a hub that is away, ms. */
  readonly patienceMs: number;
}

/** Device id to the hash of its password: `sha256:` and 64 hex digits, or an argon2 PHC string. */
export type Credentials = Readonly<Record<string, string>>;

export type ToBroker =
  | { readonly kind: 'start'; readonly settings: BrokerSettings; readonly credentials: Credentials }
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'stop' };

/** Something a client was refused, counted; `what` is the topic or the reason. */
export interface Denial {
  readonly client: string;
  readonly act: 'publish' | 'subscribe' | 'connect';
  readonly what: string;
  readonly count: number;
}

/** A client id that a second connection took from the first, and how often since the last report. */
export interface Takeover {
  readonly client: string;
  readonly count: number;
}

export interface BrokerReport {
  readonly clients: number;
  readonly denials: readonly Denial[];
  readonly takeovers: readonly Takeover[];
}

export type FromBroker =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string }
  | ({ readonly kind: 'report' } & BrokerReport);
