import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { DEMO_APP } from '../../config/demo-sites.js';
import { texts } from '../../locales/texts.js';
import type { Language } from '../../locales/texts.js';
import { AppParty, ServiceAway } from './app-party.service.js';
import type { ApiAnswer } from './app-party.service.js';
import type { AskedLogin, Phone } from './app-phones.service.js';

const TICKET = /^[\w-]{22}$/;
/** The service says that the app is not logged in any more. */
const LOGGED_OUT = 401;

/** What its owner does with the app: one method a button. What comes of it is on the phone, for the next page. */
@Injectable()
export class AppUse {
  constructor(
    private readonly party: AppParty,
    private readonly env: Env,
  ) {}

  /** Only an address of the app's own is one; a pasted ticket will do. */
  ticketIn(text: string): string | undefined {
    const pasted = text.trim();
    const own = `${this.env.issuer}${DEMO_APP.path}/t/`;
    const ticket = pasted.startsWith(own) ? pasted.slice(own.length) : pasted;
    return TICKET.test(ticket) ? ticket : undefined;
  }

  async scan(phone: Phone, text: string, byLink: boolean, language: Language): Promise<void> {
    const ticket = this.ticketIn(text);
    if (ticket === undefined) {
      phone.said = { problem: texts(language).app.notOurs };
      return;
    }
    phone.tokens = phone.tokens && (await this.party.fresh(phone.tokens));
    const body = byLink ? { by: 'link' } : {};
    const answer = await this.ask<Omit<AskedLogin, 'ticket' | 'byLink'>>(phone, ticket, 'scan', body, language);
    if (answer?.value) phone.asked = { ...answer.value, ticket, byLink };
  }

  async confirm(phone: Phone, number: string | undefined, language: Language): Promise<void> {
    const { asked } = phone;
    if (!asked) return;
    const answer = await this.ask(phone, asked.ticket, 'confirm', { number: Number(number) }, language);
    if (answer?.value) phone.said = { done: 'confirmed' };
    if (answer?.problem?.code !== 'app.number-missing') phone.asked = undefined;
  }

  async deny(phone: Phone, language: Language): Promise<void> {
    const { asked } = phone;
    if (!asked) return;
    const answer = await this.ask(phone, asked.ticket, 'deny', {}, language);
    if (answer?.value) phone.said = { done: 'denied' };
    phone.asked = undefined;
  }

  private async ask<T>(
    phone: Phone,
    ticket: string,
    step: 'scan' | 'confirm' | 'deny',
    body: object,
    language: Language,
  ): Promise<ApiAnswer<T> | undefined> {
    if (!phone.tokens) return undefined;
    try {
      const answer = await this.party.call<T>(phone.tokens.access, ticket, step, body, language);
      if (answer.problem) phone.said = { problem: answer.problem.detail };
      if (answer.status === LOGGED_OUT) phone.tokens = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof ServiceAway)) throw error;
      phone.said = { problem: texts(language).app.away };
      return undefined;
    }
  }
}
