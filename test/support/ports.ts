import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/** Below what a system gives away by itself, to who listens on port 0 and to connections that go out (Linux: from 32768). */
const FIRST = 20_000;
const LAST = 32_000;
/** So long whoever asked may take to listen. */
const HELD_MS = 60_000;

export const listen = async (port: number, host?: string): Promise<Server> =>
  new Promise((done, refuse) => {
    const server = createServer();
    server.once('error', refuse);
    server.listen(port, host, () => done(server));
  });

export const close = async (server: Server): Promise<void> => new Promise((done) => void server.close(() => done()));

export async function isFree(port: number): Promise<boolean> {
  return listen(port).then(
    async (server) => close(server).then(() => true),
    () => false,
  );
}

/** Keeps other test files off a port, whichever process they run in: the UDP port of its number is the lock. */
async function isHeld(port: number): Promise<boolean> {
  const lock = createSocket('udp4').unref();
  return new Promise((done) => {
    lock.once('error', () => {
      lock.close();
      done(false);
    });
    lock.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      setTimeout(() => lock.close(), HELD_MS).unref();
      done(true);
    });
  });
}

const isOurs = async (port: number): Promise<boolean> => (await isHeld(port)) && isFree(port);

/** A port of localhost that nobody has, nor gets before who asked for it listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST);
    if (await isOurs(port)) return port;
  }
}

/** The first of three free ports in a row, service and both sites, with that of the certificate assistant. */
export async function threePorts(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if ((await isOurs(port + 1)) && (await isOurs(port + 2)) && (await isOurs(port + 9))) return port;
  }
}
