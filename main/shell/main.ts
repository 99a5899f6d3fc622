// Entry of the desktop app, bundled to dist/shell/main.js.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShell } from './app.ts';

const shell = dirname(fileURLToPath(import.meta.url));
const dist = dirname(shell);

void startShell(
  {
    shell,
    hubEntry: join(dist, 'hub', 'hub.js'),
    childEntry: join(dist, 'hub', 'child-of-hub.js'),
    console: join(dist, 'renderer'),
    icon: join(dirname(dist), 'resources', 'icons', 'icon.png'),
  },
  process.argv,
);
