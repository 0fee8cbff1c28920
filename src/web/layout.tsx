import type { ComponentChildren } from 'preact';
import type { Refusal } from '../shared/refusal.js';
import { withChinese } from './chinese.js';
import { ErrorSummary } from './error-summary.js';
import { Footer } from './footer.js';
import type { PageContext } from './page-context.js';

interface LayoutProps {
  page: PageContext;
  title: string;
  refusal?: Refusal;
  /** Names of the fields, where the summary of what is to be corrected has to name them. */
  fieldNames?: Readonly<Record<string, string>>;
  /** What has just happened, in words; stands above the title, as the summary of a refused form does. */
  notice?: ComponentChildren;
  /** Without script the page comes again by itself: it waits for what happens elsewhere. */
  refresh?: { seconds: number; href: string };
  /** Narrow forms stand in one column of 480. */
  wide?: boolean;
  /** Closer together: a page that has to fit on a low screen. */
  compact?: boolean;
  children: ComponentChildren;
}

const preference = (page: PageContext, name: string, value: string): string =>
  `/preferences?${new URLSearchParams({ name, value, back: page.path })}`;

function Header({ page }: { page: PageContext }) {
  const { t, language, large, signedIn } = page;
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <header class="header">
      <div class="inner">
        <p class="portal">
          <a href="/">{page.portalName}</a> <span class="account-name">{page.subtitle}</span>
        </p>
        <ul class="tools">
          <li>
            <a
              id="switch-size"
              data-size={large ? 'standard' : 'large'}
              data-other={large ? t.web.large : t.web.standard}
              href={preference(page, 'size', large ? 'standard' : 'large')}
            >
              {large ? t.web.standard : t.web.large}
            </a>
          </li>
          <li>
            <a href={`${page.serviceOrigin}/accessibility`}>{t.web.accessibility}</a>
          </li>
          <li>
            <a id="switch-language" href={preference(page, 'lang', other)} lang={other}>
              {t.web.otherLanguage}
            </a>
          </li>
          {signedIn && (
            <li>
              {withChinese(page, signedIn.maskedName)} · <a href={signedIn.logOutPath}>{t.web.logOut}</a>
            </li>
          )}
        </ul>
      </div>
    </header>
  );
}

/** The frame of every page: skip link, header, what the page is about, footer (LOOK 3, 4). */
export function Layout(props: LayoutProps) {
  const { page, title, refusal, fieldNames, notice, refresh, wide, compact, children } = props;
  const { t, language, large, demo, assets } = page;
  const heading = refusal ? `${t.web.errorPrefix}${title}` : title;
  return (
    <html lang={language} class={large ? 'large' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="X-UA-Compatible" content="IE=edge" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${heading} - ${page.portalName}`}</title>
        <link rel="stylesheet" href={assets.sheet} />
        <script src={assets.script} defer />
        {refresh && (
          <noscript>
            <meta http-equiv="refresh" content={`${refresh.seconds};url=${refresh.href}`} />
          </noscript>
        )}
      </head>
      <body data-show-password={t.web.showPassword} data-working={t.web.working}>
        <a class="skip" href="#main">
          {t.web.skip}
        </a>
        {demo && (
          <aside class="demo" aria-label={t.web.demoLabel}>
            {t.web.demo}{' '}
            <a href={`${page.serviceOrigin}/sandbox`} target="_blank" rel="noopener">
              {t.web.demoTools}
            </a>
          </aside>
        )}
        <Header page={page} />
        <main id="main" tabIndex={-1}>
          <div class={['inner', !wide && 'narrow', compact && 'compact'].filter(Boolean).join(' ')}>
            {refusal ? <ErrorSummary {...{ page, refusal, fieldNames }} /> : notice}
            <h1>{title}</h1>
            {children}
          </div>
        </main>
        <Footer page={page} />
      </body>
    </html>
  );
}
