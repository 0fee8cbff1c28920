/**
 * `npm run bench`: flows, certificates, waiting pages and logout; with the names of parts, these:
 * `npm run bench -- flows|certificates|qr-waiting|logout|big-list …`.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BY_ITSELF = ['flows', 'certificates', 'qr-waiting', 'logout'];
const PARTS = [...BY_ITSELF, 'big-list'];
const named = process.argv.slice(2);
const unknown = named.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}; there are ${PARTS.join(', ')}\n`);
  process.exit(1);
}

for (const part of named.length > 0 ? named : BY_ITSELF) {
  process.stdout.write(`\n## ${part}\n\n`);
  const script = fileURLToPath(new URL(`${part}.mjs`, import.meta.url));
  const { status } = spawnSync(process.execPath, ['--expose-gc', script], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
