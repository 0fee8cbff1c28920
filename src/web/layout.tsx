import type { ComponentChildren } from 'preact';
import { shown } from '../config/footer.js';
import type { Refusal } from '../shared/refusal.js';
import { ErrorSummary } from './error-summary.js';
import type { PageContext } from './page-context.js';

interface LayoutProps {
  page: PageContext;
  title: string;
  refusal?: Refusal;
  /** Narrow forms stand in one column of 480. */
  wide?: boolean;
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
              {signedIn.maskedName} · <a href={signedIn.logOutPath}>{t.web.logOut}</a>
            </li>
          )}
        </ul>
      </div>
    </header>
  );
}

function Footer({ page }: { page: PageContext }) {
  const { t, language, jurisdiction } = page;
  const { footer, hotline } = jurisdiction;
  const organiser = shown(footer.organiser);
  const operator = shown(footer.operator);
  const siteId = shown(footer.siteId);
  const icp = shown(footer.icp);
  const police = shown(footer.publicSecurity);
  const links = [shown(footer.officialMark), shown(footer.errorReport)].filter((link) => link !== undefined);
  return (
    <footer class="footer">
      <div class="inner">
        <ul class="links">
          <li>
            <a href={`${page.serviceOrigin}/sites`}>{t.web.siteMap}</a>
          </li>
          <li>
            <a href={`${page.serviceOrigin}/privacy`}>{t.web.privacy}</a>
          </li>
          <li>
            <a href={`${page.serviceOrigin}/agreement`}>{t.web.agreement}</a>
          </li>
          <li>
            <a href={`${page.serviceOrigin}/accessibility`}>{t.web.accessibility}</a>
          </li>
          {links.map(({ href, text }) => (
            <li>
              <a href={href.startsWith('/') ? page.serviceOrigin + href : href}>{text}</a>
            </li>
          ))}
        </ul>
        <p>{t.web.hotline({ number: hotline.number, hours: hotline.hours[language] })}</p>
        {organiser && (
          <p>
            {t.web.organiser} {organiser[language]}
          </p>
        )}
        {operator && (
          <p>
            {t.web.operator} {operator[language]}
          </p>
        )}
        <p>
          {siteId && (
            <span>
              {t.web.siteId} {siteId}{' '}
            </span>
          )}
          {icp && (
            <span>
              <a href="https://beian.miit.gov.cn/">{icp}</a>{' '}
            </span>
          )}
          {police && <a href="https://beian.mps.gov.cn/">{police}</a>}
        </p>
      </div>
    </footer>
  );
}

/** The frame of every page: skip link, header, what the page is about, footer (LOOK 3, 4). */
export function Layout({ page, title, refusal, wide, children }: LayoutProps) {
  const { t, language, large, demo, assets } = page;
  const heading = refusal ? `${t.web.errorPrefix}${title}` : title;
  return (
    <html lang={language} class={large ? 'large' : ''}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="X-UA-Compatible" content="IE=edge" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${heading} - ${page.portalName}`}</title>
        <link rel="stylesheet" href={assets.sheet} />
        <script src={assets.script} defer />
      </head>
      <body>
        <a class="skip" href="#main">
          {t.web.skip}
        </a>
        {demo && (
          <aside class="demo" aria-label={t.web.demoLabel}>
            {t.web.demo}
          </aside>
        )}
        <Header page={page} />
        <main id="main" tabIndex={-1}>
          <div class={wide ? 'inner' : 'inner narrow'}>
            {refusal && <ErrorSummary page={page} refusal={refusal} />}
            <h1>{title}</h1>
            {children}
          </div>
        </main>
        <Footer page={page} />
      </body>
    </html>
  );
}
