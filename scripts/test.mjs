/** `npm test`: every test; the last line is `N passed, N failed`, from Jest's own result. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counts } from './counts.mjs';

const directory = mkdtempSync(join(tmpdir(), 'tongxing-result-'));
const file = join(directory, 'jest.json');
const { status } = spawnSync(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${file}`, ...process.argv.slice(2)],
  { stdio: ['inherit', 'ignore', 'inherit'] },
);

/** What Jest itself calls a failure is one, though no test has failed; so is a run of nothing. */
function verdict() {
  try {
    const { passed, failed } = counts(JSON.parse(readFileSync(file, 'utf8')), process.env.REQUIRE_ALL === '1');
    return { passed, failed: failed || Number(status !== 0 || passed === 0) };
  } catch {
    process.stderr.write('Jest has left no result\n');
    return { passed: 0, failed: 1 };
  }
}

const { passed, failed } = verdict();
rmSync(directory, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
