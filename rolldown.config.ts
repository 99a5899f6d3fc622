import { dirname, relative, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

const externals = ['electron', 'better-sqlite3'];

/** The hub, and what it starts by address: child processes and threads. All lie side by side, under their own names. */
const hubEntries = {
  hub: 'main/hub.ts',
  node: 'main/node.ts',
  'child-of-hub': 'main/child-of-hub.ts',
  'broker-process': 'main/adapters/mqtt/broker-process.ts',
  'password-worker': 'main/adapters/password-worker.ts',
  'reader-thread': 'db/reader-thread.ts',
  'figures-thread': 'db/figures/thread.ts',
  'simulators-run': 'simulators/run.ts',
};
const hubFolder = 'dist/hub';

/**
 * Sources find files by their own address (`new URL('../x', import.meta.url)`). In the bundle that address is another one: each is
 * rewritten to where the file, or the bundle made of it, lies from there.
 */
const sameAddresses: Plugin = {
  name: 'wardline-same-addresses',
  transform: {
    filter: { code: 'import.meta.url' },
    handler(code, id) {
      if (id.includes('node_modules')) return null;
      return code.replace(/new URL\('([^']+)',\s*import\.meta\.url\)/g, (_, path: string) => {
        const target = relative(import.meta.dirname, resolve(dirname(id), path)).replaceAll('\\', '/');
        const entry = Object.entries(hubEntries).find(([, file]) => file === target);
        const address = entry ? `./${entry[0]}.js` : `${relative(hubFolder, target || '.').replaceAll('\\', '/')}`;
        return `new URL('${address}${target === '' ? '/' : ''}', import.meta.url)`;
      });
    },
  },
};

export default defineConfig([
  {
    input: 'main/shell/main.ts',
    platform: 'node',
    external: externals,
    output: { file: 'dist/shell/main.js', format: 'esm' },
  },
  {
    // A sandboxed preload is loaded as CommonJS and can require nothing but electron.
    input: 'preload/bridge.ts',
    platform: 'browser',
    external: externals,
    output: { file: 'dist/shell/preload.cjs', format: 'cjs' },
  },
  {
    input: hubEntries,
    platform: 'node',
    external: externals,
    plugins: [sameAddresses],
    output: {
      dir: hubFolder,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'part-[name]-[hash].js',
      cleanDir: true,
    },
  },
]);
