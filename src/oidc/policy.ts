import type { KoaContextWithOIDC } from 'oidc-provider';
import { interactionPolicy } from 'oidc-provider';
import type { Env } from '../config/env.js';
import type { Jurisdiction } from '../config/jurisdiction.js';
import type { Accounts } from '../identity/accounts/accounts.service.js';
import type { DailyRegister } from '../identity/entity-standing/daily-register.service.js';
import type { Amr } from '../shared/account.js';
import type { Clock } from '../shared/clock.js';
import { storeKey } from '../storage/short-lived.js';
import type { ShortLived } from '../storage/short-lived.js';
import { sessionStamp, standingOf, stands } from './account.js';
import { certificatePrompt, registerStandingPrompt, verificationPrompt } from './level-prompts.js';
import { acrOf, levelHeld } from './levels.js';
import type { KnownKinds } from './known-kinds.js';
import { requestOf } from './policy-request.js';
import { requestedScopes, toBePermitted } from './scopes.js';
import type { Sites } from './sites/sites.service.js';

const { base, Check, Prompt } = interactionPolicy;

export interface PolicyParts {
  store: ShortLived;
  accounts: Accounts;
  kinds: KnownKinds;
  env: Env;
  register: DailyRegister;
  sites: Sites;
  clock: Clock;
  jurisdiction: Jurisdiction;
}

/**
 * What must be true before a site gets its code, in order: login → kind of account → told of a change of number and of a
 * deregistration that wait → agreement accepted → level reached (a person's verification, a legal entity's certificate) →
 * permission given (DESIGN 4). The first check that fails decides the page.
 */
export function policyWith(parts: PolicyParts) {
  const policy = base();
  policy.remove('consent');
  amendLogin(policy.get('login')!, parts);
  policy.add(new Prompt({ name: 'create', requestable: true }), 0);
  policy.add(consentStaysKnown());
  policy.add(accountKindPrompt(parts));
  policy.add(numberMovePrompt(parts));
  policy.add(deregistrationPrompt(parts));
  policy.add(agreementPrompt(parts));
  policy.add(verificationPrompt(parts));
  policy.add(registerStandingPrompt(parts));
  policy.add(certificatePrompt(parts));
  policy.add(permissionPrompt(parts));
  return policy;
}

/** `prompt=consent` must stay a known value, and `offline_access` depends on it; the page is `permission`. */
function consentStaysKnown() {
  const consent = new Prompt({ name: 'consent', requestable: true });
  consent.checks.clear();
  return consent;
}

type LoginPrompt = NonNullable<ReturnType<ReturnType<typeof base>['get']>>;

/** A login's `ts` is by `Clock`, so its `max_age` check is replaced; an essential `acr` is the verification prompt's. */
function amendLogin(login: LoginPrompt, { accounts, kinds, register, clock }: PolicyParts): void {
  login.checks.remove('essential_acrs');
  login.checks.remove('essential_acr');
  login.checks.remove('max_age');
  login.checks.add(
    new Check('ended', 'End-User authentication is required', 'login_required', async (ctx) => {
      const { session } = ctx.oidc;
      if (!session?.accountId) return false;
      const standing = await standingOf(ctx, accounts, session.accountId);
      if (!stands(standing, sessionStamp(ctx, clock), session.amr ?? [])) return true;
      kinds.learn(standing.accountId, standing.kind);
      if (standing.kind === 'entity' && ctx.oidc.result?.login) await register.atLogin(standing.accountId);
      const acr = acrOf(standing, (session.amr ?? []) as Amr[]);
      if (session.acr !== acr) session.acr = acr;
      return false;
    }),
  );
  login.checks.add(
    new Check('max_age', 'End-User authentication could not be obtained', 'login_required', (ctx) => {
      const { params, session, result } = ctx.oidc;
      if (params?.max_age === undefined || !session?.accountId || result?.login) return false;
      return clock.ms() / 1000 - (session.loginTs ?? 0) > Number(params.max_age);
    }),
  );
}

function accountKindPrompt(parts: PolicyParts) {
  return new Prompt(
    { name: 'account-kind', requestable: false },
    new Check('account_kind', 'the site takes another kind of account', 'interaction_required', async (ctx) => {
      const { standing, site } = await requestOf(ctx, parts);
      return !site.accountKinds.includes(standing.kind);
    }),
  );
}

/**
 * Somebody has asked for the account's number to move: each session is told so once, at its next hop or login, since its
 * owner can still stop that. A hop without pages is left alone.
 */
function numberMovePrompt(parts: PolicyParts) {
  return new Prompt(
    { name: 'number-move', requestable: false },
    new Check('number_move', 'the account is about to move to another number', 'interaction_required', async (ctx) => {
      const { result, session, prompts } = ctx.oidc;
      const { movesAt } = (await requestOf(ctx, parts)).standing;
      if (!movesAt || prompts.has('none')) return false;
      const told = storeKey('move-told', `${session!.uid}-${movesAt.getTime()}`);
      if (result?.['number-move'] === undefined) return (await parts.store.get(told)) === undefined;
      await parts.store.set(told, '1', parts.jurisdiction.lifetimes.sessionMaxHours * 3600);
      return false;
    }),
  );
}

/** A login while the account waits to be closed is told so once: whoever did not ask for that can still stop it. */
function deregistrationPrompt(parts: PolicyParts) {
  return new Prompt(
    { name: 'deregistration', requestable: false },
    new Check('deregistration', 'the account is about to be closed', 'interaction_required', async (ctx) => {
      const { result } = ctx.oidc;
      if (!result?.login || result['deregistration'] !== undefined) return false;
      const { standing } = await requestOf(ctx, parts);
      return standing.closesAt !== undefined;
    }),
  );
}

function agreementPrompt(parts: PolicyParts) {
  return new Prompt(
    { name: 'agreement', requestable: false },
    new Check('agreement', 'the registration agreement has changed', 'interaction_required', async (ctx) => {
      const { standing } = await requestOf(ctx, parts);
      return standing.agreementVersion !== parts.jurisdiction.agreement.version;
    }),
  );
}

function permissionPrompt(parts: PolicyParts) {
  const missing = async (ctx: KoaContextWithOIDC) => {
    const { standing, site, amr } = await requestOf(ctx, parts);
    const again = ctx.oidc.prompts.has('consent') && ctx.oidc.result?.['permission'] === undefined;
    const permitted = again ? [] : standing.permittedScopes;
    return toBePermitted(site, requestedScopes(ctx.oidc.params ?? {}), permitted, {
      kind: standing.kind,
      level: levelHeld(standing, amr),
    });
  };
  return new Prompt(
    { name: 'permission', requestable: false },
    async (ctx) => ({ scopes: await missing(ctx) }),
    new Check(
      'permission',
      "the person's permission is required",
      'consent_required',
      async (ctx) => (await missing(ctx)).length > 0,
    ),
  );
}
