// A hub of a few lines behind the real message handling: it answers ports, and ends when it is told to crash.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParentPort, serveShell } from '#main/hub-messages.ts';

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
if (!parentPort) throw new Error('Runs under the stand-in only.');

serveShell({
  port: parentPort,
  async compose({ data, demo }, key) {
    const told = (what: string): void => appendFileSync(join(data, 'told.log'), `${what}\n`);
    told(`key of ${key.length} bytes, arguments ${process.argv.slice(2).join(' ') || 'none'}`);
    if (process.env.LITTLE_HUB === 'refuse') throw new Error('The store was written by a newer Wardline.');
    if (process.env.LITTLE_HUB === 'crash') process.exit(7);
    return {
      console: null,
      clinic: demo ? 'demo' : 'clinic',
      attachPort(port) {
        port.on('message', ({ data: word }) => {
          if (word === 'crash') process.exit(7);
          port.postMessage({ heard: word });
        });
        port.start();
      },
      createSignInCode: () => (demo ? 'code-for-one-window' : null),
      async close() {
        told('closed');
      },
    };
  },
  exit: (code) => process.exit(code),
});
