import { createHmac, timingSafeEqual } from 'node:crypto';

const sign = (binding: string, key: string): Buffer => createHmac('sha256', key).update(`csrf|${binding}`).digest();

/** A form token bound to an interaction or a session. @param keys newest first */
export const csrfToken = (binding: string, keys: readonly string[]): string =>
  sign(binding, keys[0] as string).toString('base64url');

/** Whether a token was made for this binding under any of the keys; in constant time. */
export function csrfValid(binding: string, token: unknown, keys: readonly string[]): boolean {
  if (typeof token !== 'string') return false;
  const given = Buffer.from(token, 'base64url');
  return keys.some((key) => {
    const made = sign(binding, key);
    return made.length === given.length && timingSafeEqual(made, given);
  });
}
