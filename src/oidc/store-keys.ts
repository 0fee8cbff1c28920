import { createHash } from 'node:crypto';
import { storeKey } from '../storage/short-lived.js';

/** Tokens and cookie values are found by their hash, so that a copy of the store opens nothing. */
export const hashed = (value: string): string => createHash('sha256').update(value).digest('base64url');

export const sessionKey = (uid: string) => storeKey('session', uid);
export const pointerKey = (cookieId: string) => storeKey('session-id', hashed(cookieId));
export const grantKey = (grantId: string) => storeKey('Grant', hashed(grantId));
/** Where the time stands before which nothing of an account counts. */
export const validFromKey = (accountId: string) => storeKey('valid-from', accountId);
/** Sessions of an account by their `uid`. */
export const accountSessions = (accountId: string) => storeKey('account-sessions', accountId);
/** Grants of an account as `site|grant id`. */
export const accountGrants = (accountId: string) => storeKey('account-grants', accountId);
