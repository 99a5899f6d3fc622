import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import fastifyStatic from '@fastify/static';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ClinicError, type ErrorCode, STATUS_OF } from '#contract/wire.ts';
import type { DoorContext } from './door.ts';
import { readableOnly } from './errors.ts';
import type { LinkParts } from './link.ts';
import { isLoopback, isOwnHost, isOwnOrigin, type OwnAddress } from './origin.ts';
import { serveWebSocket } from './websocket.ts';

export interface HttpOptions extends LinkParts {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** PEM. Without it only loopback is served. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** Description of the API, made by `describeApi`. */
  readonly openapi: object;
  /** The built console; without one only the API is served. */
  readonly staticDir?: string;
  /** Names the certificate is for. */
  readonly names?: readonly string[];
  /** Origins of a development server. */
  readonly origins?: readonly string[];
}

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const BODY_LIMIT = 1_024 * 1_024;

/** Serves console, API and WebSocket from one address. Plain HTTP is refused anywhere but on loopback. */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  if (options.tls === undefined && !isLoopback(options.host)) {
    throw new ClinicError(
      'invalid-input',
      `Listening on ${options.host} needs a certificate: --tls-cert and --tls-key.`,
    );
  }
  let port = options.port;
  const own = (): OwnAddress => ({
    tls: options.tls !== undefined,
    port,
    names: options.names ?? [],
    origins: options.origins ?? [],
  });
  const app = createApp(options);
  answerInWords(app);
  guardDoor(app, own);
  serveApi(app, options);
  await serveConsole(app, options.staticDir);
  const sockets = serveWebSocket(app.server, own, options);
  await app.listen({ host: options.host, port: options.port });
  const address = app.server.address();
  if (typeof address === 'object' && address !== null) port = address.port;
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `${options.tls ? 'https' : 'http'}://${name}:${port}`,
    port,
    async close() {
      sockets.close();
      await app.close();
    },
  };
}

function createApp({ tls }: HttpOptions): FastifyInstance<Server> {
  const common = {
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    requestTimeout: 30_000,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
  } as const;
  // An HTTPS server is an HTTP server to everyone who only listens to its requests and upgrades.
  const app = (tls === undefined
    ? fastify(common)
    : fastify({ ...common, https: { ...tls, minVersion: 'TLSv1.2' } })) as unknown as FastifyInstance<Server>;
  app.server.headersTimeout = 10_000;
  app.server.maxConnections = 2_000;
  return app;
}

function guardDoor(app: FastifyInstance<Server>, own: () => OwnAddress): void {
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    const { tls } = own();
    reply.headers({
      'content-security-policy': policyFor(host, tls),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), midi=()',
      ...(tls ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    });
    if (!isOwnHost(host, own())) return fail(reply, 'not-allowed', 'This address is not served here.');
    if (origin !== undefined && !isOwnOrigin(origin, host, own())) {
      return fail(reply, 'not-allowed', 'Calls from other sites are refused.');
    }
  });
}

function policyFor(host: string | undefined, tls: boolean): string {
  const socket = /^[\w.:[\]-]+$/.test(host ?? '') ? ` ${tls ? 'wss' : 'ws'}://${host}` : '';
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${socket}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ].join('; ');
}

function serveApi(app: FastifyInstance<Server>, { router, sessions, openapi }: HttpOptions): void {
  const handler = new OpenAPIHandler<DoorContext>(router, { interceptors: [readableOnly] });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)));
    } catch {
      done(new ClinicError('invalid-input', 'The body is not JSON.'));
    }
  });
  app.get('/api/openapi.json', (_request, reply) => reply.header('cache-control', 'no-store').send(openapi));
  app.post('/api/:part/:verb', async (request, reply) => {
    const bearer = bearerOf(request);
    // A form on another site can send a POST, but neither JSON nor an Authorization header, without asking us first.
    if (request.headers['content-type'] === undefined && bearer === null) {
      return fail(reply, 'invalid-input', 'The content type must be application/json.', 415);
    }
    request.body ??= {};
    reply.headers({ 'cache-control': 'no-store', 'content-type': 'application/json' });
    const context: DoorContext = {
      carrier: 'http',
      tokenHash: bearer === null ? null : sessions.hashOf(bearer),
      idempotencyKey: keyOf(request),
    };
    const { matched } = await handler.handle(request, reply, { prefix: '/api', context });
    if (!matched) return fail(reply, 'not-found', 'There is no such procedure.');
    return reply;
  });
  app.all('/api/*', async (request, reply) => {
    if (request.method === 'POST') return fail(reply, 'not-found', 'There is no such procedure.');
    reply.header('allow', 'POST');
    return fail(reply, 'invalid-input', 'Calls are made by POST.', 405);
  });
}

function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer ([\w-]{1,500})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' ? key : null;
}

async function serveConsole(app: FastifyInstance<Server>, staticDir: string | undefined): Promise<void> {
  const console = staticDir !== undefined && existsSync(staticDir) ? staticDir : undefined;
  if (console !== undefined) {
    await app.register(fastifyStatic, {
      root: console,
      wildcard: true,
      index: 'index.html',
      setHeaders(reply, path) {
        // Built files carry a hash in their name; the page that names them must be asked for anew.
        const kept = /[\\/]assets[\\/]/.test(path);
        reply.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const { pathname } = new URL(request.url, 'http://hub');
    const page = request.method === 'GET' && !pathname.startsWith('/api') && /^[\w/-]*$/.test(pathname);
    if (page && console !== undefined) return reply.sendFile('index.html');
    return fail(reply, 'not-found', 'There is nothing here.');
  });
}

const WORDS_FOR: Readonly<Record<number, string>> = {
  413: 'The body is larger than 1 MiB.',
  415: 'The content type must be application/json.',
};

function answerInWords(app: FastifyInstance<Server>): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof ClinicError) return fail(reply, error.code, error.message);
    const status = error.statusCode ?? 500;
    if (status >= 500) return fail(reply, 'internal', 'Something went wrong.');
    return fail(reply, 'invalid-input', WORDS_FOR[status] ?? 'The request could not be read.', status);
  });
}

/** The same form a call's own errors have. */
function fail(reply: FastifyReply, code: ErrorCode, message: string, status = STATUS_OF[code]): FastifyReply {
  return reply.status(status).send({ defined: false, code, status, message, data: {} });
}
