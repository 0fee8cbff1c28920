import type { Profile } from '../../identity/accounts/standing.js';
import type { CurrentInteraction } from '../../oidc/interaction-view.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Ways, digits } from '../../web/parts.js';

interface Props {
  page: PageContext;
  i: CurrentInteraction;
  profile?: Profile;
  refusal?: Refusal;
}

/** A site insists on an entity that is confirmed, and the register does not confirm this one: why, and what to do. */
export function RegisterStepPage({ page, i, profile, refusal }: Props) {
  const { t, language } = page;
  const text = t.accountRegister;
  const { facts } = t.userCentre;
  const base = `/interaction/${i.uid}/register-standing`;
  const site = i.site.name[language];
  const entity = profile?.entity;
  return (
    <Layout page={page} title={text.stepTitle} refusal={refusal}>
      <p>{text.stepIntro({ site })}</p>
      <Facts
        items={[
          [facts.entityName, withChinese(page, profile?.maskedName)],
          [facts.creditCode, digits(entity?.maskedCreditCode)],
          [text.askedAt, entity && chinaMinute(entity.askedAt)],
        ]}
      />
      {entity && <p id="register-says">{text.says[entity.says]}</p>}
      <Form page={page} action={base}>
        <Button id="register-ask">{text.ask}</Button>
      </Form>
      <Ways items={[{ id: 'to-register', href: '/account/register', text: text.title }]} />
      <Form page={page} action={`${base}/decline`}>
        <Button id="register-decline" kind="link">
          {t.login.cancel({ site })}
        </Button>
      </Form>
    </Layout>
  );
}
