import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { Coded } from '../../web/coded.js';
import type { PageContext } from '../../web/page-context.js';
import type { Fault } from './fault.js';
import type { Site } from '../sites/site.js';

interface DeveloperDetailProps {
  page: PageContext;
  ctx: KoaContextWithOIDC;
  out: ErrorOut;
  error: Error;
  site?: Site;
  fault?: Fault;
}

/** What a request may show again of itself: no hint, no secret, no code. */
const SHOWN = [
  'client_id',
  'redirect_uri',
  'post_logout_redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'prompt',
  'max_age',
  'acr_values',
  'claims',
  'code_challenge_method',
  'request_uri',
];
const LONGEST = 300;

/** What was registered, where the error is about an address. */
const registeredFor = (asked: Record<string, unknown>, out: ErrorOut, site: Site | undefined): readonly string[] => {
  if (out.error === 'invalid_redirect_uri') return site?.redirectUris ?? [];
  return asked['post_logout_redirect_uri'] === undefined ? [] : (site?.postLogoutRedirectUris ?? []);
};

/** In a demonstration a protocol error says what was expected and what came, to whoever builds a site. */
export function DeveloperDetail({ page, ctx, out, error, site, fault }: DeveloperDetailProps) {
  const { t } = page;
  const asked = { ...ctx.query, ...ctx.oidc?.params } as Record<string, unknown>;
  const came = SHOWN.filter((name) => asked[name] !== undefined);
  const reason = [out.error_description, (error as { error_detail?: string }).error_detail].filter(Boolean).join(': ');
  return (
    <section id="developer-detail" class="small">
      <p>{t.oidc.expected({ detail: reason })}</p>
      {fault && (
        <p>
          <Coded text={t.faultCauses[fault.cause].expected} /> <Coded text={t.faultCauses[fault.cause].cure} />
        </p>
      )}
      {registeredFor(asked, out, site).map((address) => (
        <p class="mono">{t.oidc.registered({ address })}</p>
      ))}
      {came.map((name) => (
        <p class="mono">{t.oidc.came({ parameter: `${name}=${String(asked[name]).slice(0, LONGEST)}` })}</p>
      ))}
    </section>
  );
}

/** For whoever builds the site, in production too: where the cause and the cure are found. */
export function GuideLink({ page, href }: { page: PageContext; href: string }) {
  return (
    <p class="small">
      <a id="error-guide" href={href}>
        {page.t.oidc.errorGuide}
      </a>
    </p>
  );
}
