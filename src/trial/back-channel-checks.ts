import { now } from './answers.js';
import { demand } from './check.js';
import type { Check, CheckId } from './check.js';
import { Skipped } from './outcome.js';
import type { Login, PortalOnTrial } from './portal-on-trial.js';
import type { Signing } from './trial-keys.js';

const TAKEN = [200, 204];
const REFUSED = 400;

/** A logout token for the client that this login was made by. */
const tokenFor = async (portal: PortalOnTrial, { asked }: Login, more: Record<string, unknown>, signing?: Signing) =>
  portal.provider.logoutToken(asked['client_id'] ?? '', more, signing);

async function isIn(portal: PortalOnTrial): Promise<Login> {
  if (!portal.options.backchannel) throw new Skipped('option', { option: '--backchannel' });
  return portal.isIn();
}

interface Forgery {
  claims?: () => Record<string, unknown>;
  signing?: Signing;
}

/** Logout tokens that are not to be believed (OpenID Connect Back-Channel Logout 1.0 section 2.6). */
const FORGERIES: readonly [CheckId, forgeries: Record<string, Forgery>][] = [
  [
    'backchannel-signature',
    {
      'kid=(published), signature=(other key)': { signing: 'forged' },
      'kid=(not published)': { signing: 'unknown' },
      'alg=none': { signing: 'none' },
      'alg=HS256': { signing: 'hmac' },
    },
  ],
  ['backchannel-issuer', { 'iss=(other)': { claims: () => ({ iss: 'https://issuer.example' }) } }],
  ['backchannel-audience', { 'aud=(other)': { claims: () => ({ aud: 'another-site' }) } }],
  ['backchannel-expired', { 'exp=(an hour ago)': { claims: () => ({ iat: now() - 3720, exp: now() - 3600 }) } }],
  [
    'backchannel-event',
    {
      'events=(none)': { claims: () => ({ events: undefined }) },
      'events=(other)': { claims: () => ({ events: { 'http://schemas.openid.net/event/other': {} } }) },
    },
  ],
  ['backchannel-nonce', { 'nonce=(any)': { claims: () => ({ nonce: 'as-in-an-id-token' }) } }],
];

export const BACK_CHANNEL_CHECKS: readonly Check[] = [
  {
    id: 'backchannel-sid',
    guide: 5,
    needs: ['login'],
    run: async (portal) => {
      const login = await isIn(portal);
      const other = await portal.isIn();
      const { sub, sid } = login.person;
      const { status } = await portal.isTold(await tokenFor(portal, login, { sub, sid }));
      demand(TAKEN.includes(status), 'status', { status });
      demand(!(await portal.knows(login.visitor)), 'loggedIn', { tried: 'sid' });
      demand(await portal.knows(other.visitor), 'loggedOut', { tried: 'sid=(of another session)' });
    },
  },
  {
    id: 'backchannel-sub',
    guide: 5,
    needs: ['login'],
    run: async (portal) => {
      const logins = [await isIn(portal), await portal.isIn()];
      const [login] = logins as [Login];
      const stranger = await portal.isIn({ sub: `${login.person.sub}-2` });
      const { status } = await portal.isTold(await tokenFor(portal, login, { sub: login.person.sub }));
      demand(TAKEN.includes(status), 'status', { status });
      for (const { visitor } of logins) demand(!(await portal.knows(visitor)), 'loggedIn', { tried: 'sub' });
      demand(await portal.knows(stranger.visitor), 'loggedOut', { tried: 'sub=(of another person)' });
    },
  },
  {
    id: 'backchannel-no-store',
    guide: 5,
    needs: ['backchannel-sid'],
    run: async (portal) => {
      const login = await isIn(portal);
      const { headers } = await portal.isTold(await tokenFor(portal, login, { sid: login.person.sid }));
      demand(/\bno-store\b/i.test(headers.get('cache-control') ?? ''), 'otherThan', {
        name: 'Cache-Control',
        value: 'no-store',
      });
    },
  },
  ...FORGERIES.map(([id, forgeries]): Check => ({
    id,
    guide: 5,
    needs: ['backchannel-sid'],
    run: async (portal) => {
      const login = await isIn(portal);
      const { sub, sid } = login.person;
      for (const [tried, { claims, signing }] of Object.entries(forgeries)) {
        const { status } = await portal.isTold(await tokenFor(portal, login, { sub, sid, ...claims?.() }, signing));
        demand(await portal.knows(login.visitor), 'loggedOut', { tried });
        demand(status === REFUSED, 'status', { status });
      }
    },
  })),
  {
    id: 'backchannel-replay',
    guide: 5,
    needs: ['backchannel-sub'],
    run: async (portal) => {
      const login = await isIn(portal);
      const logoutToken = await tokenFor(portal, login, { sub: login.person.sub });
      await portal.isTold(logoutToken);
      const later = await portal.isIn();
      const { status } = await portal.isTold(logoutToken);
      demand(await portal.knows(later.visitor), 'loggedOut', { tried: 'jti=(a second time)' });
      demand(status === REFUSED, 'status', { status });
    },
  },
];
