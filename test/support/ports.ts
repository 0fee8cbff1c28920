import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

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

/** A port of localhost that nobody has just now. */
export async function freePort(): Promise<number> {
  const probe = await listen(0, '127.0.0.1');
  const { port } = probe.address() as AddressInfo;
  await close(probe);
  return port;
}

/** The first of three free ports in a row, service and both sites, with that of the certificate assistant. */
export async function threePorts(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if ((await isFree(port)) && (await isFree(port + 1)) && (await isFree(port + 2)) && (await isFree(port + 9)))
      return port;
  }
}
