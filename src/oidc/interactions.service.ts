import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { errors } from 'oidc-provider';
import type { Provider } from 'oidc-provider';
import type { AccountKind, Amr, Level } from '../shared/account.js';
import { Clock } from '../shared/clock.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { stands } from './account.js';
import { CurrentProvider } from './current-provider.service.js';
import { FormTokens } from './form-tokens.service.js';
import { InteractionGone } from './interaction-gone.js';
import type { CurrentInteraction } from './interaction-view.js';
import { acrOf } from './levels.js';
import { Sessions } from './sessions.service.js';
import { Sites } from './sites/sites.service.js';
import type { Site } from './sites/site.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** Prompts before anybody has signed in: they act for whoever signs in next, not for the session they began in. */
const BEFORE_LOGIN = new Set(['login', 'create']);

/** What an account that is gone holds. */
const NOBODY = { kind: 'person', level: 0 } as const;

const kindOf = (params: Record<string, unknown>): AccountKind => (params['kind'] === 'entity' ? 'entity' : 'person');
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Half-done journeys: read by the pages, finished by the use cases. The only way they reach the engine. */
@Injectable()
export class Interactions {
  /** When each request came in: a proof it brings is no younger. */
  private readonly came = new WeakMap<IncomingMessage, number>();

  constructor(
    private readonly current: CurrentProvider,
    private readonly sites: Sites,
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly tokens: FormTokens,
    private readonly clock: Clock,
  ) {}

  /** @throws {InteractionGone} when the journey is over, lapsed, another browser's, or its session has ended */
  async of(request: IncomingMessage, response: ServerResponse, uid: string): Promise<CurrentInteraction> {
    this.came.set(request, this.clock.ms());
    const interaction = await this.find(request, response);
    if (interaction.uid !== uid) throw new InteractionGone();
    const site = this.sites.get(String(interaction.params['client_id']));
    if (!site) throw new InteractionGone();
    return this.view(interaction, site);
  }

  /**
   * Finishes a login: 303 back to the site's request. Signing in as another account ends the session of the first one
   * before (its sites are told), or the engine would ask by a page of its own.
   * @param more.anew this request itself has ended what was open before, and what it opens counts as younger
   */
  async signIn(
    request: IncomingMessage,
    response: ServerResponse,
    who: { accountId: string; amr: Amr[] },
    more: { registered?: boolean; anew?: boolean } = {},
  ): Promise<void> {
    const interaction = await this.find(request, response);
    const signedIn = await this.sessions.current(request, response);
    const other = signedIn !== undefined && signedIn.accountId !== who.accountId;
    if (other) await this.sessions.logOut(signedIn.uid);
    // The engine compares the journey's session with the cookie's: one that is gone must not stand in the way.
    if (other || interaction.session?.uid !== signedIn?.uid) await this.leaveSession(interaction);
    const standing = await this.accounts.standing(who.accountId);
    const now = this.clock.ms();
    const login = {
      accountId: who.accountId,
      acr: acrOf(standing ?? NOBODY, who.amr),
      amr: who.amr,
      remember: false,
      ts: Math.floor(now / 1000),
      stamp: more.anew || more.registered ? now : (this.came.get(request) ?? now),
    };
    const registered = more.registered === true;
    await this.finish(request, response, { [interaction.prompt.name]: {}, login, registered });
  }

  /**
   * Finishes the prompt of an account whose session has gained a means of login: its level may rise, while the age of its
   * login stays (DESIGN 4). @throws {InteractionGone} when the session is another account's by now
   */
  async raise(
    request: IncomingMessage,
    response: ServerResponse,
    who: { accountId: string; means: Amr },
    result: Record<string, unknown>,
  ): Promise<void> {
    const { session } = await this.find(request, response);
    const signedIn = session && (await this.sessions.touch(session.uid));
    if (signedIn?.accountId !== who.accountId) throw new InteractionGone();
    const { uid, accountId, loginAt } = signedIn;
    const at = this.came.get(request) ?? this.clock.ms();
    await this.sessions.gain(uid, who.means, at);
    const amr = [...new Set([...signedIn.amr, who.means])];
    const stamp = Math.max(signedIn.stamp, at);
    const acr = acrOf((await this.accounts.standing(accountId)) ?? NOBODY, amr);
    const login = { accountId, acr, amr, remember: false, ts: Math.floor(loginAt.getTime() / 1000), stamp };
    await this.finish(request, response, { ...result, login });
  }

  /** Finishes another prompt with what its page learnt, e.g. `{ verification: 'skipped' }`. */
  async proceed(request: IncomingMessage, response: ServerResponse, result: Record<string, unknown>): Promise<void> {
    await this.finish(request, response, result);
  }

  /** The person declines: `access_denied` to the site. */
  async decline(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.finish(request, response, {
      error: 'access_denied',
      error_description: 'the end-user declined',
    });
  }

  private async find(request: IncomingMessage, response: ServerResponse): Promise<Interaction> {
    const engine = this.current.get();
    const cookies = engine.createContext(request, response).cookies;
    const uid = cookies.get(engine.cookieName('interaction'), { signed: true });
    const interaction = uid && (await engine.Interaction.find(uid));
    if (!interaction) throw new InteractionGone();
    if (await this.isHeld(interaction)) return interaction;
    if (!BEFORE_LOGIN.has(interaction.prompt.name)) throw new InteractionGone(String(interaction.params['client_id']));
    await this.leaveSession(interaction);
    return interaction;
  }

  /** Whether the session it acts for is still there and counts: of this account, active, not ended since. */
  private async isHeld({ session }: Interaction): Promise<boolean> {
    const signedIn = session && (await this.sessions.touch(session.uid));
    if (!signedIn || signedIn.accountId !== session.accountId) return false;
    return stands(await this.accounts.standing(session.accountId), signedIn.stamp, signedIn.amr);
  }

  /** A login page outlives the session it began in: signed out elsewhere, or ended by the reset it leads to. */
  private async leaveSession(interaction: Interaction): Promise<void> {
    if (!interaction.session) return;
    delete interaction.session;
    await interaction.save(Math.max(1, interaction.exp - Math.floor(Date.now() / 1000)));
  }

  private async finish(
    request: IncomingMessage,
    response: ServerResponse,
    result: Record<string, unknown>,
  ): Promise<void> {
    try {
      await this.current.get().interactionFinished(request, response, result);
    } catch (cause) {
      if (cause instanceof errors.SessionNotFound) throw new InteractionGone();
      throw cause;
    }
  }

  private view(interaction: Interaction, site: Site): CurrentInteraction {
    const { params, prompt, session, lastSubmission } = interaction;
    const details = prompt.details as { must?: Level; wish?: Level; scopes?: string[] };
    const levelDue = prompt.reasons.includes('level');
    return {
      uid: interaction.uid,
      cid: interaction.cid ?? interaction.uid,
      prompt: prompt.name,
      kind: kindOf(params),
      site: {
        id: site.id,
        name: site.name,
        uri: site.uri,
        dataPurpose: site.dataPurpose,
        accountKinds: site.accountKinds,
      },
      accountId: session?.accountId,
      amr: (session?.amr ?? []) as Amr[],
      wantedLevel: levelDue ? (details.must ?? details.wish) : undefined,
      mustLevel: levelDue && details.must !== undefined,
      registered: lastSubmission?.['registered'] === true,
      app: this.sites.app(),
      loginHint: textOf(params['login_hint']),
      permission: details.scopes ? { scopes: details.scopes } : undefined,
      uiLocales: textOf(params['ui_locales']),
      csrf: this.tokens.issue(`interaction:${interaction.uid}`, site.id),
    };
  }
}
