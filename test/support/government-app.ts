import type { Citizen } from './citizen.js';
import type { Page } from './browser.js';
import type { RunningService } from './service.js';
import { TestSite } from './site.js';

export interface Answered {
  status: number;
  type: string;
  headers: Headers;
  body: Record<string, unknown> & { numbers?: number[]; code?: string };
}

/** The government app as anybody could write it: a public client with the scope `app`, and the API. */
export class GovernmentApp {
  private constructor(
    readonly site: TestSite,
    private readonly service: () => Pick<RunningService, 'origin'>,
  ) {}

  static async start(service: () => Pick<RunningService, 'origin'>, id = 'app'): Promise<GovernmentApp> {
    const site = await TestSite.start(id, '测试手机应用');
    site.isPublic = true;
    return new GovernmentApp(site, service);
  }

  metadata(more: Record<string, unknown> = {}): Record<string, unknown> {
    const { client_secret: _secret, backchannel_logout_uri: _back, ...rest } = this.site.metadata();
    return {
      ...rest,
      token_endpoint_auth_method: 'none',
      scope: 'openid profile offline_access app',
      app_link: `${this.site.origin}/t`,
      ...more,
    };
  }

  /** Logs in on the phone of somebody who has an account. @returns the access token */
  async logsIn(citizen: Citizen, more: Record<string, string> = {}): Promise<string> {
    const scope = { scope: 'openid app', ...more };
    let page = await citizen.browser.open(await this.site.loginUrl(this.service().origin, scope));
    if (page.has('#login-submit')) page = await citizen.logsIn(page);
    if (page.has('#permission-submit')) page = await page.press('permission-submit');
    if (page.title !== 'logged in') throw new Error(`no login: ${page.title} ${page.text.slice(0, 200)}`);
    return this.site.lastLogin.tokens.access_token;
  }

  async call(token: string | undefined, ticket: string, step: string, body?: unknown): Promise<Answered> {
    const answer = await fetch(`${this.service().origin}/app/tickets/${ticket}/${step}`, {
      method: 'POST',
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        'accept-language': 'zh-CN',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    const text = await answer.text();
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      headers: answer.headers,
      body: JSON.parse(text) as Answered['body'],
    };
  }

  async scan(token: string | undefined, ticket: string): Promise<Answered> {
    return this.call(token, ticket, 'scan');
  }

  async confirm(token: string | undefined, ticket: string, number: unknown): Promise<Answered> {
    return this.call(token, ticket, 'confirm', { number });
  }

  async deny(token: string | undefined, ticket: string): Promise<Answered> {
    return this.call(token, ticket, 'deny');
  }
}

/** The ticket that a waiting page shows. */
export const ticketOn = (page: Page): string =>
  new URL(page.all('#qr-link')[0]?.getAttribute('href') as string).pathname.split('/').at(-1) as string;

/** The number that a waiting page shows once its ticket is scanned. */
export const numberOn = (page: Page): number => Number(page.all('#qr-number')[0]?.text.trim());
