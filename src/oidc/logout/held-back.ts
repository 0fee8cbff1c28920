import { Provider } from 'oidc-provider';
import { notesOf } from '../notes.js';
import type { SiteLogin } from '../session-store.js';
import { leftOf } from './logout-claims.service.js';

/** A site of the engine's, as far as logout tokens go. */
export interface Tellable {
  clientId: string;
  backchannelLogoutUri?: string;
  /** Signs a logout token and sends it. */
  sendLogoutToken(this: Tellable, account: string, sid?: string): Promise<void>;
  /** The same, but on the engine's confirm page a note of whom to tell. */
  backchannelLogout(this: Tellable, account: string, sid?: string): Promise<void>;
}

/**
 * The engine's confirm page waits for each site itself, keeps nothing and counts nothing: it only notes here whom to
 * tell, and once it has ended the session, we tell them as after every other end.
 */
export function holdBack(provider: Provider): void {
  const { prototype } = provider.Client as unknown as { prototype: Tellable };
  const send = prototype.backchannelLogout;
  prototype.sendLogoutToken = send;
  prototype.backchannelLogout = async function noteOrSend(account, sid) {
    const context = Provider.ctx;
    if ((context?.oidc?.route as string | undefined) !== 'end_session_confirm') return send.call(this, account, sid);
    const session = context?.oidc.session as unknown as { authorizations?: Record<string, SiteLogin> };
    notesOf(context as object).leaving.push(leftOf(this.clientId, { sid, ...session.authorizations?.[this.clientId] }));
  };
}
