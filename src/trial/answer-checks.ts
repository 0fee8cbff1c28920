import type { Answer } from './answers.js';
import { demandNobody, demandWayOn } from './check.js';
import type { Check, CheckId } from './check.js';
import { Failed, Skipped } from './outcome.js';
import type { PortalOnTrial } from './portal-on-trial.js';

/** Answers that are not to be believed: each in a browser of its own, after which nobody may be logged in there. */
const LIES: readonly [CheckId, guide: number, lies: Record<string, () => Partial<Answer>>][] = [
  ['wrong-state', 3, { 'state=(other)': () => ({ state: 'a-state-of-nobodys-login-0123456789' }) }],
  [
    'wrong-nonce',
    3,
    {
      'nonce=(other)': () => ({ claims: { nonce: 'of-another-login' } }),
      'nonce=(none)': () => ({ claims: { nonce: undefined } }),
    },
  ],
  ['id-token-issuer', 3, { 'iss=(other)': () => ({ claims: { iss: 'https://issuer.example' } }) }],
  ['id-token-audience', 3, { 'aud=(other)': () => ({ claims: { aud: 'another-site' } }) }],
  ['id-token-expired', 3, { 'exp=(an hour ago)': () => ({ claims: hourAgo() }) }],
  ['alg-none', 3, { 'alg=none': () => ({ signing: 'none' }) }],
  ['alg-hmac', 3, { 'alg=HS256': () => ({ signing: 'hmac' }) }],
  ['signature', 3, { 'kid=(published), signature=(other key)': () => ({ signing: 'forged' }) }],
  ['unknown-key', 3, { 'kid=(not published)': () => ({ signing: 'unknown' }) }],
];

const hourAgo = () => {
  const at = Math.floor(Date.now() / 1000) - 3600;
  return { iat: at - 600, auth_time: at - 600, exp: at };
};

const STEP_SECONDS = 5;

/** Signs by a new key until that is accepted. Libraries look for new keys once in up to a minute. */
async function acceptsNewKey(portal: PortalOnTrial, wait: (seconds: number) => Promise<void>): Promise<void> {
  portal.provider.keys.rotate();
  const { patienceSeconds } = portal.options;
  for (let waited = 0; waited <= patienceSeconds; waited += STEP_SECONDS) {
    const { visitor } = await portal.logsIn();
    if (await portal.knows(visitor)) return;
    await wait(STEP_SECONDS);
  }
  throw new Failed('keyNotTaken', { seconds: patienceSeconds });
}

export const ANSWER_CHECKS: readonly Check[] = [
  ...LIES.map(([id, guide, lies]): Check => ({
    id,
    guide,
    needs: ['login'],
    run: async (portal) => {
      for (const [tried, lie] of Object.entries(lies)) {
        const { visitor } = await portal.logsIn(lie());
        await demandNobody(portal, visitor, tried);
      }
    },
  })),
  {
    id: 'login-csrf',
    guide: 3,
    needs: ['login'],
    run: async (portal) => {
      const { asked } = await portal.begins(portal.visitor());
      const victim = portal.visitor();
      await portal.comesBack(victim, asked ?? {}, {});
      await demandNobody(portal, victim, 'callback=(of another browser)');
    },
  },
  {
    id: 'replayed-code',
    guide: 3,
    needs: ['login'],
    run: async (portal) => {
      const { visitor, before, callback } = await portal.isIn();
      const { method, url, fields } = callback;
      // a session that keeps its id is another line's
      const wasKnown = await portal.knows(before);
      const tried = 'callback=(a second time)';
      demandWayOn({ page: await visitor.comesBack(method, url, fields) }, tried);
      demandWayOn({ page: await before.comesBack(method, url, fields) }, tried);
      if (!wasKnown) await demandNobody(portal, before, tried);
    },
  },
  {
    id: 'userinfo-sub',
    guide: 3,
    needs: ['login'],
    run: async (portal) => {
      const reads = portal.provider.reads.userinfo;
      const { visitor } = await portal.logsIn({ userinfo: { sub: 'somebody-else' } });
      if (portal.provider.reads.userinfo === reads) throw new Skipped('noUserinfo');
      await demandNobody(portal, visitor, 'userinfo.sub=(other)');
    },
  },
  {
    id: 'max-age',
    guide: 3,
    needs: ['login'],
    run: async (portal) => {
      const { asked } = await portal.begins(portal.visitor());
      if (asked?.['max_age'] === undefined) throw new Skipped('noMaxAge');
      const { visitor } = await portal.logsIn({
        claims: { auth_time: Math.floor(Date.now() / 1000) - Number(asked['max_age']) - 3600 },
      });
      await demandNobody(portal, visitor, 'auth_time=(older than max_age)');
    },
  },
];

/** The last of all: what comes after it is signed by the new key. @param wait lets time pass */
export const rotationCheck = (wait: (seconds: number) => Promise<void>): Check => ({
  id: 'rotated-key',
  guide: 5,
  needs: ['login'],
  run: async (portal) => acceptsNewKey(portal, wait),
});
