/** `npm run dev`: starts, and starts anew whenever a build succeeds (exit code 75). */
import { spawnSync } from 'node:child_process';

const AGAIN = 75;
for (;;) {
  const { status } = spawnSync(process.execPath, ['scripts/start.mjs', '--watch'], { stdio: 'inherit' });
  if (status !== AGAIN) process.exit(status ?? 0);
}
