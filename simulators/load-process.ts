import { type LoadOptions, runLoad } from './load.ts';

/** Runs one load for a parent process: takes its options as a message, answers the result as one, and ends. */
process.once('message', (options) => {
  runLoad(options as LoadOptions).then(
    (result) => process.send?.({ result }, () => process.exit(0)),
    (error: unknown) =>
      process.send?.({ problem: error instanceof Error ? error.message : 'The load failed.' }, () => process.exit(1)),
  );
});
