import '../config/oldest-node.js';
import { buildAssistant } from './assistant.js';
import { assistantEnv } from './assistant.env.js';

/** Nothing but this computer reaches it. */
const LOOPBACK = '127.0.0.1';

/** The reference certificate assistant: what an authority's driver installs, with soft keys. Of demonstrations only. */
async function start(): Promise<void> {
  const env = assistantEnv(process.env);
  const { server, usbKey, counter } = buildAssistant(env);
  if (usbKey.isNew) {
    await counter.firstCertificates().catch((error: Error) => console.error(`no certificates yet: ${error.message}`));
  }
  server.once('error', (error) => {
    console.error(`the certificate assistant: ${error.message}; set ASSISTANT_PORT`);
    process.exit(1);
  });
  server.listen(env.port, LOOPBACK, () => console.log(`${env.origin} · ${env.origins.join(' ')} · PIN ${env.pin}`));
  const end = () => process.exit(0);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (process.connected) process.on('disconnect', end);
}

start().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
