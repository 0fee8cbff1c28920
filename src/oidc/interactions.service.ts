import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { errors } from 'oidc-provider';
import type { Provider } from 'oidc-provider';
import type { AccountKind, Amr, Level } from '../shared/account.js';
import { Clock } from '../shared/clock.js';
import { Accounts } from '../identity/accounts/accounts.service.js';
import { CurrentProvider } from './current-provider.service.js';
import { FormTokens } from './form-tokens.service.js';
import { InteractionGone } from './interaction-gone.js';
import type { CurrentInteraction } from './interaction-view.js';
import { acrOf } from './levels.js';
import { Sessions } from './sessions.service.js';
import { Sites } from './sites.service.js';
import type { Site } from './site.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

const kindOf = (params: Record<string, unknown>): AccountKind => (params['kind'] === 'entity' ? 'entity' : 'person');
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Half-done journeys: read by the pages, finished by the use cases. The only way they reach the engine. */
@Injectable()
export class Interactions {
  constructor(
    private readonly current: CurrentProvider,
    private readonly sites: Sites,
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly tokens: FormTokens,
    private readonly clock: Clock,
  ) {}

  /** @throws {InteractionGone} when the journey is over, lapsed, or another browser's */
  async of(request: IncomingMessage, response: ServerResponse, uid: string): Promise<CurrentInteraction> {
    const interaction = await this.find(request, response);
    if (interaction.uid !== uid) throw new InteractionGone();
    const site = this.sites.get(String(interaction.params['client_id']));
    if (!site) throw new InteractionGone();
    if (interaction.session) await this.sessions.touch(interaction.session.uid);
    return this.view(interaction, site);
  }

  /**
   * Finishes a login: 303 back to the site's request. Signing in as another account ends the session of the first one
   * before (its sites are told), or the engine would ask by a page of its own.
   */
  async signIn(
    request: IncomingMessage,
    response: ServerResponse,
    who: { accountId: string; amr: Amr[] },
    more: { registered?: boolean } = {},
  ): Promise<void> {
    const interaction = await this.find(request, response);
    const signedIn = await this.sessions.current(request, response);
    const other = signedIn !== undefined && signedIn.accountId !== who.accountId;
    if (other) await this.sessions.logOut(signedIn.uid);
    // The engine compares the journey's session with the cookie's: one that is gone must not stand in the way.
    if (interaction.session && (other || !signedIn)) {
      delete interaction.session;
      await interaction.save(Math.max(1, interaction.exp - Math.floor(Date.now() / 1000)));
    }
    const standing = await this.accounts.standing(who.accountId);
    const login = {
      accountId: who.accountId,
      acr: acrOf(standing ?? { level: 0 }, who.amr),
      amr: who.amr,
      remember: false,
      ts: Math.floor(this.clock.ms() / 1000),
    };
    const registered = more.registered ? { registered: true } : {};
    await this.finish(request, response, { [interaction.prompt.name]: {}, login, ...registered });
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
    try {
      return await this.current.get().interactionDetails(request, response);
    } catch (cause) {
      if (cause instanceof errors.SessionNotFound) throw new InteractionGone();
      throw cause;
    }
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
      loginHint: textOf(params['login_hint']),
      permission: details.scopes ? { scopes: details.scopes } : undefined,
      uiLocales: textOf(params['ui_locales']),
      csrf: this.tokens.issue(`interaction:${interaction.uid}`, site.id),
    };
  }
}
