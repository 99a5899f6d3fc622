import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One of our folders, what it may import of ours, and what of its surroundings. */
interface Layer {
  readonly name: string;
  readonly holds: RegExp;
  readonly mayImport: readonly string[];
  /** `all`, or the node modules it may use. */
  readonly node: 'all' | readonly string[];
  readonly electron?: true;
  /** Packages it may use; all when left out. */
  readonly packages?: readonly RegExp[];
}

const HUB = ['domain', 'contract', 'services', 'adapters', 'transports', 'db', 'main'];

/** DESIGN.md's table. The first layer that holds a path is its own. */
export const LAYERS: readonly Layer[] = [
  { name: 'domain', holds: /^main\/domain\//, mayImport: ['domain'], node: [], packages: [] },
  {
    name: 'services',
    holds: /^main\/services\//,
    mayImport: ['domain', 'contract', 'services'],
    // Hashing and ids are arithmetic, and passwords are hashed on a thread of their own: no file, no network.
    node: ['node:crypto', 'node:worker_threads', 'node:buffer'],
  },
  { name: 'adapters', holds: /^main\/adapters\//, mayImport: ['domain', 'adapters'], node: 'all' },
  { name: 'transports', holds: /^main\/transports\//, mayImport: ['domain', 'contract', 'transports'], node: 'all' },
  { name: 'shell', holds: /^main\/shell\//, mayImport: ['contract', 'shell'], node: 'all', electron: true },
  { name: 'main', holds: /^main\/(?:import\/)?[^/]+$/, mayImport: HUB, node: 'all' },
  {
    name: 'contract',
    holds: /^preload\/contract\//,
    mayImport: ['domain', 'contract'],
    node: [],
    packages: [/^zod$/, /^@orpc\/contract$/],
  },
  { name: 'preload', holds: /^preload\//, mayImport: ['contract', 'preload'], node: [], electron: true },
  {
    name: 'db',
    holds: /^db\//,
    mayImport: ['domain', 'db'],
    // Beyond the table: the reader thread, the address of its file, who holds the store, and packing numerics.
    node: [
      ...['node:fs', 'node:fs/promises', 'node:path', 'node:crypto'],
      ...['node:worker_threads', 'node:url', 'node:os', 'node:process', 'node:buffer', 'node:zlib'],
    ],
  },
  { name: 'renderer', holds: /^renderer\//, mayImport: ['domain', 'contract', 'renderer'], node: [] },
  { name: 'simulators', holds: /^simulators\//, mayImport: ['domain', 'simulators'], node: 'all' },
  {
    name: 'test',
    holds: /^test\//,
    mayImport: [...HUB, 'shell', 'preload', 'renderer', 'simulators', 'test'],
    node: 'all',
  },
  { name: 'tools', holds: /^[^/]+$/, mayImport: [], node: 'all' },
];

/** package.json's aliases and the folders they stand for. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^#domain\//, 'main/domain/'],
  [/^#services\//, 'main/services/'],
  [/^#adapters\//, 'main/adapters/'],
  [/^#transports\//, 'main/transports/'],
  [/^#main\//, 'main/'],
  [/^#contract$/, 'preload/contract/index.ts'],
  [/^#contract\//, 'preload/contract/'],
  [/^#preload\//, 'preload/'],
  [/^#db\//, 'db/'],
  [/^#renderer\//, 'renderer/'],
  [/^#simulators\//, 'simulators/'],
  [/^#test\//, 'test/'],
];

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function visit(node: Node, look: (node: Node, parent: Node | null, key: string) => void): void {
  const walk = (current: Node, parent: Node | null, key: string): void => {
    look(current, parent, key);
    for (const [name, value] of Object.entries(current)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, current, name);
    }
  };
  walk(node, null, '');
}

function text(value: unknown): string | null {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : null;
}

/** Every address a source text imports from: static, type-only, re-exported, dynamic, in a type, or required. */
export function importsOf(path: string, source: string): string[] {
  const found: string[] = [];
  visit(parseSync(path, source).program as unknown as Node, (node) => {
    const from =
      node.type === 'TSImportType'
        ? (text(node.source) ?? text(node.argument))
        : node.type === 'TSExternalModuleReference'
          ? text(node.expression)
          : node.type === 'CallExpression' && isNode(node.callee) && node.callee.name === 'require'
            ? text((node.arguments as unknown[])[0])
            : text(node.source);
    if (from !== null) found.push(from);
  });
  return found;
}

function layerOf(path: string): Layer | undefined {
  return LAYERS.find((layer) => layer.holds.test(path));
}

/** The file an import of ours stands for, from the repository's root; null for packages and node. */
function ownTarget(path: string, from: string): string | null {
  if (from.startsWith('.')) return posix.join(posix.dirname(path), from);
  const alias = ALIASES.find(([pattern]) => pattern.test(from));
  return alias ? from.replace(alias[0], alias[1]) : null;
}

function importFault(path: string, layer: Layer, from: string): string | null {
  if (from.startsWith('../../')) return `climbs out with ${from}`;
  if (from.startsWith('node:')) {
    return layer.node === 'all' || layer.node.includes(from) ? null : `${layer.name} may not use ${from}`;
  }
  if (from === 'electron' || from.startsWith('electron/')) {
    return layer.electron || layer.name === 'test' ? null : `${layer.name} may not use electron`;
  }
  const target = ownTarget(path, from);
  if (target === null) {
    if (from.startsWith('#')) return `knows no alias ${from}`;
    return !layer.packages || layer.packages.some((pattern) => pattern.test(from))
      ? null
      : `${layer.name} may not use the package ${from}`;
  }
  const other = layerOf(target);
  if (!other || !layer.mayImport.includes(other.name))
    return `${layer.name} may not import ${other?.name ?? from} (${from})`;
  const feature = /^renderer\/features\/([^/]+)/;
  const [mine, theirs] = [feature.exec(path)?.[1], feature.exec(target)?.[1]];
  return mine && theirs && mine !== theirs ? `the feature ${mine} may not import the feature ${theirs}` : null;
}

const OUTSIDE = new Set([
  ...['process', 'performance', 'crypto', 'fetch', 'console', 'globalThis', 'require', 'navigator'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
]);

/** Reaching for the clock, chance, timers or the process, by name. */
function reachesOutside(node: Node, parent: Node | null, key: string): string | null {
  if (node.type === 'MemberExpression' && isNode(node.object) && isNode(node.property)) {
    const name = `${node.object.name}.${node.property.name}`;
    if (name === 'Date.now' || name === 'Math.random') return name;
  }
  const isDate = isNode(node.callee) && node.callee.name === 'Date';
  if (node.type === 'NewExpression' && isDate && (node.arguments as unknown[]).length === 0) return 'new Date()';
  if (node.type === 'CallExpression' && isDate) return 'Date()';
  if (node.type !== 'Identifier' || typeof node.name !== 'string' || !OUTSIDE.has(node.name)) return null;
  const named = (key === 'property' || key === 'key') && parent?.computed !== true;
  const typed = parent?.type.startsWith('TS') ?? false;
  return named || typed ? null : node.name;
}

/** What a file does against the table and the "Never" list, one sentence each; empty when all is well. */
export function faultsOf(path: string, source: string): string[] {
  const layer = layerOf(path);
  if (!layer) return [`${path}: lies in no folder of DESIGN.md`];
  const faults = importsOf(path, source).map((from) => importFault(path, layer, from));
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) faults.push(`cannot be read: ${errors[0]?.message}`);
  visit(program as unknown as Node, (node, parent, key) => {
    if (layer.name === 'domain') {
      const reached = reachesOutside(node, parent, key);
      if (reached) faults.push(`the domain reaches for ${reached}`);
    }
    if (node.type === 'ExportDefaultDeclaration' && !/\.config\.ts$/.test(path)) faults.push('has a default export');
  });
  if (new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`).test(source))
    faults.push('leaves something to do');
  return faults.filter((fault) => fault !== null).map((fault) => `${path}: ${fault}`);
}
