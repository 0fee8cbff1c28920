import type { PortalSite, SiteLevel } from '../../config/portal-sites.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Prose } from '../../web/parts.js';

/** What this is, log in, register. */
export function HomePage({ page }: { page: PageContext }) {
  const { t, language, jurisdiction } = page;
  return (
    <Layout page={page} title={t.home.title({ name: page.portalName })}>
      <p>{t.home.intro({ province: jurisdiction.province[language], count: jurisdiction.portalSites.length })}</p>
      <p>
        <a class="button main" id="log-in" href="/account">
          {t.home.logIn}
        </a>
        <a class="button second" id="register" href="/account/start?create=1">
          {t.home.register}
        </a>
      </p>
      <p>
        <a href="/sites">{t.home.sites}</a>
      </p>
    </Layout>
  );
}

function SiteList({ page, level }: { page: PageContext; level: SiteLevel }) {
  const { t, language, jurisdiction } = page;
  const sites = jurisdiction.portalSites.filter((site: PortalSite) => site.level === level);
  return (
    <section>
      <h2>{t.home.levels[level]}</h2>
      <ul class="columns">
        {sites.map(({ name }) => (
          <li>{name[language]}</li>
        ))}
      </ul>
    </section>
  );
}

/** Every site of the province, by level. */
export function SitesPage({ page }: { page: PageContext }) {
  const { t } = page;
  return (
    <Layout page={page} title={t.home.sites} wide>
      <p>{t.home.sitesIntro}</p>
      {(['province', 'city', 'county'] as const).map((level) => (
        <SiteList page={page} level={level} />
      ))}
    </Layout>
  );
}

/** A text of the jurisdiction's: agreement, privacy. */
export function TextPage({
  page,
  title,
  text,
  note,
}: {
  page: PageContext;
  title: string;
  text: string;
  note?: string;
}) {
  return (
    <Layout page={page} title={title} wide>
      {note && <p class="small">{note}</p>}
      <Prose text={text} />
    </Layout>
  );
}
