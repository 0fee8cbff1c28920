import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAssistant } from '../../src/assistant/assistant.js';
import { assistantEnv } from '../../src/assistant/assistant.env.js';
import type { UsbKey } from '../../src/assistant/usb-key.js';

/** A certificate assistant in this process, with certificates of the service's sandbox. */
export interface RunningAssistant {
  origin: string;
  pin: string;
  keyFile: string;
  usbKey: UsbKey;
  /** Has a certificate issued and puts it on the key. @param authority of the fictional ones @returns its thumbprint */
  certificateFor: (authority: string, name: string, creditCode: string) => Promise<string>;
  close: () => Promise<void>;
}

/** @param issuer whose pages may ask, and whose sandbox issues @param now milliseconds */
export async function startAssistant(
  issuer: string,
  port: number,
  more: NodeJS.ProcessEnv = {},
  now: () => number = Date.now,
): Promise<RunningAssistant> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongxing-assistant-'));
  const env = assistantEnv({ ISSUER: issuer, ASSISTANT_PORT: String(port), DATA_DIR: dataDir, ...more });
  const { server, usbKey, counter } = buildAssistant(env, now);
  await new Promise<void>((done) => {
    server.listen(port, '127.0.0.1', done);
  });
  return {
    origin: env.origin,
    pin: env.pin,
    keyFile: env.keyFile,
    usbKey,
    certificateFor: async (authority, name, creditCode) => {
      const { authorities } = await counter.hours();
      const found = authorities.find(({ id }) => id === authority);
      if (!found) throw new Error(`${authority} issues nothing here`);
      await counter.order(found, name, creditCode);
      return usbKey.certificates()[0]?.thumbprint as string;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}
