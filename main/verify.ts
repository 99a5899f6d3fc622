import { verifyFolder } from '#db/check.ts';
import { runStoreCommand } from './store-command.ts';

const help = `Checks a store and its ledger: npm run verify -- [options]

  --data DIR        the data folder (else the clinic's own, else the demo's; WARDLINE_DATA moves both)
  --key-file FILE   the key (else wardline.key in the data folder)
  --json            print {"ok", "rows", "firstBad"?, "problem"?}
  --help            this page

A hub may be running on the same folder. Nothing is changed. Exit code 0 when all is well, else 1.
`;

runStoreCommand({
  help,
  writes: false,
  run: ({ paths, key, json }) => {
    const found = verifyFolder(paths, key);
    const sentence = found.ok
      ? `The store is sound and its ledger of ${found.rows} entries is whole.`
      : `The store is not as it was written. ${found.problem ?? ''}`;
    return { code: found.ok ? 0 : 1, text: json ? JSON.stringify(found) : sentence };
  },
});
