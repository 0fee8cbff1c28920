/** The first import of each program: on an older Node the others would fail in ways that tell nobody why. */
const OLDEST = 24;

const running = process.versions.node;
if (Number(running.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `Node ${OLDEST} or newer is needed, this is ${running}: use the npm scripts, which bring it along\n`,
  );
  process.exit(1);
}
