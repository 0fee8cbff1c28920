import { newSoftKey } from '../sandbox/authorities/soft-keys.js';
import type { KeyAlgorithm } from '../sandbox/authorities/soft-keys.js';
import type { Language } from '../locales/texts.js';
import type { UsbKey } from './usb-key.js';

/** A fictional authority that issues. */
export interface Issuer {
  id: string;
  name: string;
  nameEn: string;
  algorithm: KeyAlgorithm;
}

/** Who issues, and the legal entities that can log in already. */
export interface CounterHours {
  authorities: readonly Issuer[];
  entities: readonly { name: string; creditCode: string }[];
}

/** The service does not answer, or is no demonstration. */
export class CounterClosed extends Error {}

export const nameOf = ({ name, nameEn }: Issuer, language: Language): string => (language === 'en' ? nameEn : name);

/** Where certificates are had: the fictional authorities of the service's sandbox. */
export class Counter {
  constructor(
    private readonly issuer: string,
    private readonly key: UsbKey,
  ) {}

  /** @throws {CounterClosed} */
  async hours(): Promise<CounterHours> {
    return this.ask('/sandbox/authorities') as Promise<CounterHours>;
  }

  /** Makes a key, has it certified, and puts both on the USB key. @throws {CounterClosed} */
  async order({ id, algorithm }: Issuer, name: string, creditCode: string): Promise<void> {
    const key = newSoftKey(algorithm);
    const form = new URLSearchParams({ name, creditCode, publicKey: key.spki.toString('base64') });
    const answer = (await this.ask(`/sandbox/authorities/${id}/certificates`, form)) as { certificates: string[] };
    this.key.add(
      key,
      answer.certificates.map((der) => Buffer.from(der, 'base64')),
    );
  }

  /** One of each authority for the entities that can log in: what a newcomer finds on the USB key. @throws {CounterClosed} */
  async firstCertificates(): Promise<void> {
    const { authorities, entities } = await this.hours();
    for (const { name, creditCode } of entities)
      for (const authority of authorities) await this.order(authority, name, creditCode);
  }

  private async ask(path: string, body?: URLSearchParams): Promise<unknown> {
    try {
      const headers = { accept: 'application/json' };
      const answer = await fetch(this.issuer + path, {
        method: body ? 'POST' : 'GET',
        body,
        headers,
        redirect: 'error',
      });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      return await answer.json();
    } catch (cause) {
      throw new CounterClosed(`${this.issuer}${path}`, { cause });
    }
  }
}
