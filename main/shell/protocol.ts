import { readFileSync, realpathSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { type ShellPage, toHtml } from './pages.ts';

const SCHEME = 'app';
/** The only place a window of ours ever shows. */
export const CONSOLE = 'app://console/';
/** The shell's own page: start, stop, failure. */
export const SHELL_PAGE = `${CONSOLE}.shell`;

const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
};

function answer(status: number, type: string, body: string | Buffer): Response {
  const headers = {
    'content-type': type,
    'content-security-policy': CONTENT_SECURITY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=(), payment=()',
  };
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status, headers });
}

const notFound = (): Response => answer(404, 'text/plain; charset=utf-8', 'Not found.');

/** Path segments of an address, or null when it climbs, hides a separator or cannot be decoded. */
function segmentsOf(path: string): string[] | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  const segments = decoded.split('/').filter(Boolean);
  const sly = segments.some((part) => part.startsWith('.') || /[\\:\0]/.test(part));
  return sly ? null : segments;
}

/**
 * Serves the console's built files and nothing beside them. An address without an ending is a screen of the console and gets its page; one that
 * names no file, or a place outside the folder, is 404.
 */
export function serveConsole(folder: string, address: string): Response {
  const url = new URL(address);
  if (url.protocol !== `${SCHEME}:` || url.host !== 'console') return notFound();
  const segments = segmentsOf(url.pathname);
  if (!segments) return notFound();
  const last = segments.at(-1) ?? '';
  const file = extname(last) === '' ? join(folder, 'index.html') : join(folder, ...segments);
  try {
    const real = realpathSync(file);
    if (!real.startsWith(realpathSync(folder) + sep)) return notFound();
    return answer(200, TYPES[extname(real)] ?? 'application/octet-stream', readFileSync(real));
  } catch {
    return notFound();
  }
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Answers every address of our scheme: the shell's own page as it is at that moment, else the console's files. */
export function serveScheme(session: Session, folder: string, currentPage: () => ShellPage): void {
  session.protocol.handle(SCHEME, (request) => {
    if (request.method !== 'GET') return answer(405, 'text/plain; charset=utf-8', 'Only GET.');
    if (request.url === SHELL_PAGE) return answer(200, TYPES['.html'] ?? '', toHtml(currentPage()));
    return serveConsole(folder, request.url);
  });
}
