import { optionsOf } from '../../src/trial/options.js';
import type { Report } from '../../src/trial/report.js';
import { Trial } from '../../src/trial/trial.js';
import type { Pairs } from '../../src/trial/trial-keys.js';
import { freePort } from './ports.js';
import { PortalSite } from './portal-site.js';
import type { Instead } from './portal-site.js';
import { letTimePass } from './time.js';

/** What the developer of a demonstration site would type in. */
export const DEMO_WORDS = (
  '--login /login --page / --logout /logout --backchannel /backchannel-logout --wait 0 --level 1 --kind person ' +
  '--step-up /login?target_link_uri=/apply --level-page /apply --level-shows id="applicant-given"'
).split(' ');

/** A demonstration site whose issuer is a tester that is yet to come. */
export async function siteFor(instead?: Instead): Promise<{ site: PortalSite; words: string[] }> {
  const port = String(await freePort());
  const site = await PortalSite.start(`http://localhost:${port}`, instead);
  return { site, words: [site.origin, '--port', port, ...DEMO_WORDS] };
}

/** Tries a demonstration site; waiting moves the time. @param more options that come last, and so win */
export async function trialOf(pairs: Pairs, instead?: Instead, ...more: string[]) {
  const { site, words } = await siteFor(instead);
  const said: string[] = [];
  const options = await optionsOf([...words, ...more]);
  const wait = async (seconds: number) => letTimePass(seconds);
  const report = await Trial.run(options, { say: (line) => said.push(line), wait, pairs });
  await site.close();
  return { report, said, site };
}

/** Ids of the lines with this result. */
export const idsOf = ({ checks }: Report, result: Report['checks'][number]['result'] = 'failed') =>
  checks.filter((one) => one.result === result).map(({ id }) => id);
