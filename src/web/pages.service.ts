import { Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VNode } from 'preact';
import { alipayOffer } from '../config/alipay-account.js';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { texts } from '../locales/texts.js';
import { Assets } from './assets.js';
import { preferencesOf } from './language.js';
import type { PageContext } from './page-context.js';
import { render } from './render.js';

/** A request as guards leave it: they know the form token, the site's wish for a language, and who is signed in. */
export type PageRequest = IncomingMessage & {
  originalUrl?: string;
  uiLocales?: string;
  formToken?: string;
  signedInAs?: string;
};

/** Makes and sends pages. */
@Injectable()
export class Pages {
  constructor(
    private readonly env: Env,
    private readonly jurisdiction: Jurisdiction,
    private readonly assets: Assets,
  ) {}

  context(request: PageRequest): PageContext {
    const { language, large } = preferencesOf(request.headers, request.uiLocales);
    return {
      language,
      t: texts(language),
      jurisdiction: this.jurisdiction,
      portalName: this.jurisdiction.portalName[language],
      subtitle: this.jurisdiction.accountName[language],
      large,
      demo: this.env.realm === 'demo',
      alipay: alipayOffer(this.env),
      serviceOrigin: '',
      path: request.originalUrl ?? request.url ?? '/',
      assets: this.assets.paths,
      assistants: this.env.assistants,
      signedIn: request.signedInAs ? { maskedName: request.signedInAs, logOutPath: '/account/logout' } : undefined,
      formToken: request.formToken ?? '',
    };
  }

  /** Sends a page; pages are personal or hold a form, so nobody keeps them. */
  // oxlint-disable-next-line typescript/no-explicit-any -- any component's node renders
  send(response: ServerResponse, status: number, node: VNode<any>): void {
    response.statusCode = status;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('cache-control', 'no-store');
    response.end(render(node));
  }
}
