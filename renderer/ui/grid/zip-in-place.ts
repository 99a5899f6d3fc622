import { type AsyncZippable, type FlateCallback, zipSync } from 'fflate/browser';

export * from 'fflate/browser';

/**
 * Stands in for fflate where the spreadsheet writer asks for `zip`: that one would start threads from code in memory,
 * which the console's content policy forbids. The writer runs in a thread of its own as it is.
 */
export function zip(files: AsyncZippable, done: FlateCallback): void {
  try {
    done(null, zipSync(files as Parameters<typeof zipSync>[0]));
  } catch (error) {
    done(error as Parameters<FlateCallback>[0], new Uint8Array());
  }
}
