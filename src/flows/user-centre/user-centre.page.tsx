import type { ComponentChildren } from 'preact';
import type { Profile } from '../../identity/accounts/standing.js';
import type { Texts } from '../../locales/texts.js';
import { chinaDay, chinaMinute } from '../../shared/china-time.js';
import { withChinese } from '../../web/chinese.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Facts, Notice, digits } from '../../web/parts.js';
import { attention } from './attention.js';
import type { AccountNow } from './attention.js';

interface Props {
  page: PageContext;
  now: AccountNow;
}

interface Row {
  id: keyof Texts['userCentre']['rows'];
  href: string;
  /** Always, unless given. */
  shown?: (page: PageContext, now: AccountNow) => boolean;
}

const isEntity = (_page: PageContext, { profile }: AccountNow): boolean => profile.kind === 'entity';
/** Elsewhere the representative's number is the entity's. */
const hasContact = (page: PageContext, now: AccountNow): boolean =>
  isEntity(page, now) && !page.jurisdiction.representativeFirst;
const isPerson = (_page: PageContext, { profile }: AccountNow): boolean => profile.kind === 'person';
const isVerified = (_page: PageContext, { profile }: AccountNow): boolean =>
  profile.kind === 'person' && profile.level > 0;
const hasUserNames = ({ jurisdiction }: PageContext): boolean => jurisdiction.login.identifiers.includes('user-name');

const hasAlipay = ({ alipay }: PageContext, { profile }: AccountNow): boolean =>
  alipay?.logsIn === true && profile.kind === 'person';

const hasRole = (_page: PageContext, { hasRole: has }: AccountNow): boolean => has;

/** The pages of the user centre, in the order of LOOK 3: whoever makes one adds its row, and its line to the texts. */
const ROWS: readonly Row[] = [
  { id: 'level', href: '/account/level', shown: isPerson },
  { id: 'password', href: '/account/password' },
  { id: 'user-name', href: '/account/user-name', shown: hasUserNames },
  { id: 'register', href: '/account/register', shown: isEntity },
  { id: 'phone', href: '/account/phone', shown: isPerson },
  { id: 'confirmations', href: '/account/confirmations', shown: isVerified },
  { id: 'representative', href: '/account/representative', shown: isEntity },
  { id: 'contact', href: '/account/contact', shown: hasContact },
  { id: 'certificates', href: '/account/certificates', shown: isEntity },
  { id: 'alipay', href: '/account/alipay', shown: hasAlipay },
  { id: 'sessions', href: '/account/sessions' },
  { id: 'activity', href: '/account/activity' },
  { id: 'sites', href: '/account/sites' },
  { id: 'data', href: '/account/data' },
  { id: 'console', href: '/console', shown: hasRole },
  { id: 'log-out', href: '/account/logout' },
];

function Attention({ page, now }: Props) {
  const notes = attention(now, page.t);
  if (notes.length === 0) return null;
  return (
    <Notice kind="warning" title={page.t.userCentre.attention.title}>
      <ul id="attention">
        {notes.map(({ id, text, href }) => (
          <li>
            <a id={`note-${id}`} href={href}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Rows({ page, now }: Props) {
  const { rows } = page.t.userCentre;
  const { maskedPhone: phone = '', userName = '' } = now.profile;
  const { hasPassword, alipaySince } = now;
  const values = { phone, userName, hasPassword, hasAlipay: alipaySince !== undefined };
  return (
    <ul class="plain rows">
      {ROWS.filter(({ shown }) => shown?.(page, now) ?? true).map(({ id, href }) => (
        <li>
          <a id={`to-${id}`} href={href}>
            {rows[id].label}
          </a>
          <span class="hint">{rows[id].line(values)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Of a legal entity: what the register confirmed, its people masked. */
function entityFacts(page: PageContext, { entity, maskedName }: Profile): [string, ComponentChildren][] {
  const { t, language, jurisdiction } = page;
  const { facts } = t.userCentre;
  const type = jurisdiction.entityTypes.find(({ id }) => id === entity?.type);
  return [
    [facts.entityName, withChinese(page, maskedName)],
    [facts.creditCode, digits(entity?.maskedCreditCode)],
    [facts.entityType, type?.name[language]],
    [facts.representative, withChinese(page, entity?.maskedRepresentative)],
    [facts.manager, withChinese(page, entity?.maskedManager)],
  ];
}

/** The user centre (用户空间): who you are here, masked; what it allows; what needs attention; one list of links. */
export function UserCentrePage({ page, now }: Props) {
  const { t, language, jurisdiction } = page;
  const { profile, alipaySince } = now;
  const { facts, levels, greeting } = t.userCentre;
  const ofEntity = profile.level > 0 ? t.userCentre.entityLevel : t.userCentre.entityUnconfirmed;
  const level = (
    <span id="level-text" data-level={profile.level}>
      {profile.entity ? ofEntity : levels[profile.level]}
    </span>
  );
  return (
    <Layout page={page} title={jurisdiction.labels.userCentre[language]} wide>
      <p id="greeting">{withChinese(page, greeting({ name: profile.maskedName ?? profile.maskedPhone ?? '' }))}</p>
      <Attention page={page} now={now} />
      <Facts
        items={[
          [facts.level, level],
          ...(profile.entity ? entityFacts(page, profile) : []),
          [facts.name, profile.entity ? undefined : withChinese(page, profile.maskedName)],
          [facts.idNumber, digits(profile.maskedIdNumber)],
          [facts.userName, profile.userName],
          [facts.phone, digits(profile.maskedPhone)],
          [facts.alipay, alipaySince && t.alipay.boundSince({ day: chinaDay(alipaySince) })],
          [facts.verifiedAt, profile.verifiedAt && chinaMinute(profile.verifiedAt)],
          [facts.registeredAt, chinaMinute(profile.createdAt)],
        ]}
      />
      <Rows page={page} now={now} />
    </Layout>
  );
}
