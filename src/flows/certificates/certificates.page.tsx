import type { ComponentChildren } from 'preact';
import type { Texts } from '../../locales/texts.js';
import { chinaDay } from '../../shared/china-time.js';
import type { Refusal } from '../../shared/refusal.js';
import { withChinese } from '../../web/chinese.js';
import { Button, Form } from '../../web/form.js';
import { Layout } from '../../web/layout.js';
import type { PageContext } from '../../web/page-context.js';
import { Notice, Table, Ways } from '../../web/parts.js';
import type { Detour } from '../../oidc/detours.service.js';
import type { CertificateLine } from './certificate-list.service.js';

export type CertificateNews = keyof Texts['certificates']['news'];

interface Props {
  page: PageContext;
  lines: readonly CertificateLine[];
  /** The journey that was left for this page. */
  detour?: Detour;
  news?: CertificateNews;
  refusal?: Refusal;
}

/** What is wrong first of all; a certificate that ends soon is no news while it is one of several good ones, but it is said. */
const URGENT = ['expired', 'untrusted', 'expiring'] as const;

/** Of an entity without a certificate: what one is good for, before the button that binds it. */
function NoneYet({ page }: { page: PageContext }) {
  const { noneTitle, none } = page.t.certificates;
  return (
    <Notice kind="info" title={noneTitle}>
      <p id="no-certificates">{none}</p>
    </Notice>
  );
}

function Head({ page, lines, news, refusal }: Props): ComponentChildren {
  const { t } = page;
  if (refusal) return undefined;
  if (news) return <Notice kind="success" title={t.certificates.news[news]} />;
  if (lines.length === 0) return <NoneYet page={page} />;
  const urgent = URGENT.find((state) => lines.some((line) => line.state === state));
  if (!urgent) return undefined;
  const { title, text } = t.certificates.warnings[urgent];
  return (
    <Notice kind="warning" title={title}>
      <p>{text}</p>
    </Notice>
  );
}

/** The id in the form, not the number of the button, says which one is unbound. */
function Unbind({ page, id, number }: { page: PageContext; id: string; number: number }) {
  return (
    <Form page={page} action="/account/certificates/unbind">
      <input type="hidden" name="id" value={id} />
      <Button id={`certificate-unbind-${number}`} kind="second">
        {page.t.certificates.unbind}
      </Button>
    </Form>
  );
}

function row(page: PageContext, line: CertificateLine, at: number): ComponentChildren[] {
  const { id, holder, authority, serialEnd, notAfter, boundAt, state, daysLeft } = line;
  const { states } = page.t.certificates;
  return [
    <span>
      <strong>{withChinese(page, holder)}</strong>
      <br />
      {withChinese(page, authority)}
    </span>,
    <span class="mono">{serialEnd}</span>,
    <span>
      {chinaDay(notAfter)}
      <br />
      <span data-state={state}>{states[state]({ days: daysLeft })}</span>
    </span>,
    chinaDay(boundAt),
    <Unbind page={page} id={id} number={at + 1} />,
  ];
}

/** `/account/certificates`: what an entity logs in with, until when, and the way to one more or one less. */
export function CertificatesPage(props: Props) {
  const { page, lines, detour, news, refusal } = props;
  const t = page.t.certificates;
  const centre = page.jurisdiction.labels.userCentre[page.language];
  const back = { id: 'back', href: '/account', text: page.t.userCentre.back({ centre }) };
  return (
    <Layout page={page} title={t.title} refusal={refusal} notice={Head(props)} wide>
      <p>{t.intro}</p>
      {lines.length === 0 && (news ?? refusal) && <p id="no-certificates">{t.none}</p>}
      {lines.length > 0 && (
        <Table
          id="certificates"
          columns={[t.certificate, t.serial, t.until, t.boundAt, t.act]}
          rows={lines.map((line, at) => row(page, line, at))}
        />
      )}
      <Form page={page} action="/account/certificates">
        <p>
          <Button id="certificates-add">{lines.length > 0 ? t.addAnother : t.add}</Button>
        </p>
      </Form>
      <Ways
        items={[
          detour !== undefined && {
            id: 'go-on',
            href: detour.href,
            text: t.goOn({ site: detour.site[page.language] }),
          },
          back,
        ]}
      />
    </Layout>
  );
}
