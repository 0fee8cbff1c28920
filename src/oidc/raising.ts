import { alipayOffer } from '../config/alipay-account.js';
import type { Env } from '../config/env.js';
import type { Jurisdiction } from '../config/jurisdiction.js';
import type { Level, LoginMethod } from '../shared/account.js';
import { reachable } from './levels.js';

interface Here {
  jurisdiction: Pick<Jurisdiction, 'login'>;
  env: Env;
}

/** What an account can be raised by here: Alipay where it can verify a person, whatever the province lists. */
export const raisingMethods = ({ jurisdiction, env }: Here): readonly LoginMethod[] => {
  const others = jurisdiction.login.methods.filter((method) => method !== 'alipay');
  return alipayOffer(env).verifies ? [...others, 'alipay'] : others;
};

/** What the console asks of a person: level 2, or where no page of ours leads there the highest one that is left. */
export const consoleLevel = (here: Here): Level => (reachable('person', 2, raisingMethods(here)) ? 2 : 1);
