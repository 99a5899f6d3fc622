import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** Where a server is reached: what a `Host` and an `Origin` header may say. */
export interface OwnAddress {
  readonly tls: boolean;
  readonly port: number;
  /** Names of this machine the certificate is for, beside loopback, addresses and the machine's own name. */
  readonly names: readonly string[];
  /** Origins served from elsewhere, such as a development server. */
  readonly origins: readonly string[];
}

/**
 * Whether a `Host` header means this server. A foreign name that was made to point at us (DNS rebinding) does not;
 * a bare address cannot be made to.
 */
export function isOwnHost(host: string | undefined, own: OwnAddress): boolean {
  const url = host === undefined ? undefined : parse(`${own.tls ? 'https' : 'http'}://${host}`);
  if (url === undefined || url.pathname !== '/' || url.username !== '') return false;
  const port = url.port === '' ? (own.tls ? 443 : 80) : Number(url.port);
  if (port !== own.port) return false;
  const name = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(name) !== 0 || ['localhost', hostname().toLowerCase(), ...own.names].includes(name);
}

/** Whether a page that says it is from `origin` was served by us. `host` has been found to be ours. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, own: OwnAddress): boolean {
  if (origin === undefined || host === undefined) return false;
  return origin === `${own.tls ? 'https' : 'http'}://${host}` || own.origins.includes(origin);
}

/** Whether a listening address can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
