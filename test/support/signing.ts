import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from './browser.js';
import { TestCa, keyOf, pem } from './ca.js';
import type { Issued, Wanted } from './ca.js';

/** A company as its certificates name it. */
export interface Named {
  name: string;
  creditCode: string;
}

/**
 * Trusts these authorities: each by its algorithm as id, soft keys, the code in `OU`, nobody asked after revocations.
 * @param more members of every entry @returns what `AUTHORITIES_FILE` names
 */
export function authoritiesFile(roots: readonly TestCa[], more: Record<string, unknown> = {}): string {
  const entries = roots.map((root) => ({
    id: root.algorithm,
    name: `${root.algorithm}证书（示例）`,
    nameEn: `${root.algorithm} CA (example)`,
    certificates: [pem(root.der)],
    creditCode: [{ attribute: 'OU' }],
    revocation: { crl: [], ocsp: [], whenUnknown: 'accept' },
    keys: 'software',
    ...more,
  }));
  const file = join(mkdtempSync(join(tmpdir(), 'tongxing-authorities-')), 'authorities.json');
  writeFileSync(file, JSON.stringify(entries));
  return file;
}

/** A company's signing certificate with a fresh serial and, unless given, the algorithm's one test key. */
export function certifies(ca: TestCa, { name, creditCode }: Named, wanted: Wanted = {}): Issued {
  const subject = [
    ['C', 'CN'],
    ['O', name],
    ['OU', creditCode],
    ['CN', name],
  ] as const;
  return ca.issues({ subject, key: keyOf(ca.algorithm), ...wanted });
}

/** What the certificate assistant would fill in: this page's challenge, signed. @param signs another text, another key */
export function signed(page: Page, by: Issued, signs: { text?: Buffer; key?: Issued['key'] } = {}) {
  const challenge = page.value('challenge') ?? '';
  const text = signs.text ?? Buffer.from(challenge, 'base64');
  return {
    challenge,
    certificate: pem(by.der),
    signature: (signs.key ?? by.key).sign(text).toString('base64'),
  };
}

/** Signs this page's challenge and sends its form. @param more the form's other fields */
export const presents = async (
  page: Page,
  by: Issued,
  { button = 'certificate-submit', ...more }: Record<string, string> & { button?: string } = {},
): Promise<Page> => page.press(button, { ...more, ...signed(page, by) });

/** The text that this page wants signed. */
export const challengeOn = (page: Page): string => Buffer.from(page.value('challenge') ?? '', 'base64').toString();
