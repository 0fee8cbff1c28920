import type { ComponentChildren } from 'preact';
import { Layout } from './layout.js';
import type { PageContext } from './page-context.js';

interface ErrorPageProps {
  page: PageContext;
  title: string;
  text: string;
  code: string;
  /** The record of a bug. */
  id?: string;
  onward?: { href: string; label: string };
  children?: ComponentChildren;
}

/** What happened, that nothing was lost, one way onward, the code as text, the hotline (LOOK 3). */
export function ErrorPage({ page, title, text, code, id, onward, children }: ErrorPageProps) {
  const { t, jurisdiction, language } = page;
  const { hotline } = jurisdiction;
  return (
    <Layout page={page} title={title}>
      <p>{text}</p>
      <p>
        <a class="button main" id="onward" href={onward?.href ?? '/'}>
          {onward?.label ?? t.web.home}
        </a>
      </p>
      <p class="small" data-code={code}>
        {t.web.errorCode({ code })}
        {id && ` · ${t.web.errorId({ id })}`}
      </p>
      <p class="small">{t.web.hotline({ number: hotline.number, hours: hotline.hours[language] })}</p>
      {children}
    </Layout>
  );
}
