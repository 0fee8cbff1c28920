import { Injectable } from '@nestjs/common';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { Pages } from '../web/pages.service.js';
import { localesOf } from './locales-of.js';

const TITLE = '<title>Submitting Callback</title>';
const HEAD = '<html>';
const WITHOUT_SCRIPT = /<noscript>[^]*?<\/noscript>/;

/**
 * The engine's page that posts an answer to the site (`response_mode=form_post`), in the person's language: without
 * script it is a page with a button. What came in is escaped in it, so that none of these marks can come from outside.
 */
@Injectable()
export class FormPost {
  constructor(private readonly pages: Pages) {}

  attach(provider: Provider): void {
    provider.use(async (context, next) => {
      await next();
      const ctx = context as KoaContextWithOIDC;
      if (typeof ctx.body === 'string' && ctx.body.includes(TITLE)) ctx.body = this.inWords(ctx, ctx.body);
    });
  }

  private inWords(ctx: KoaContextWithOIDC, html: string): string {
    const { t, language } = this.pages.context(Object.assign(ctx.req, { uiLocales: localesOf(ctx) }));
    const { formPostTitle, formPostText, formPostSubmit } = t.oidc;
    const button = `<p>${formPostText}</p><button type="submit" id="form-post-submit" autofocus>${formPostSubmit}</button>`;
    return html
      .replace(HEAD, () => `<html lang="${language}">`)
      .replace(TITLE, () => `<title>${formPostTitle}</title>`)
      .replace(WITHOUT_SCRIPT, () => button);
  }
}
