import { Injectable } from '@nestjs/common';
import { Accounts } from '../identity/accounts/accounts.service.js';
import type { Amr } from '../shared/account.js';
import { Refusal } from '../shared/refusal.js';
import { stands } from './account.js';
import type { AppClaims } from './app-claims.js';
import { CurrentProvider } from './current-provider.service.js';
import { APP_SCOPE } from './scopes.js';
import { Sites } from './sites/sites.service.js';
import { hashed } from './store-keys.js';

const BEARER = /^Bearer ([\w.~+/-]+=*)$/i;

/** Who asks with an access token of the government app. */
export interface AppLogin {
  accountId: string;
  clientId: string;
  /** Names the token without being it. */
  tokenId: string;
  grantId: string;
  /** When the app's login was, by `Clock`. */
  loginAt: Date;
  amr: Amr[];
}

/** Access tokens of the government app, judged as userinfo judges them: session, grant, site and account of today. */
@Injectable()
export class AppTokens {
  constructor(
    private readonly current: CurrentProvider,
    private readonly sites: Sites,
    private readonly accounts: Accounts,
  ) {}

  /**
   * @param authorization the request's header
   * @throws {Refusal} app.token (401) for none, an ended or a foreign one; app.scope (403) for a site's that is no app
   */
  async read(authorization: string | undefined): Promise<AppLogin> {
    const [, value] = BEARER.exec(authorization ?? '') ?? [];
    const token = value === undefined ? undefined : await this.current.get().AccessToken.find(value);
    if (!token || token.aud !== undefined || token.isSenderConstrained())
      throw new Refusal('app.token', { status: 401 });
    const { accountId, clientId = '', grantId, scopes } = token;
    const site = this.sites.get(clientId);
    const { stamp, auth_time: authTime, amr } = (token.extra ?? {}) as Partial<AppClaims>;
    if (!scopes.has(APP_SCOPE) || !site?.scopes.includes(APP_SCOPE)) throw new Refusal('app.scope', { status: 403 });
    const standing = await this.accounts.standing(accountId, clientId);
    if (!stands(standing, stamp, amr ?? []) || !(await this.isGranted({ accountId, clientId, grantId })))
      throw new Refusal('app.token', { status: 401 });
    return {
      accountId,
      clientId,
      tokenId: hashed(value as string),
      grantId,
      loginAt: new Date((authTime ?? 0) * 1000),
      amr: amr ?? [],
    };
  }

  /** Whether the app is still logged in with what it confirmed by: not signed out of, not ended since. */
  async isGranted(app: Pick<AppLogin, 'accountId' | 'clientId' | 'grantId'>): Promise<boolean> {
    const grant = await this.current.get().Grant.find(app.grantId);
    return grant?.accountId === app.accountId && grant.clientId === app.clientId;
  }
}
