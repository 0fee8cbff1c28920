import { readFileSync } from 'node:fs';

/** What Alipay does when it is asked about this user, whatever it is asked. */
export const ALIPAY_ANSWERS = [
  'down',
  'slow',
  'garbage',
  'unsigned',
  'wrong-key',
  'other-text',
  'wrapped',
  'unknown-certificate',
  'clock',
  'code-used',
  'company',
] as const;
export type AlipayMood = (typeof ALIPAY_ANSWERS)[number];

/** Somebody at the Alipay that stands in. What is missing, Alipay does not tell. */
export interface StubAlipayUser {
  userId: string;
  password: string;
  name?: string;
  idNumber?: string;
  phone?: string;
  certified: boolean;
  answer?: AlipayMood;
}

const TEXTS = ['name', 'idNumber', 'phone'] as const;

function sound(user: StubAlipayUser): boolean {
  const texts = TEXTS.every((name) => user[name] === undefined || typeof user[name] === 'string');
  const answer = user.answer === undefined || ALIPAY_ANSWERS.includes(user.answer);
  return (
    /^\d{4,32}$/.test(user.userId) &&
    typeof user.password === 'string' &&
    typeof user.certified === 'boolean' &&
    texts &&
    answer
  );
}

/**
 * The fictional users of a demonstration, or those of STUB_ALIPAY_FILE.
 * @throws {Error} which entry is not one
 */
export function stubAlipayUsers(file?: string): StubAlipayUser[] {
  const source = file ?? new URL('./fictional-alipay-users.json', import.meta.url);
  const users = JSON.parse(readFileSync(source, 'utf8')) as StubAlipayUser[];
  const at = users.findIndex((user) => !sound(user));
  if (at >= 0) {
    throw new Error(`STUB_ALIPAY_FILE [${at}]: {userId, password, name?, idNumber?, phone?, certified, answer?}`);
  }
  return users;
}

const plain = (account: string): string => account.normalize('NFKC').replace(/[\s-]/g, '');

/** By user id or number, as it is typed. */
export const userNamed = (users: readonly StubAlipayUser[], account: string): StubAlipayUser | undefined =>
  users.find(({ userId, phone }) => plain(account) !== '' && [userId, phone].includes(plain(account)));
