import type { ComponentChildren } from 'preact';
import type { Profile } from '../../identity/accounts/standing.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, digits } from '../../web/parts.js';

interface PermissionProps {
  page: PageContext;
  i: CurrentInteraction;
  profile: Profile;
}

/** The very values that would leave, masked. */
function valuesOf({ page, i, profile }: PermissionProps): [string, ComponentChildren][] {
  const { t, language, jurisdiction } = page;
  const { entity } = profile;
  const type = jurisdiction.entityTypes.find(({ id }) => id === entity?.type);
  const rows: Record<string, [string, ComponentChildren][]> = {
    real_name: [
      [t.permission.name, withChinese(page, profile.maskedName)],
      [t.permission.idNumber, digits(profile.maskedIdNumber)],
      [t.permission.minor, profile.minor ? t.permission.minorText : undefined],
    ],
    phone: [[t.permission.phone, digits(profile.maskedPhone)]],
    legal_entity: [
      [t.permission.entityName, withChinese(page, profile.maskedName)],
      [t.permission.creditCode, digits(entity?.maskedCreditCode)],
      [t.permission.entityType, type?.name[language]],
      [t.permission.representativeName, withChinese(page, entity?.maskedRepresentative)],
    ],
    offline_access: [[t.permission.scopes.offline_access, t.permission.offline]],
  };
  return (i.permission?.scopes ?? []).flatMap((scope) => rows[scope] ?? []);
}

/** Which site, which values, what for, where to take it back (R-8.2; LOOK 3). */
export function PermissionPage(props: PermissionProps) {
  const { page, i, profile } = props;
  const { t, language, jurisdiction } = page;
  const base = `/interaction/${i.uid}/permission`;
  const centre = jurisdiction.labels.userCentre[language];
  return (
    <Layout page={page} title={t.permission.title({ site: i.site.name[language] })}>
      <p>{t.permission.intro}</p>
      <p>{withChinese(page, t.permission.account({ name: profile.maskedName ?? profile.maskedPhone ?? '' }))}</p>
      <Facts
        items={[
          ...valuesOf(props),
          [t.permission.purpose, i.site.dataPurpose?.[language] ?? t.permission.noPurpose],
          [t.permission.duration, t.permission.durationText],
          [t.permission.takeBack, t.permission.takeBackText({ centre })],
        ]}
      />
      <Form page={page} action={base}>
        <Button id="permission-submit">{t.permission.submit}</Button>
      </Form>
      <Form page={page} action={`${base}/deny`}>
        <Button id="permission-deny" kind="link">
          {t.permission.deny}
        </Button>
      </Form>
    </Layout>
  );
}
