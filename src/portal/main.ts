import { createServer } from 'node:http';
import { Portal } from './portal.js';
import { portalEnv } from './portal.env.js';

/** A demonstration site: a program of its own that knows the service through HTTP alone. */
function start(): void {
  const env = portalEnv(process.env);
  const portal = new Portal(env);
  const server = createServer((request, response) => void portal.handle(request, response));
  server.once('error', (error) => {
    console.error(`${env.clientId}: ${error.message}`);
    process.exit(1);
  });
  server.listen(env.port);
  const end = () => {
    server.closeAllConnections();
    server.close(() => process.exit(0));
  };
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
