import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev` draws the console from source; the hub it talks to is named by WARDLINE_HUB. */
const hub = process.env.WARDLINE_HUB ?? 'http://127.0.0.1:8420';
const proxied = { target: hub, changeOrigin: true, headers: { origin: hub } };

export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react()],
  // The spreadsheet writer's zip would start threads from code in memory, which the content policy forbids.
  resolve: {
    alias: [
      { find: /^fflate$/, replacement: fileURLToPath(new URL('./renderer/ui/grid/zip-in-place.ts', import.meta.url)) },
    ],
  },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': proxied, '/ws': { ...proxied, ws: true } } },
});
