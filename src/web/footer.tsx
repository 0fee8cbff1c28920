import { shown } from '../config/footer.js';
import type { PageContext } from './page-context.js';

/** Registration numbers are names: they stay Chinese on English pages, and say so to a screen reader. */
const CHINESE = { lang: 'zh-CN' };

function Links({ page }: { page: PageContext }) {
  const { t, language, jurisdiction, serviceOrigin, assets } = page;
  const { officialMark, errorReport } = jurisdiction.footer;
  const marks = [shown(officialMark), shown(errorReport)].filter((mark) => mark !== undefined);
  const own = [
    ['/sites', t.web.siteMap],
    ['/privacy', t.web.privacy],
    ['/agreement', t.web.agreement],
    ['/accessibility', t.web.accessibility],
  ] as const;
  return (
    <ul class="links">
      {own.map(([path, text]) => (
        <li>
          <a href={serviceOrigin + path}>{text}</a>
        </li>
      ))}
      {marks.map(({ href, text, image }) => (
        <li>
          <a href={href.startsWith('/') ? serviceOrigin + href : href}>
            {image ? <img src={assets.marks[image]} alt={text[language]} height="48" /> : text[language]}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Who runs this, where to ask, the numbers it is registered by: all from the jurisdiction file (LOOK 4). */
export function Footer({ page }: { page: PageContext }) {
  const { t, language, jurisdiction } = page;
  const { footer, hotline } = jurisdiction;
  const organiser = shown(footer.organiser);
  const operator = shown(footer.operator);
  const siteId = shown(footer.siteId);
  const icp = shown(footer.icp);
  const police = shown(footer.publicSecurity);
  return (
    <footer class="footer">
      <div class="inner">
        <Links page={page} />
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
        <ul class="links">
          {siteId && (
            <li>
              {t.web.siteId} <span {...CHINESE}>{siteId}</span>
            </li>
          )}
          {icp && (
            <li>
              <a href="https://beian.miit.gov.cn/" {...CHINESE}>
                {icp}
              </a>
            </li>
          )}
          {police && (
            <li>
              <a href="https://beian.mps.gov.cn/" {...CHINESE}>
                {police}
              </a>
            </li>
          )}
        </ul>
      </div>
    </footer>
  );
}
