/** Says who holds a port, in words a person can act on. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandOf } from './processes.mjs';

const freeOn = async (port, host) =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, host, () => probe.close(() => done(true)));
  });

/** On macOS all addresses together can be had while one of them is taken. */
const free = async (port) => (await freeOn(port)) && (await freeOn(port, '127.0.0.1'));

/** The process that listens on a port, from /proc; undefined where that cannot be read. */
function holder(port) {
  try {
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n'));
    const inode = lines
      .map((line) => line.trim().split(/\s+/))
      .find((part) => part[1]?.endsWith(`:${hex}`) && part[3] === '0A')?.[9];
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const sockets = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
        if (!sockets.includes(`socket:[${inode}]`)) continue;
        return { pid, command: commandOf(pid) };
      } catch {
        // It has ended meanwhile, or belongs to somebody else.
      }
    }
  } catch {
    return undefined;
  }
  return undefined;
}

/** @returns {Promise<string[]>} one sentence for each port that is taken */
export async function takenPorts(ports) {
  const sentences = await Promise.all(
    ports.map(async (port) => {
      if (await free(port)) return undefined;
      const who = holder(port);
      const named = who ? ` by process ${who.pid} (${who.command.slice(0, 120)}); end it with: kill ${who.pid}` : '';
      return `Port ${port} is taken${named}. Or choose another one: PORT=4000 npm start`;
    }),
  );
  return sentences.filter(Boolean);
}
