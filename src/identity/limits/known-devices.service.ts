import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';

/** A browser that logged in to an account before: `<device>.<MAC over device and account>` for each account it knows. */
@Injectable()
export class KnownDevices {
  constructor(private readonly env: Env) {}

  /** @param cookie the device cookie as it came @returns the device's id if it is known to this account */
  deviceOf(cookie: string | undefined, accountId: string): string | undefined {
    const [device, ...marks] = (cookie ?? '').split('.');
    if (!device) return undefined;
    const known = this.env.cookieKeys.some((key) =>
      marks.some((mark) => this.same(mark, this.mark(key, device, accountId))),
    );
    return known ? device : undefined;
  }

  /** The device's own id, known to an account or not; `undefined` without a cookie. */
  idOf(cookie: string | undefined): string | undefined {
    return (cookie ?? '').split('.')[0] || undefined;
  }

  /** The cookie that makes this browser known to the account as well; at most ten accounts. */
  remember(cookie: string | undefined, accountId: string): string {
    const [device = randomBytes(12).toString('base64url'), ...marks] = (cookie || undefined)?.split('.') ?? [];
    const mark = this.mark(this.env.cookieKeys[0] as string, device, accountId);
    return [device, mark, ...marks.filter((other) => other !== mark)].slice(0, 11).join('.');
  }

  private mark(key: string, device: string, accountId: string): string {
    return createHmac('sha256', key).update(`device|${device}|${accountId}`).digest('base64url').slice(0, 22);
  }

  private same(a: string, b: string): boolean {
    return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
  }
}
