import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Accounts } from '../../src/identity/accounts/accounts.service.js';
import { CertificateBindings } from '../../src/identity/certificates/bindings.service.js';
import { CertificateChallenges } from '../../src/identity/certificates/certificate-challenges.service.js';
import { CertificateJudge } from '../../src/identity/certificates/certificate-judge.service.js';
import { CreditCode } from '../../src/shared/credit-code.js';
import { Database } from '../../src/storage/transactions.js';
import type { Page } from './browser.js';
import { TestCa, keyOf, pem } from './ca.js';
import type { Issued, Wanted } from './ca.js';
import type { RunningService } from './service.js';

/** A company as its certificates name it. */
export interface Named {
  name: string;
  creditCode: string;
}

/** An entry of AUTHORITIES_FILE: soft keys, the code in `OU`, nobody asked after revocations. @param more members instead */
export const authorityEntry = (root: TestCa, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: root.algorithm,
  name: `${root.algorithm}证书（示例）`,
  nameEn: `${root.algorithm} CA (example)`,
  certificates: [pem(root.der)],
  creditCode: [{ attribute: 'OU' }],
  revocation: { crl: [], ocsp: [], whenUnknown: 'accept' },
  keys: 'software',
  ...more,
});

/** @returns what `AUTHORITIES_FILE` names */
export function fileOf(entries: readonly object[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'tongxing-authorities-')), 'authorities.json');
  writeFileSync(file, JSON.stringify(entries));
  return file;
}

/** Trusts these authorities, each by its algorithm as id. @param more members of every entry */
export const authoritiesFile = (roots: readonly TestCa[], more: Record<string, unknown> = {}): string =>
  fileOf(roots.map((root) => authorityEntry(root, more)));

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

/** Binds a certificate as its pages do, without them. */
export async function binds({ app }: Pick<RunningService, 'app'>, creditCode: string, by: Issued): Promise<string> {
  const accountId = await app.get(Accounts).find('credit-code', CreditCode.fromCanonical(creditCode));
  if (!accountId) throw new Error(`${creditCode} has no account`);
  const place = { purpose: 'bind', binding: 'the tests' } as const;
  const challenge = await app.get(CertificateChallenges).issue(place);
  const signature = by.key.sign(Buffer.from(challenge, 'base64')).toString('base64');
  const proved = await app.get(CertificateJudge).prove(place, { challenge, certificate: pem(by.der), signature });
  await app.get(Database).transaction(async (tx) => app.get(CertificateBindings).bind(tx, accountId, proved));
  return accountId;
}
