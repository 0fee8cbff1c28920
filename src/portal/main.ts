import '../config/oldest-node.js';
import { createServer } from 'node:http';
import { Portal } from './portal.js';
import { portalEnv } from './portal.env.js';

/** What went wrong, for who started this program. */
function reason(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') return `port ${port} is taken by another program; end it, or set PORT`;
  if (error.code === 'EACCES') return `port ${port} may not be used by this user; set PORT to one above 1023`;
  return error.message;
}

/** A demonstration site: a program of its own that knows the service through HTTP alone. */
function start(): void {
  const env = portalEnv(process.env);
  const portal = new Portal(env, (line) => console.error(line));
  const server = createServer((request, response) => void portal.handle(request, response));
  server.once('error', (error) => {
    console.error(`${env.clientId}: ${reason(error, env.port)}`);
    process.exit(1);
  });
  server.listen(env.port);
  const end = () => process.exit(0);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (process.connected) process.on('disconnect', end);
}

try {
  start();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
