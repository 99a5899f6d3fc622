/** Types of setup-tally.mjs, which runs before anything that could check them is installed. */
export interface Tally {
  readonly counted: { readonly passed: number; readonly failed: number };
  count(name: string, failure: string | null): void;
  exitCode(): 0 | 1;
  summary(): string;
}
export declare function createTally(): Tally;
export declare function countReport(
  tally: Tally,
  report: { readonly testResults?: readonly object[] },
  exitCode: number,
  root: string,
): void;
