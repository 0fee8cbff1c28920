import type { Profile } from '../../identity/accounts/standing.js';
import { refusalText } from '../../locales/texts.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Ways } from '../../web/parts.js';

export type AlipayNews = 'bound' | 'raised' | 'unbound';

interface Props {
  page: PageContext;
  profile: Profile;
  /** Since when one is bound. */
  since?: Date;
  /** Whether Alipay can verify a person. */
  raises: boolean;
  news?: AlipayNews;
  refusal?: Refusal;
}

function Above({ page, news, refusal }: Props) {
  const { t, language } = page;
  const titles = { bound: t.alipay.boundNotice, raised: t.alipay.raisedNotice, unbound: t.alipay.unboundNotice };
  if (news && !refusal) return <Notice kind="success" title={titles[news]} />;
  if (!refusal) return null;
  return (
    <Notice kind="error" title={t.web.refusedTitle}>
      <p data-code={refusal.code}>{refusalText(language, refusal)}</p>
    </Notice>
  );
}

/** `/account/alipay`: whether one is bound, what binding does, and the way back. */
export function AccountAlipayPage(props: Props) {
  const { page, profile, since, raises, refusal } = props;
  const { t, language, jurisdiction } = page;
  const raising = raises && profile.level < 2;
  const account = profile.maskedPhone ?? profile.maskedName ?? '';
  return (
    <Layout page={page} title={t.alipay.accountTitle} notice={<Above {...props} />}>
      <Facts
        items={[
          [t.alipay.accountTitle, <span id="alipay-state">{since ? t.alipay.bound : t.alipay.notBound}</span>],
          [t.alipay.since, since && chinaMinute(since)],
        ]}
      />
      <p>{withChinese(page, t.alipay.accountIntro({ account }))}</p>
      {raising && <p>{t.alipay.raises}</p>}
      {raising && profile.level === 0 && <p>{t.alipay.identityFirst}</p>}
      {(!since || raising) && (
        <Form page={page} action="/account/alipay/bind">
          <p>
            <Button id="alipay-bind">{since ? t.alipay.raiseAgain : t.alipay.bind}</Button>
          </p>
        </Form>
      )}
      {since && (
        <Form page={page} action="/account/alipay/unbind">
          <p>{t.alipay.unbindText}</p>
          <p>
            <Button id="alipay-unbind" kind="risky">
              {t.alipay.unbind}
            </Button>
          </p>
        </Form>
      )}
      <Ways
        items={[
          refusal?.code === 'alipay.only-way-in' && {
            id: 'to-phone',
            href: '/account/phone',
            text: t.userCentre.rows.phone.label,
          },
          {
            id: 'back',
            href: '/account',
            text: t.userCentre.back({ centre: jurisdiction.labels.userCentre[language] }),
          },
        ]}
      />
    </Layout>
  );
}
