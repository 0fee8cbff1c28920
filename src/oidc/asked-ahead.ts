import type { AdapterPayload } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import type { ShortLived } from '../storage/short-lived.js';
import { notesNow } from './notes.js';
import type { SessionStore } from './session-store.js';
import { grantKey, sessionKey } from './store-keys.js';

/** What a read of a session's login at a site is known by while it is under way; no key of the store. */
export const loginName = (uid: string, site: string): string => `${sessionKey(uid)} ${site}`;

/** The engine asks for a token's session and grant next, one after the other: asked for together with what else is read of it. */
export function askForLogin(
  { sessions, store }: { sessions: SessionStore; store: ShortLived },
  { clientId, expiresWithSession, grantId, sessionUid }: AdapterPayload,
): void {
  if (!clientId || !grantId) return;
  if (expiresWithSession && sessionUid)
    ask(loginName(sessionUid, clientId), async () => sessions.find(sessionUid, clientId));
  ask(grantKey(grantId), async () => store.get(grantKey(grantId)));
}

function ask(name: string, read: () => Promise<unknown>): void {
  if (!Provider.ctx) return;
  const asked = read();
  // Whoever wants the answer gets its error too; it may be that nobody does.
  asked.catch(() => undefined);
  notesNow().ahead.set(name, asked);
}

/** The answer to what was asked ahead, once: whoever asks again wants it as it is then. */
export function askedAhead<T>(name: string): Promise<T> | undefined {
  const { ahead } = notesNow();
  const asked = ahead.get(name) as Promise<T> | undefined;
  ahead.delete(name);
  return asked;
}
