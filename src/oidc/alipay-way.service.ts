import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { alipayOffer } from '../config/alipay-account.js';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { AlipayStates, markOf } from '../identity/alipay/alipay-states.service.js';
import type { AlipayStart } from '../identity/alipay/alipay-states.service.js';
import { Refusal } from '../shared/refusal.js';
import { cookiesOf } from '../web/language.js';
import type { CurrentInteraction } from './interaction-view.js';
import type { SignedIn } from './sessions.service.js';

const PATH = '/alipay/callback';
/** A cookie a way, so that two tabs do not take each other's; so much of the mark tells them apart. */
const NAMED_BY = 12;

/** Where a journey keeps whom Alipay has logged in for it, and where a session does: nobody else finds it. */
export const placeOfJourney = ({ uid }: CurrentInteraction): string => `interaction|${uid}`;
export const placeOfSession = ({ uid }: SignedIn): string => `session|${uid}`;

/**
 * The way to Alipay as this browser walks it: a cookie that only the callback gets says that it began here. Without it a
 * stranger's approval would land in this journey, or this person's in a stranger's.
 */
@Injectable()
export class AlipayWay {
  constructor(
    private readonly states: AlipayStates,
    private readonly env: Env,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} page.not-found where there is no Alipay */
  refuseUnoffered(): void {
    if (!alipayOffer(this.env).logsIn) throw new Refusal('page.not-found', { status: 404 });
  }

  /** Whether a person can be verified by it. */
  get verifies(): boolean {
    return alipayOffer(this.env).verifies;
  }

  /** Sends the browser to Alipay. @throws {Refusal} page.not-found where there is none */
  async start(response: Response, start: AlipayStart): Promise<void> {
    this.refuseUnoffered();
    const { page, mark } = await this.states.begin(start);
    this.setCookie(response, mark, this.jurisdiction.lifetimes.interactionMinutes * 60);
    response.redirect(303, page);
  }

  /** Whether the way with this `state` began in this browser. */
  beganHere(request: Request, state: string): boolean {
    const mark = markOf(state);
    return cookiesOf(request.headers.cookie)[this.nameOf(mark)] === mark;
  }

  /** The way is over. */
  forget(response: Response, state: string): void {
    this.setCookie(response, markOf(state), 0);
  }

  private setCookie(response: Response, mark: string, seconds: number): void {
    const secure = this.isSecure ? '; Secure' : '';
    response.append(
      'set-cookie',
      `${this.nameOf(mark)}=${mark}; Path=${PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
    );
  }

  private nameOf(mark: string): string {
    return `${this.isSecure ? '__Secure-' : ''}alipay-${mark.slice(0, NAMED_BY)}`;
  }

  private get isSecure(): boolean {
    return this.env.issuer.startsWith('https:');
  }
}
