import type { PortalSite, SiteLevel } from '../../config/portal-sites.js';
import { withChinese } from '../../web/chinese.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Prose, Ways } from '../../web/parts.js';

/** What this is, log in, register. */
export function HomePage({ page }: { page: PageContext }) {
  const { t, language, jurisdiction } = page;
  return (
    <Layout page={page} title={t.home.title({ name: page.portalName })}>
      <p>{t.home.intro({ province: jurisdiction.province[language], count: jurisdiction.portalSites.length })}</p>
      {page.signedIn ? (
        <p>
          <a class="button main" id="user-centre" href="/account">
            {jurisdiction.labels.userCentre[language]}
          </a>
        </p>
      ) : (
        <p>
          <a class="button main" id="log-in" href="/account">
            {t.home.logIn}
          </a>
          <a class="button second" id="register" href="/account/start?create=1">
            {t.home.register}
          </a>
        </p>
      )}
      <Ways
        items={[
          { id: 'sites', href: '/sites', text: t.home.sites },
          { id: 'stop-link', href: '/stop', text: t.lostNumber.stopLink },
        ]}
      />
    </Layout>
  );
}

function CitySites({ page, city }: { page: PageContext; city: PortalSite }) {
  const { language, jurisdiction } = page;
  const below = jurisdiction.portalSites.filter(({ parent }) => parent === city.code);
  return (
    <section>
      <h2>{city.name[language]}</h2>
      {below.length > 0 && (
        <ul class="columns">
          {below.map(({ name }) => (
            <li>{withChinese(page, name[language])}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Every site of the province: those of districts and counties under their city, for many share a name. */
export function SitesPage({ page }: { page: PageContext }) {
  const { t, language, jurisdiction } = page;
  const of = (level: SiteLevel) => jurisdiction.portalSites.filter((site) => site.level === level);
  return (
    <Layout page={page} title={t.home.sites} wide>
      <p>{t.home.sitesIntro({ count: jurisdiction.portalSites.length })}</p>
      {of('province').map(({ name }) => (
        <h2>{name[language]}</h2>
      ))}
      {of('city').map((city) => (
        <CitySites page={page} city={city} />
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
