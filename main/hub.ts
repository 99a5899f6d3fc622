// Entry of the hub inside Electron's utility process. Options, key and ports come from the shell by message, never by
// argument or environment.
import { composeHub } from './compose.ts';
import { type ParentPort, serveShell } from './hub-messages.ts';

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
if (!parentPort) throw new Error('main/hub.ts runs in Electron’s utility process only; elsewhere use `npm run hub`.');

process.umask(0o077);
serveShell({
  port: parentPort,
  async compose(options, key, startChild) {
    const hub = await composeHub({ ...options, key, startChild });
    return {
      console: hub.ready.console,
      clinic: hub.ready.clinic,
      attachPort: hub.attachPort,
      createSignInCode: hub.createSignInCode,
      close: hub.close,
    };
  },
  exit: (code) => process.exit(code),
});
