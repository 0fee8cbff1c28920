import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadJurisdiction } from '../../src/config/jurisdiction.js';
import { Portal } from '../../src/portal/portal.js';
import { Assets } from '../../src/web/assets.js';
import { Browser } from './browser.js';
import type { Page } from './browser.js';

/** What answers in the place of a site, with the site at hand. */
export type Instead = (portal: Portal) => (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A demonstration site in this process, on a free port. */
export class PortalSite {
  static readonly clientId = 'demo-wuhan';
  /** What it would have printed. */
  readonly printed: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** @param instead for a site that is broken on purpose */
  static async start(issuer: string, instead: Instead = asItIs): Promise<PortalSite> {
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(0, done);
    });
    const { port } = server.address() as AddressInfo;
    const site = new PortalSite(server, `http://localhost:${port}`);
    const id = PortalSite.clientId;
    const jurisdiction = loadJurisdiction('hubei', 'demo');
    const env = {
      port,
      issuer,
      clientId: id,
      clientSecret: 'a-secret',
      site: { id, port, origin: site.origin, name: { 'zh-CN': '武汉站', en: 'Wuhan' } },
      other: { id: 'demo-hubei', port: 1, origin: 'http://localhost:1', name: { 'zh-CN': '省站', en: 'Hubei' } },
      jurisdiction,
      assets: new Assets(jurisdiction.footer),
    };
    const portal = new Portal(env, (line) => site.printed.push(line));
    const answer = instead(portal);
    server.on('request', (request, response) => void answer(request, response));
    return site;
  }

  async open(browser: Browser, path = '/'): Promise<Page> {
    return browser.open(this.origin + path);
  }

  async isLoggedIn(browser: Browser): Promise<boolean> {
    return (await this.open(browser)).has('#log-out');
  }

  /** Sends a logout token to its back channel. @returns the status */
  async tell(token: string): Promise<number> {
    const body = `logout_token=${token}`;
    return (await new Browser().request('POST', `${this.origin}/backchannel-logout`, body)).status;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => {
      this.server.close(done);
    });
  }
}

const asItIs: Instead = (portal) => async (request, response) => portal.handle(request, response);

/** The name of the sentence that a page of a site says. */
export const notice = (page: Page): string | undefined => page.all('#notice')[0]?.getAttribute('data-notice');

/** The level that a site's front page shows. */
export const level = (page: Page): string | undefined => page.all('#level')[0]?.getAttribute('data-level');
