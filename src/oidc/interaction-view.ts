import type { Text } from '../config/jurisdiction.js';
import type { AccountKind, Amr, Level } from '../shared/account.js';

/** A half-done journey, as the pages under `/interaction/:uid` see it. */
export interface CurrentInteraction {
  uid: string;
  /** Stays the same through a journey of several prompts: a draft that must survive is keyed by it. */
  cid: string;
  prompt: string;
  /** The kind of user whose page is due. */
  kind: AccountKind;
  site: { id: string; name: Text; uri?: string; dataPurpose?: Text; accountKinds: readonly AccountKind[] };
  /** The account this interaction acts for; absent before the login. */
  accountId?: string;
  amr: Amr[];
  /** The level the site asks for, when a verification is due because of it. */
  wantedLevel?: Level;
  /** Whether the site insists on that level: declining it is then `access_denied`. */
  mustLevel: boolean;
  /** The account was made in this very journey. */
  registered: boolean;
  /** The government app that the login can be confirmed in, where there is one. */
  app?: { name: Text; link: string };
  loginHint?: string;
  permission?: { scopes: string[] };
  uiLocales?: string;
  /** What a form of this journey carries: the CSRF token and the hint of where to start again. */
  csrf: string;
}
