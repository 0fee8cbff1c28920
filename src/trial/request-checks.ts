import { demand } from './check.js';
import type { Check } from './check.js';
import { Failed, Skipped } from './outcome.js';
import { shown } from './portal-on-trial.js';
import type { PortalOnTrial } from './portal-on-trial.js';

const SHORTEST = 16;

/** A parameter that is there in each login, cannot be guessed, and is another one each time. */
const fresh = (name: string) => (portal: PortalOnTrial) => {
  const values = portal.requests.map((asked) => asked[name] ?? '');
  demand(values.every(Boolean), 'missing', { name });
  demand(
    values.every(({ length }) => length >= SHORTEST),
    'short',
    { name },
  );
  demand(new Set(values).size === values.length, 'same', { name });
};

const faultless = (portal: PortalOnTrial, fault: 'redirect-uri' | 'verifier' | 'client', name: string) =>
  demand(!portal.provider.redemptions.some(({ faults }) => faults.includes(fault)), 'wrongAtToken', { name });

/** What the portal asks for, and how. Runs on the requests of the logins so far. */
export const REQUEST_CHECKS: readonly Check[] = [
  {
    id: 'issuer',
    guide: 3,
    needs: [],
    run: async (portal) => {
      const { reads } = portal.provider;
      if (reads.metadata > 0) throw new Skipped('readBefore');
      portal.provider.liesAboutIssuer = true;
      const { asked } = await portal.begins(portal.visitor()).finally(() => {
        portal.provider.liesAboutIssuer = false;
      });
      if (reads.metadata === 0) throw new Skipped('notReadYet');
      demand(asked === undefined, 'issuerTaken');
    },
  },
  {
    id: 'login',
    guide: 3,
    needs: [],
    run: async (portal) => {
      const nobody = await portal.visitor().open(portal.options.page);
      const login = await portal.logsIn();
      const [redemption] = portal.provider.redemptions;
      if (!redemption) throw new Failed('notRedeemed', { page: shown(login.page) });
      portal.learnsPage(nobody, await login.visitor.open(portal.options.page));
      await portal.isIn();
    },
  },
  {
    id: 'discovery',
    guide: 3,
    needs: ['login'],
    run: ({ provider }) => demand(provider.reads.metadata > 0, 'notRead'),
  },
  { id: 'state', guide: 3, needs: ['login'], run: fresh('state') },
  { id: 'nonce', guide: 3, needs: ['login'], run: fresh('nonce') },
  {
    id: 'pkce',
    guide: 3,
    needs: ['login'],
    run: (portal) => {
      fresh('code_challenge')(portal);
      const methods = portal.requests.map((asked) => asked['code_challenge_method'] ?? 'plain');
      demand(
        methods.every((one) => one === 'S256'),
        'otherThan',
        { name: 'code_challenge_method', value: 'S256' },
      );
      faultless(portal, 'verifier', 'code_verifier');
    },
  },
  {
    id: 'redirect-uri',
    guide: 2,
    needs: ['login'],
    run: (portal) => {
      const uris = new Set(portal.requests.map((asked) => asked['redirect_uri'] ?? ''));
      demand(uris.size === 1, 'changing', { name: 'redirect_uri' });
      const url = URL.parse([...uris][0] ?? '');
      const own = [portal.options.portal, ...portal.options.also];
      demand(url !== null && url.hash === '' && own.includes(url.origin), 'otherThan', {
        name: 'redirect_uri',
        value: own.join(', '),
      });
      faultless(portal, 'redirect-uri', 'redirect_uri');
    },
  },
  {
    id: 'scope',
    guide: 2,
    needs: ['login'],
    run: ({ requests }) => {
      const isOpenId = requests.every(({ scope = '' }) => scope.split(' ').includes('openid'));
      demand(isOpenId, 'otherThan', { name: 'scope', value: 'openid' });
      demand(
        requests.every((asked) => asked['response_type'] === 'code'),
        'otherThan',
        {
          name: 'response_type',
          value: 'code',
        },
      );
    },
  },
  {
    id: 'client-auth',
    guide: 6,
    needs: ['login'],
    run: (portal) => {
      faultless(portal, 'client', 'client_id');
      const isAnonymous = portal.provider.redemptions.some(({ method }) => method === 'none');
      const isProven = portal.requests.every((asked) => asked['code_challenge'] !== undefined);
      demand(!isAnonymous || isProven, 'noSecret');
    },
  },
];
