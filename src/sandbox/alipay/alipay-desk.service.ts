import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { SANDBOX_APP_ID } from '../../config/sandbox-alipay.js';
import { Clock } from '../../shared/clock.js';
import { stubAlipayUsers, userNamed } from './alipay-users.js';
import type { StubAlipayUser } from './alipay-users.js';

/** What somebody was sent here with. */
export interface Wish {
  app_id: string;
  scope: string;
  redirect_uri: string;
  state: string;
}

interface Kept<T> {
  value: T;
  until: number;
}

/** A code on the page, and whether a phone has said yes to it. */
interface Scan {
  wish: Wish;
  user?: StubAlipayUser;
}

const MINUTES_MS = 60_000;
const LIFE = { code: 2, token: 10, scan: 5 };

/** What this Alipay remembers, in the process: one-use codes, access tokens, codes on a page. */
class Memory<T> {
  private readonly kept = new Map<string, Kept<T>>();

  constructor(
    private readonly minutes: number,
    private readonly clock: Clock,
  ) {}

  add(value: T): string {
    for (const [id, { until }] of this.kept) if (until <= this.clock.ms()) this.kept.delete(id);
    const id = randomBytes(16).toString('hex');
    this.kept.set(id, { value, until: this.clock.ms() + this.minutes * MINUTES_MS });
    return id;
  }

  get(id: string): T | undefined {
    const found = this.kept.get(id);
    return found && found.until > this.clock.ms() ? found.value : undefined;
  }

  take(id: string): T | undefined {
    const found = this.get(id);
    this.kept.delete(id);
    return found;
  }
}

/** The Alipay that stands in: its users, and who of them has said yes to what. Knows us only through HTTP. */
@Injectable()
export class AlipayDesk {
  readonly users: readonly StubAlipayUser[];
  readonly codes: Memory<StubAlipayUser>;
  readonly tokens: Memory<StubAlipayUser>;
  readonly scans: Memory<Scan>;
  private readonly callback: string;

  constructor(env: Env, clock: Clock) {
    this.users = stubAlipayUsers(env.stubAlipayFile);
    this.codes = new Memory(LIFE.code, clock);
    this.tokens = new Memory(LIFE.token, clock);
    this.scans = new Memory(LIFE.scan, clock);
    this.callback = `${env.issuer}/alipay/callback`;
  }

  /** @returns what is wrong with it, in Alipay's word; nothing when it is an app's own */
  faultOf({ app_id, scope, redirect_uri }: Wish): string | undefined {
    if (app_id !== SANDBOX_APP_ID) return 'invalid-app-id';
    if (scope !== 'auth_user') return 'invalid-scope';
    return redirect_uri === this.callback ? undefined : 'invalid-redirect-uri';
  }

  /** Who logs in by this password. */
  loggedIn(account: string, password: string): StubAlipayUser | undefined {
    const user = userNamed(this.users, account);
    return user?.password === password ? user : undefined;
  }

  /** Back to the app. @param user who said yes; nobody for a no */
  wayBack({ app_id, scope, redirect_uri, state }: Wish, user?: StubAlipayUser): string {
    const told: Record<string, string> = user ? { scope, auth_code: this.codes.add(user) } : { error_scope: scope };
    return `${redirect_uri}?${new URLSearchParams({ app_id, source: 'alipay_wallet', ...told, state })}`;
  }
}
