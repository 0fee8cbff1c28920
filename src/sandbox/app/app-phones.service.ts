import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DEMO_APP } from '../../config/demo-sites.js';
import { Env } from '../../config/env.js';
import { Refusal } from '../../shared/refusal.js';
import { csrfToken, csrfValid } from '../../web/csrf.js';
import { cookiesOf } from '../../web/language.js';
import type { AppTokens, Attempt } from './app-party.service.js';

const COOKIE = 'demo-app';
const MOST = 1000;

/** A login that waits for an answer in the app. */
export interface AskedLogin {
  ticket: string;
  byLink: boolean;
  site: string;
  browser: string;
  place: string;
  at: string;
  numbers: number[];
}

/** What the app has to say on its next page. */
export type Said = { done: 'confirmed' | 'denied' } | { problem: string };

/** One phone: a browser of its own. */
export interface Phone {
  id: string;
  attempt?: Attempt & { next: string };
  tokens?: AppTokens;
  asked?: AskedLogin;
  said?: Said;
}

/** The phones that use the demonstration's app, by cookie, in this process alone. */
@Injectable()
export class AppPhones {
  private readonly phones = new Map<string, Phone>();

  constructor(private readonly env: Env) {}

  /** The phone that asks; a new one when it was never seen. */
  of(request: Request, response: Response): Phone {
    return this.phones.get(cookiesOf(request.headers.cookie)[COOKIE] ?? '') ?? this.fresh(response);
  }

  /** A phone under a new number: after a login, so that nobody has planted the one before. */
  fresh(response: Response, before?: Phone): Phone {
    if (before) this.phones.delete(before.id);
    if (this.phones.size >= MOST) this.phones.delete(this.phones.keys().next().value as string);
    const phone: Phone = { id: randomBytes(24).toString('base64url') };
    this.phones.set(phone.id, phone);
    const secure = this.env.issuer.startsWith('https:') ? '; Secure' : '';
    response.append('set-cookie', `${COOKIE}=${phone.id}; Path=${DEMO_APP.path}; HttpOnly; SameSite=Lax${secure}`);
    return phone;
  }

  formToken({ id }: Phone): string {
    return csrfToken(`app:${id}`, this.env.cookieKeys);
  }

  /** @throws {Refusal} form.token (403) */
  check(phone: Phone, body: unknown): void {
    const token = (body as { _csrf?: unknown } | undefined)?._csrf;
    if (!csrfValid(`app:${phone.id}`, token, this.env.cookieKeys)) throw new Refusal('form.token', { status: 403 });
  }
}
