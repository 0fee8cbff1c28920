import './config/oldest-node.js';
import type { Server } from 'node:http';
import { buildService } from './app.setup.js';
import { loadConfiguration } from './config/configuration.js';

const DRAIN_MS = 10_000;
/** How often connections are closed that have nothing more to do. */
const IDLE_MS = 50;

const listen = async (server: Server, port: number, host?: string): Promise<void> =>
  new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen(port, host, done);
  });

async function start(): Promise<void> {
  const { env, jurisdiction } = loadConfiguration(process.env);
  const { app, server, operations, drain } = await buildService(env, jurisdiction);
  if (operations && env.opsPort) await listen(operations, env.opsPort, env.host);
  await listen(server, env.port, env.host);
  process.stdout.write(
    `${JSON.stringify({ msg: 'listening', issuer: env.issuer, realm: env.realm, jurisdiction: env.jurisdiction })}\n`,
  );

  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    operations?.close();
    server.close(() => void app.close().then(() => process.exit(0)));
    drain();
    setInterval(() => server.closeIdleConnections(), IDLE_MS).unref();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // Started by npm start: ends with it, even when that was killed.
  if (process.connected) process.on('disconnect', end);
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
