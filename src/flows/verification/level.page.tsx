import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { CodeBlock, lostNumberWay, SmsSentNotice } from '../../web/codes.js';
import { Button, DefaultSubmit, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, Steps, Ways, digits } from '../../web/parts.js';
import { VerificationFields, VerificationHelp } from './verification.page.js';

interface LevelProps {
  page: PageContext;
  values?: Record<string, string>;
  refusal?: Refusal;
}

function LevelInWords({ page, level }: { page: PageContext; level: Profile['level'] }) {
  return (
    <span id="level-text" data-level={level}>
      {page.t.userCentre.levels[level]}
    </span>
  );
}

const back = (page: PageContext) => ({
  id: 'back',
  href: '/account',
  text: page.t.userCentre.back({ centre: page.jurisdiction.labels.userCentre[page.language] }),
});

/** The other way up: by Alipay, where it can verify a person. */
const byAlipay = ({ t, alipay }: PageContext, level: Profile['level']) =>
  alipay?.verifies === true && level < 2 && { id: 'level-alipay', href: '/account/alipay', text: t.alipay.levelWay };

/** The level now, how to raise it, and the first step: the code to the bound number. */
export function LevelCodePage(props: LevelProps & { profile: Profile; stage: CodeStage }) {
  const { page, profile, stage, values, refusal } = props;
  const { t } = page;
  const { sent } = stage;
  return (
    <Layout {...{ page, refusal }} title={t.level.title} notice={sent && <SmsSentNotice page={page} {...sent} />}>
      <Facts items={[[t.level.now, <LevelInWords page={page} level={profile.level} />]]} />
      <h2>{t.level.how}</h2>
      <p>{t.level.byIdCard}</p>
      <Steps page={page} names={t.level.steps} at={1} />
      {!sent && <p>{t.level.codeIntro({ phone: profile.maskedPhone ?? '' })}</p>}
      <Form page={page} action="/account/level">
        <DefaultSubmit />
        <CodeBlock {...{ page, stage, values, refusal }} anotherHref="/account/level" refreshPath="/account/level" />
        <p>
          <Button id="level-next" name="deed" value="level-next">
            {t.level.next}
          </Button>
        </p>
      </Form>
      <Ways items={[byAlipay(page, profile.level), lostNumberWay(page, '/account'), back(page)]} />
    </Layout>
  );
}

/** Name and ID number; the only step for an account without a number. */
export function IdCardPage({ page, values, refusal, maskedPhone }: LevelProps & { maskedPhone?: string }) {
  const { t } = page;
  return (
    <Layout page={page} title={t.level.title} refusal={refusal}>
      {maskedPhone ? <Steps page={page} names={t.level.steps} at={2} /> : <p>{t.level.byIdCardAlone}</p>}
      <VerificationFields {...{ page, maskedPhone, values, refusal }} action="/account/level/id-card" />
      <VerificationHelp page={page} />
      <Ways items={[byAlipay(page, 0), back(page)]} />
    </Layout>
  );
}

function Fixed({ page }: { page: PageContext }) {
  const { t, jurisdiction } = page;
  return (
    <Notice kind="success" title={t.verification.doneTitle}>
      <p id="fixed">{t.level.fixed}</p>
      <p>{t.level.fixedHelp({ hotline: jurisdiction.hotline.number })}</p>
    </Notice>
  );
}

/** What was verified, masked: how and when, and that it stays so. */
export function VerifiedPage({ page, profile }: { page: PageContext; profile: Profile }) {
  const { t } = page;
  const { sex, verifiedAt, verifiedMethod } = profile;
  const { facts } = t.userCentre;
  return (
    <Layout page={page} title={t.level.title} notice={verifiedAt && <Fixed page={page} />}>
      <Facts
        items={[
          [t.level.facts.level, <LevelInWords page={page} level={profile.level} />],
          [facts.name, withChinese(page, profile.maskedName)],
          [t.level.facts.sex, sex && t.level.sexes[sex]],
          [t.level.facts.birthDate, profile.maskedBirthDate],
          [facts.idNumber, digits(profile.maskedIdNumber)],
          [facts.phone, digits(profile.maskedPhone)],
          [t.level.facts.minor, profile.minor ? t.level.minor : undefined],
          [t.level.facts.method, verifiedMethod && t.level.methods[verifiedMethod]],
          [facts.verifiedAt, verifiedAt && chinaMinute(verifiedAt)],
        ]}
      />
      <Ways items={[byAlipay(page, profile.level), back(page)]} />
    </Layout>
  );
}
