import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlipayMood } from '../../src/sandbox/alipay/alipay-users.js';
import type { Page } from './browser.js';
import { freshPhone } from './citizen.js';

/** Somebody at the sandbox's Alipay. */
export interface AlipayUser {
  userId: string;
  password: string;
  certified: boolean;
  name?: string;
  idNumber?: string;
  phone?: string;
  answer?: AlipayMood;
}

let counter = 0;

/** A user of a test's own, certified unless said otherwise; who it is, the test says. */
export const alipayUser = (more: Partial<AlipayUser> = {}): AlipayUser => ({
  userId: `20881${String((counter += 1)).padStart(8, '0')}`,
  password: 'At-Alipay-1',
  certified: true,
  phone: freshPhone(),
  ...more,
});

/** The file that makes the sandbox's Alipay know them. */
export function alipayFile(users: readonly AlipayUser[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'tongxing-alipay-')), 'users.json');
  writeFileSync(file, JSON.stringify(users));
  return file;
}

/** At Alipay's page by password, and back to wherever that leads. */
export const atAlipay = async (page: Page, { userId, password }: AlipayUser): Promise<Page> =>
  page.press('alipay-login', { account: userId, password });

/** From a page of ours that offers Alipay through it and back. @param link or button */
export async function byAlipay(page: Page, user: AlipayUser): Promise<Page> {
  return atAlipay(await page.follow('login-alipay'), user);
}
