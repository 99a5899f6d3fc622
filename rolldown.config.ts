import { basename, dirname, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

const externals = ['electron', 'better-sqlite3'];
const ownEntry = /new URL\(\s*'([^']+)\.ts'\s*,\s*import\.meta\.url\s*,?\s*\)/g;

/**
 * A file that is started by its own address (`new URL('./broker-process.ts', import.meta.url)`: a child process, a worker)
 * becomes a bundle of its own beside the others, and the address follows.
 */
const startedByAddress: Plugin = {
  name: 'wardline-started-by-address',
  transform: {
    filter: { code: 'import.meta.url' },
    handler(code, id) {
      if (id.includes('node_modules')) return null;
      return code.replace(ownEntry, (_, path: string) => {
        const name = basename(path);
        this.emitFile({ type: 'chunk', id: resolve(dirname(id), `${path}.ts`), name, fileName: `${name}.js` });
        return `new URL('./${name}.js', import.meta.url)`;
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
    input: { hub: 'main/hub.ts', node: 'main/node.ts' },
    platform: 'node',
    external: externals,
    plugins: [startedByAddress],
    output: {
      dir: 'dist/hub',
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'part-[name]-[hash].js',
      cleanDir: true,
    },
  },
]);
