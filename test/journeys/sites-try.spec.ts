import { jest } from '@jest/globals';
import { en } from '../../src/trial/en.js';
import { optionsOf } from '../../src/trial/options.js';
import { Trial } from '../../src/trial/trial.js';
import type { Report } from '../../src/trial/report.js';
import { makePairs } from '../../src/trial/trial-keys.js';
import type { Pairs } from '../../src/trial/trial-keys.js';
import { BROKEN, FURTHER_BROKEN, SOUND } from '../support/broken-portals.js';
import { freePort } from '../support/ports.js';
import { PortalSite } from '../support/portal-site.js';
import type { Instead } from '../support/portal-site.js';
import { letTimePass } from '../support/time.js';

/** What the developer of a demonstration site would type in. */
const WORDS =
  '--login /login --page / --logout /logout --backchannel /backchannel-logout --wait 0 --level 1 --kind person ' +
  '--step-up /login?target_link_uri=/apply --level-page /apply --level-shows id="applicant-given"';

describe('cli sites try', () => {
  let pairs: Pairs;
  beforeAll(async () => {
    pairs = await makePairs('RS256');
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  async function trial(instead?: Instead, ...more: string[]): Promise<{ report: Report; said: string[] }> {
    const port = await freePort();
    const site = await PortalSite.start(`http://localhost:${port}`, instead);
    const said: string[] = [];
    const options = await optionsOf([site.origin, '--port', String(port), ...WORDS.split(' '), ...more]);
    const wait = async (seconds: number) => letTimePass(seconds);
    const report = await Trial.run(options, { say: (line) => said.push(line), wait, pairs });
    await site.close();
    return { report, said };
  }
  const failed = ({ checks }: Report) => checks.filter(({ result }) => result === 'failed').map(({ id }) => id);

  it('R-1.2 R-1.3 R-1.5 our demonstration site passes every check that applies to it', async () => {
    const { report } = await trial();
    expect(failed(report)).toEqual([]);
  });

  it.each(Object.entries(BROKEN))('%s fails on its own line', async (_name, { instead, fails }) => {
    const { report } = await trial(instead);
    expect(failed(report)).toEqual(fails);
  });

  it.each(Object.entries({ ...FURTHER_BROKEN, ...SOUND }))('%s', async (_name, { instead, fails }) => {
    const { report } = await trial(instead);
    expect(failed(report)).toEqual(fails);
  });

  it('no line is there that cannot fail', () => {
    const proven = Object.values({ ...BROKEN, ...FURTHER_BROKEN }).flatMap(({ fails }) => fails);
    expect([...new Set(proven)].toSorted()).toEqual(Object.keys(en.checks).toSorted());
  });
});
