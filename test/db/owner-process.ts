import { openStore } from '#db/open.ts';

// Holds the store of a folder until it is killed; writes when told.
const [dataDir = '', key = ''] = process.argv.slice(2);
const store = openStore({ dataDir, key: Buffer.from(key, 'hex'), ballastBytes: 0 });
process.on('message', () => {
  store.transact(() => store.settings.set('written', true));
  process.send?.('written');
});
process.send?.('open');
