import type { Profile } from '../../identity/accounts/standing.js';
import { chinaMinute } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form, TextField } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Ways, digits } from '../../web/parts.js';

interface Props {
  page: PageContext;
  profile: Profile;
  values?: Record<string, string>;
  refusal?: Refusal;
}

const PATH = '/account/register';

/** The new name is typed and compared: the register only says whether it agrees. */
function NewName({ page, values, refusal }: Omit<Props, 'profile'>) {
  const t = page.t.accountRegister;
  return (
    <Form page={page} action={`${PATH}/name`}>
      <TextField
        page={page}
        name="entityName"
        label={t.newName}
        hint={page.t.entityRegistration.entityNameHint}
        value={values?.['entityName']}
        refusal={refusal}
        width="long"
        autocomplete="organization"
      />
      <p>
        <Button id="register-name-submit">{t.rename}</Button>
      </p>
    </Form>
  );
}

/** `/account/register`: what the register said when it was last asked, what follows from it and what to do. */
export function AccountRegisterPage({ page, profile, values, refusal }: Props) {
  const { t, jurisdiction, language } = page;
  const text = t.accountRegister;
  const { facts } = t.userCentre;
  const { entity, maskedName } = profile;
  if (!entity) return null;
  const { says, representativeLeft, askedAt } = entity;
  const agrees = says === 'agrees' && !representativeLeft;
  const back = t.userCentre.back({ centre: jurisdiction.labels.userCentre[language] });
  return (
    <Layout page={page} title={text.title} refusal={refusal} wide>
      <p>{text.intro}</p>
      <Facts
        items={[
          [facts.entityName, withChinese(page, maskedName)],
          [facts.creditCode, digits(entity.maskedCreditCode)],
          [facts.representative, withChinese(page, entity.maskedRepresentative)],
          [text.askedAt, chinaMinute(askedAt)],
          [text.answer, <span id="register-says">{agrees ? text.says.agrees : text.differs}</span>],
        ]}
      />
      {says !== 'agrees' && <p>{text.says[says]}</p>}
      {representativeLeft && <p>{text.representativeLeft}</p>}
      {says === 'name-differs' && <NewName {...{ page, values, refusal }} />}
      <Form page={page} action={PATH}>
        <Button id="register-ask" kind="second">
          {text.ask}
        </Button>
      </Form>
      <Ways
        items={[
          representativeLeft && {
            id: 'to-representative',
            href: '/account/representative',
            text: text.takeOver,
          },
          (says === 'cancelled' || says === 'revoked') && { id: 'to-data', href: '/account/data', text: text.leave },
          { id: 'back', href: '/account', text: back },
        ]}
      />
    </Layout>
  );
}
