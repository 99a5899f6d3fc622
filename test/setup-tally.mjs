import { relative } from 'node:path';

/** Counts checks; a failure is a sentence, null is success. */
export function createTally() {
  const counted = { passed: 0, failed: 0 };
  const failures = [];
  return {
    counted,
    count(name, failure) {
      if (failure === null) counted.passed += 1;
      else {
        counted.failed += 1;
        failures.push(`${name}: ${failure}`);
      }
    },
    /** 1 also when nothing was checked at all. */
    exitCode: () => (counted.failed > 0 || counted.passed === 0 ? 1 : 0),
    summary() {
      const list = failures.length > 0 ? `\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}\n` : '';
      return `${list}\n${counted.passed} passed, ${counted.failed} failed`;
    },
  };
}

function firstLine(text) {
  return (text ?? '').trim().split('\n')[0] ?? '';
}

/**
 * Counts what vitest wrote into its report: every test, and every file that could not even be read. A run without tests
 * and an error outside of tests count as failures too.
 */
export function countReport({ count, counted }, report, exitCode, root) {
  let tests = 0;
  const failedBefore = counted.failed;
  for (const file of report.testResults ?? []) {
    const name = relative(root, file.name);
    for (const test of file.assertionResults) {
      if (test.status === 'passed') count(test.fullName, null);
      if (test.status === 'failed')
        count(`${name} › ${test.fullName}`, firstLine(test.failureMessages?.[0]) || 'failed');
      if (test.status === 'passed' || test.status === 'failed') tests += 1;
    }
    const told = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !told) count(name, firstLine(file.message) || 'the file could not be run');
  }
  if (tests === 0 && counted.failed === failedBefore) count('tests', 'no test ran');
  if (exitCode !== 0 && counted.failed === failedBefore)
    count('vitest', 'it ended with an error outside of tests; see above');
}
