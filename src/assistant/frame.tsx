import type { ComponentChildren } from 'preact';
import type { Refusal } from '../shared/refusal.js';
import { ErrorSummary } from '../web/error-summary.js';
import type { PageContext } from '../web/page-context.js';

interface FrameProps {
  page: PageContext;
  title: string;
  refusal?: Refusal;
  notice?: ComponentChildren;
  /** Seconds after which the window looks again. */
  again?: number;
  /** The window has done its part: a script closes it. */
  closes?: boolean;
  wide?: boolean;
  children: ComponentChildren;
}

/** The frame of the assistant's windows: told apart from the site's pages, since it is another program. */
export function Frame({ page, title, refusal, notice, again, closes, wide, children }: FrameProps) {
  const { t, language, assets } = page;
  const heading = refusal ? `${t.web.errorPrefix}${title}` : title;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {again !== undefined && <meta http-equiv="refresh" content={String(again)} />}
        <title>{`${heading} - ${t.assistant.name}`}</title>
        <link rel="stylesheet" href={assets.sheet} />
        {closes && <script src="/close.js" defer />}
      </head>
      <body>
        <aside class="demo" aria-label={t.web.demoLabel}>
          {t.assistant.about}
        </aside>
        <header class="header">
          <div class="inner">
            <p class="portal">
              <a href="/">{t.assistant.name}</a>
            </p>
          </div>
        </header>
        <main id="main">
          <div class={wide ? 'inner' : 'inner narrow'}>
            {refusal ? <ErrorSummary page={page} refusal={refusal} /> : notice}
            <h1>{title}</h1>
            {children}
          </div>
        </main>
      </body>
    </html>
  );
}
