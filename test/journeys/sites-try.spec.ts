import { jest } from '@jest/globals';
import { en } from '../../src/trial/en.js';
import { makePairs } from '../../src/trial/trial-keys.js';
import type { Pairs } from '../../src/trial/trial-keys.js';
import { BROKEN, FURTHER_BROKEN, SOUND } from '../support/broken-portals.js';
import { broken } from '../support/portal-faults.js';
import type { Fault } from '../support/portal-faults.js';
import { idsOf, trialOf } from '../support/portal-trial.js';

describe('cli sites try', () => {
  let pairs: Pairs;
  beforeAll(async () => {
    pairs = await makePairs('RS256');
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('R-1.2 R-1.3 R-1.5 our demonstration site passes every line; it asks for no max_age', async () => {
    const { report, said } = await trialOf(pairs);
    expect([idsOf(report), idsOf(report, 'skipped')]).toEqual([[], ['max-age']]);
    expect(said).toContain(`${Object.keys(en.checks).length - 1} passed, 0 failed, 1 skipped`);
  });

  it.each(Object.entries(BROKEN))('%s fails on its own line', async (_name, { instead, fails }) => {
    expect(idsOf((await trialOf(pairs, instead)).report)).toEqual(fails);
  });

  it.each(Object.entries(FURTHER_BROKEN))('%s: each fault fails on its own line', async (_name, { instead, fails }) => {
    expect(idsOf((await trialOf(pairs, instead)).report)).toEqual(fails);
  });

  it('no line is there that cannot fail', () => {
    const proven = Object.values({ ...BROKEN, ...FURTHER_BROKEN }).flatMap(({ fails }) => fails);
    expect([...new Set(proven)].toSorted()).toEqual(Object.keys(en.checks).toSorted());
  });

  it.each(Object.entries(SOUND))('%s passes as well', async (_name, { instead }) => {
    const { report } = await trialOf(pairs, instead);
    expect([idsOf(report), idsOf(report, 'skipped')]).toEqual([[], ['max-age']]);
  });

  it.each([
    ['without a word', []],
    ['though it is named', ['--login-press', 'own']],
  ])('never sends a form that asks for a password, %s; it says what to name instead', async (_how, more) => {
    const posts: string[] = [];
    const form = '<form id=own method=post action="/own"><input type=password name=p><button>登录</button></form>';
    const own: Fault = (_insides, answer) => async (request, response) => {
      if (request.method === 'POST') posts.push(request.url ?? '');
      if (!request.url?.startsWith('/login')) return answer(request, response);
      response.writeHead(200, { 'content-type': 'text/html' }).end(form);
    };
    const { report, site } = await trialOf(pairs, broken([], own).instead, ...more);
    expect(idsOf(report)).toEqual(['login']);
    const page = `200 ${site.origin}/login`;
    expect(report.checks.find(({ id }) => id === 'login')?.seen).toBe(en.seen.ownForm.replace('{page}', page));
    expect(posts).toEqual([]);
  });

  it('a page that tells nobody from somebody fails the login, since every line would pass for nothing', async () => {
    const { report } = await trialOf(pairs, undefined, '--page', '/healthz');
    expect(idsOf(report)).toEqual(['login']);
    expect(report.checks[1]?.seen).toContain('by --page-shows');
    expect(idsOf(report, 'passed')).toEqual(['issuer']);
  });
});
