/**
 * What Jest's result comes to. A file that could not be loaded, or that failed outside its tests, holds no failed test
 * and is a failure all the same; so is a skip, where everything is required.
 * @param result what `jest --json` writes
 * @returns {{passed: number, failed: number}}
 */
export function counts(result, requireAll = false) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = result;
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const skipped = requireAll ? numPendingTests + numTodoTests : 0;
  return { passed: numPassedTests, failed: numFailedTests + broken + skipped };
}
