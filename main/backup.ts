import { backupFolder } from '#db/copy.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { runStoreCommand } from './store-command.ts';

const help = `Writes an encrypted copy of a store: npm run backup -- --to DIR [options]

  --to DIR          folder for the copy; one that holds a store already is refused
  --data DIR        the data folder (else the clinic's own, else the demo's; WARDLINE_DATA moves both)
  --key-file FILE   the key (else wardline.key in the data folder)
  --help            this page

The copy opens with the same key, which is not copied: keep it apart. The copy is opened and checked before it takes its
name. A hub may be running on the data folder.
`;

runStoreCommand({
  help,
  writes: true,
  run: ({ paths, key, to }) => {
    if (to === undefined) throw new ClinicError('invalid-input', 'Say where the copy is to go: --to DIR');
    const { path, bytes } = backupFolder(paths, key, to);
    return { code: 0, text: `Copied to ${path}, ${bytes} bytes. It opens with the same key, which was not copied.` };
  },
});
