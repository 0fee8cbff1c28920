import { Injectable } from '@nestjs/common';
import { Activity } from '../../identity/activity/activity.service.js';
import { Persons } from '../../identity/accounts/persons.service.js';
import type { Profile } from '../../identity/accounts/standing.js';
import { Permissions } from '../../identity/permissions/permissions.service.js';
import type { Language } from '../../locales/texts.js';
import { Sessions } from '../../oidc/sessions.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import { Sites } from '../../oidc/sites.service.js';
import type { UserCentreView } from './user-centre.page.js';

const LINES = 20;

/** What the user centre shows of one account. */
@Injectable()
export class UserCentre {
  constructor(
    private readonly persons: Persons,
    private readonly permissions: Permissions,
    private readonly activity: Activity,
    private readonly sessions: Sessions,
    private readonly sites: Sites,
  ) {}

  async view(who: SignedIn, language: Language): Promise<UserCentreView> {
    const named = (clientId: string) => this.sites.get(clientId)?.name[language] ?? clientId;
    const [profile, permissions, activity, sessions] = await Promise.all([
      this.persons.profile(who.accountId),
      this.permissions.of(who.accountId),
      this.activity.recent(who.accountId, LINES),
      this.sessions.list(who.accountId),
    ]);
    return {
      profile: profile as Profile,
      permissions: permissions.map(({ clientId, scopes }) => ({ clientId, scopes, site: named(clientId) })),
      exempt: this.sites.exempt().map((site) => site.name[language]),
      sessions: sessions.map(({ uid, loginAt, sites }) => ({
        current: uid === who.uid,
        loginAt,
        sites: sites.map(named),
      })),
      activity: activity.map((line) => ({ ...line, site: line.clientId && named(line.clientId) })),
    };
  }
}
