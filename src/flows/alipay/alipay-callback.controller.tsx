import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AlipayStates } from '../../identity/alipay/alipay-states.service.js';
import { refusalText } from '../../locales/texts.js';
import { AlipayWay } from '../../oidc/alipay-way.service.js';
import { startAgainAt } from '../../oidc/sites/site.js';
import { Sites } from '../../oidc/sites/sites.service.js';
import { Refusal } from '../../shared/refusal.js';
import { ErrorPage } from '../../web/error-page.js';
import { Pages } from '../../web/pages.service.js';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const PATH = '/alipay/callback';
const OTHER_BROWSER = 'alipay.other-browser';
const otherBrowser = () => new Refusal(OTHER_BROWSER, { status: 403 });
/** As we draw it: nothing else is looked up. */
const STATE = /^[0-9a-f]{64}$/;

/**
 * `/alipay/callback`: back from Alipay. That this browser began it comes first, before `state` or `auth_code` is used or
 * kept; then `state` is taken, once, and the journey or session that it belongs to goes on with what came.
 */
@Controller(PATH)
export class AlipayCallbackController {
  constructor(
    private readonly states: AlipayStates,
    private readonly way: AlipayWay,
    private readonly sites: Sites,
    private readonly pages: Pages,
  ) {}

  @Get()
  async back(
    @Query('state') rawState: unknown,
    @Query('auth_code') authCode: unknown,
    @Query('refused') refused: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (refused === OTHER_BROWSER) return this.refuse(request, response, otherBrowser());
    const state = text(rawState);
    if (!state || !STATE.test(state))
      return this.refuse(request, response, new Refusal('alipay.state-used', { status: 400 }));
    if (!this.way.beganHere(request, state)) {
      return this.refuse(request, response, otherBrowser(), await this.states.siteOf(state));
    }
    try {
      const path = await this.states.arrive(state, { authCode: text(authCode) });
      this.way.forget(response, state);
      response.redirect(303, path);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.refuse(request, response, refusal);
    }
  }

  /** Says what happened, and where to start again in this browser. */
  private refuse(request: Request, response: Response, refusal: Refusal, siteId?: string): void {
    const other = refusal.code === OTHER_BROWSER;
    // The links for size and language come back to this page, and to nothing that Alipay sent.
    const path = other ? `${PATH}?refused=${OTHER_BROWSER}` : PATH;
    const page = { ...this.pages.context(request), path };
    const { t, language } = page;
    const site = siteId === undefined ? undefined : this.sites.get(siteId);
    const again = site && startAgainAt(site);
    const onward =
      site && again ? { href: again, label: t.alipay.startAgain({ site: site.name[language] }) } : undefined;
    this.pages.send(
      response,
      refusal.status,
      <ErrorPage
        {...{ page, onward }}
        title={other ? t.alipay.otherTitle : t.alipay.failedTitle}
        text={[refusalText(language, refusal), other && t.alipay.otherText, t.alipay.bySms].filter(Boolean).join(' ')}
        code={refusal.code}
      />,
    );
  }
}
