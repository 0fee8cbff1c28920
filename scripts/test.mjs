/** `npm test`: every test; the last line is `N passed, N failed`, from Jest's own result. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'tongxing-result-'));
const result = join(directory, 'jest.json');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${result}`,
    ...process.argv.slice(2),
  ],
  { stdio: ['inherit', 'ignore', 'inherit'] },
);
let passed = 0;
let failed = 1;
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(result, 'utf8'),
  );
  passed = numPassedTests;
  failed = Math.max(numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites);
} catch {
  process.stderr.write('Jest has left no result\n');
}
rmSync(directory, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 || passed === 0 || status !== 0 ? 1 : 0);
