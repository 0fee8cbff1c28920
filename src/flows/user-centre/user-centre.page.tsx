import type { ComponentChildren } from 'preact';
import type { ActivityLine } from '../../identity/activity/activity.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { chinaMinute } from '../../shared/china-time.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts } from '../../web/parts.js';

/** What the user centre shows; sites are named already. */
export interface UserCentreView {
  profile: Profile;
  permissions: { clientId: string; site: string; scopes: string[] }[];
  /** Sites whose duty needs no permission, listed as such. */
  exempt: string[];
  sessions: { current: boolean; loginAt: Date; sites: string[] }[];
  activity: (ActivityLine & { site?: string })[];
}

function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Permissions({ page, view }: { page: PageContext; view: UserCentreView }) {
  const { t } = page;
  const named = (scopes: string[]) =>
    scopes
      .map((scope) => (t.permission.scopes as Record<string, string>)[scope] ?? scope)
      .join(page.language === 'en' ? ', ' : '、');
  return (
    <Section id="permissions" title={t.userCentre.permissions}>
      {view.permissions.length === 0 && <p>{t.userCentre.permissionsNone}</p>}
      <ul class="plain">
        {view.permissions.map(({ clientId, site, scopes }) => (
          <li>
            <p>{t.userCentre.permissionFor({ site, scopes: named(scopes) })}</p>
            <Form page={page} action="/account/permissions/revoke">
              <input type="hidden" name="clientId" value={clientId} />
              <Button id={`revoke-${clientId}`} kind="second">
                {t.userCentre.revoke}
              </Button>
            </Form>
          </li>
        ))}
      </ul>
      {view.exempt.length > 0 && <p>{t.userCentre.noPermissionNeeded}</p>}
      <ul>
        {view.exempt.map((site) => (
          <li>{site}</li>
        ))}
      </ul>
    </Section>
  );
}

/** The user centre (用户空间): who you are here, masked; what it allows; what left for whom. */
export function UserCentrePage({ page, view }: { page: PageContext; view: UserCentreView }) {
  const { t, language, jurisdiction } = page;
  const { profile } = view;
  const { facts } = t.userCentre;
  const none = t.userCentre.none;
  return (
    <Layout page={page} title={jurisdiction.labels.userCentre[language]} wide>
      <p>{t.userCentre.greeting({ name: profile.maskedName ?? profile.maskedPhone ?? '' })}</p>
      <Section id="level" title={t.userCentre.level}>
        <p id="level-text" data-level={profile.level}>
          {t.userCentre.levels[profile.level]}
        </p>
        {profile.level === 0 && (
          <p>
            <a class="button main" id="verify" href="/account/verification">
              {t.userCentre.verify}
            </a>
          </p>
        )}
        <Facts
          items={[
            [facts.phone, profile.maskedPhone ?? none],
            [facts.name, profile.maskedName ?? none],
            [facts.idNumber, profile.maskedIdNumber ?? none],
            [facts.verifiedAt, profile.verifiedAt && chinaMinute(profile.verifiedAt)],
            [facts.registeredAt, chinaMinute(profile.createdAt)],
          ]}
        />
      </Section>
      <Permissions page={page} view={view} />
      <Section id="sessions" title={t.userCentre.sessions}>
        <ul class="plain">
          {view.sessions.map(({ current, loginAt, sites }) => (
            <li>
              {t.userCentre.signedInAt({ time: chinaMinute(loginAt) })} {current && `(${t.userCentre.thisDevice})`}
              {sites.length > 0 && <span> · {sites.join(language === 'en' ? ', ' : '、')}</span>}
            </li>
          ))}
        </ul>
      </Section>
      <Section id="activity" title={t.userCentre.activity}>
        {view.activity.length === 0 && <p>{t.userCentre.noActivity}</p>}
        <ul class="plain">
          {view.activity.map(({ kind, at, site }) => (
            <li>
              {chinaMinute(at)} {t.userCentre.activities[kind]}
              {site && ` · ${site}`}
            </li>
          ))}
        </ul>
      </Section>
      <p>
        <a class="button second" id="log-out" href="/account/logout">
          {t.userCentre.logOut}
        </a>
      </p>
    </Layout>
  );
}
