import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEMO_PIN, demoAssistantPort } from '../config/assistants.js';
import { loadJurisdiction } from '../config/jurisdiction.js';
import type { Jurisdiction } from '../config/jurisdiction.js';
import { Assets } from '../web/assets.js';

/** What the reference assistant is told: a program of its own, so it reads its own environment, here alone. */
export interface AssistantEnv {
  port: number;
  /** The one name it answers to. */
  origin: string;
  /** Sites whose pages may ask it. */
  origins: readonly string[];
  /** The service whose sandbox issues new certificates. */
  issuer: string;
  /** Where the soft keys lie. */
  keyFile: string;
  /** A directory of PEM files, each a private key (RSA or P-256) and its certificates, leaf first. */
  pemDirectory?: string;
  pin: string;
  jurisdiction: Jurisdiction;
  assets: Assets;
}

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65536;

function originOf(name: string, text: string): string {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`${name}: ${text} is no origin of a site`);
  return url.origin;
}

/** Reads PORT, ISSUER, JURISDICTION and DATA_DIR as the service does, and what is its own. @throws {Error} in words */
export function assistantEnv(source: NodeJS.ProcessEnv): AssistantEnv {
  const jurisdiction = source['JURISDICTION'] || 'hubei';
  const servicePort = Number(source['PORT'] || 3000);
  const port = Number(source['ASSISTANT_PORT'] || demoAssistantPort(servicePort));
  if (!isPort(servicePort) || !isPort(port)) throw new Error('PORT, ASSISTANT_PORT: a port expected');
  const issuer = originOf('ISSUER', source['ISSUER'] || `http://localhost:${servicePort}`);
  const pemDirectory = source['ASSISTANT_KEYS'] || undefined;
  if (pemDirectory && !existsSync(pemDirectory)) throw new Error(`ASSISTANT_KEYS: there is no ${pemDirectory}`);
  const loaded = loadJurisdiction(jurisdiction, 'demo');
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    origins: (source['ASSISTANT_ORIGINS'] || issuer).split(',').map((text) => originOf('ASSISTANT_ORIGINS', text)),
    issuer,
    keyFile: join(resolve(source['DATA_DIR'] || `.data/${jurisdiction}`), 'certificate-assistant.json'),
    pemDirectory,
    pin: source['ASSISTANT_PIN'] || DEMO_PIN,
    jurisdiction: loaded,
    assets: new Assets(loaded.footer),
  };
}
