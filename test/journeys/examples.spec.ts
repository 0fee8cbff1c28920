import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stubResidents } from '../../src/gateways/identity-verifier/identity-verifier.stub.js';
import { LogoutDeliveries } from '../../src/oidc/logout/logout-deliveries.service.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { freePort } from '../support/ports.js';
import { Run, until } from '../support/process.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { SITE_SECRET, TestSite, sitesFile } from '../support/site.js';

const runs = (command: string, args: string[], answer: RegExp): boolean => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 && answer.test(stdout);
};
const PHP = process.env['PHP'] ?? 'php';
const FOUND: Record<string, boolean> = {
  node: true,
  php: runs(PHP, ['-m'], /\bopenssl\b[^]*\bsession\b/),
  javac: runs('javac', ['-version'], /^javac (1[7-9]|[2-9]\d)/),
};
const REQUIRED = process.env['REQUIRE_ALL'] === '1';

interface Example {
  name: string;
  callback: string;
  signedOut: string;
  backchannel: string;
  command: (port: number) => [command: string, args: string[]];
}

const EXAMPLES: Example[] = [
  {
    name: 'node',
    callback: '/callback',
    signedOut: '/signed-out',
    backchannel: '/backchannel-logout',
    command: () => [process.execPath, ['examples/node/portal.mjs']],
  },
  {
    name: 'php',
    callback: '/callback.php',
    signedOut: '/index.php',
    backchannel: '/backchannel-logout.php',
    command: (port) => [PHP, ['-S', `localhost:${port}`, '-t', 'examples/php']],
  },
];

describe('the examples of docs/connect-a-site.md', () => {
  let service: RunningService;
  let other: TestSite;
  const portals = new Map<string, { origin: string; port: number; run?: Run }>();
  beforeAll(async () => {
    other = await TestSite.start('other');
    const entries = await Promise.all(
      EXAMPLES.map(async ({ name, callback, signedOut, backchannel }) => {
        const port = await freePort();
        const origin = `http://localhost:${port}`;
        portals.set(name, { origin, port });
        return {
          client_id: name,
          client_secret: SITE_SECRET,
          client_name: `${name} 示例`,
          redirect_uris: [origin + callback],
          post_logout_redirect_uris: [origin + signedOut],
          backchannel_logout_uri: origin + backchannel,
          scope: 'openid profile real_name',
          data_purpose: '示例',
        };
      }),
    );
    service = await startService('hubei', { SITES_FILE: sitesFile([...entries, other.metadata()]) });
  });
  afterAll(async () => {
    for (const { run } of portals.values()) run?.signalGroup('SIGKILL');
    await service.close();
    await other.close();
  });

  /** Starts it as its developer would. @returns its origin */
  const started = async ({ name, command }: Example): Promise<string> => {
    const portal = portals.get(name);
    if (!portal) throw new Error(name);
    const { origin, port } = portal;
    portal.run = new Run(...command(port), {
      ISSUER: service.origin,
      CLIENT_ID: name,
      CLIENT_SECRET: SITE_SECRET,
      ORIGIN: origin,
      PORT: String(port),
      STATE: mkdtempSync(join(tmpdir(), 'tongxing-example-')),
    });
    await until(`${name} answers`, async () => {
      if (portal.run?.exitCode !== undefined) throw new Error(`${name} has ended: ${portal.run.output}`);
      return fetch(origin).then(
        ({ ok }) => ok,
        () => false,
      );
    });
    return origin;
  };
  const who = (page: Page, id: string) => page.all(`#${id}`)[0]?.text;

  for (const [at, example] of EXAMPLES.entries()) {
    const { name } = example;
    const test = FOUND[name] || REQUIRED ? it : it.skip;
    test(`R-1.2 R-1.3 R-1.5 ${name}: login, declined and reached level, logout by either channel, nothing forged`, async () => {
      const origin = await started(example);
      const citizen = new Citizen(service);
      const verification = await citizen.registers(await (await citizen.browser.open(origin)).follow('log-in'));
      const first = await verification.press('verification-skip');
      expect([first.url.origin, who(first, 'level')]).toEqual([origin, '0']);
      expect(who(first, 'sub')).toMatch(/^\S{8,}$/);

      const declined = await (await first.follow('step-up')).press('verification-skip');
      expect(who(declined, 'declined')).toBe('access_denied');
      const still = await declined.follow('home');
      expect(who(still, 'level')).toBe('0');

      const resident = stubResidents()[at] as { name: string; idNumber: string };
      const permission = await citizen.verifies(await still.follow('step-up'), resident);
      const raised = await permission.press('permission-submit');
      expect([who(raised, 'level'), who(raised, 'name')]).toEqual(['1', resident.name]);
      expect(who(raised, 'sub')).toBe(who(first, 'sub'));

      // what was not begun here, or is no token of the provider's, changes nothing
      const forged = await citizen.browser.open(`${origin}${example.callback}?code=x&state=y&iss=${service.origin}`);
      expect([forged.status, forged.has('#failed')]).toEqual([400, true]);
      for (const token of ['', 'a.b.c', `${'x'.repeat(20)}.${'y'.repeat(20)}.z`])
        expect((await citizen.browser.post(origin + example.backchannel, { logout_token: token })).status).toBe(400);
      expect(who(await citizen.browser.open(origin), 'level')).toBe('1');

      // the back channel: the person logs out at another site
      await citizen.browser.open(await other.loginUrl(service.origin));
      const asked = await citizen.browser.open(other.logoutUrl(other.lastLogin));
      if (asked.has('#logout-confirm')) await asked.press('logout-confirm');
      await until(`${name} has been told`, async () => (await citizen.browser.open(origin)).has('#log-in'));

      // a token without a sid: every session of the subject
      const back = await citizen.logsIn(await (await citizen.browser.open(origin)).follow('log-in'));
      const told = await service.app.get(LogoutDeliveries).tell(who(back, 'sub') ?? '', [{ site: name }]);
      expect(told).toMatchObject([{ site: name, state: 'told' }]);
      expect((await citizen.browser.open(origin)).has('#log-in')).toBe(true);

      // its own logout
      const again = await (await citizen.browser.open(origin)).follow('log-in');
      expect(who(again, 'level')).toBe('1');
      const out = await again.follow('log-out');
      expect([out.url.origin + out.url.pathname, out.has('#sub')]).toEqual([origin + example.signedOut, false]);
      expect((await (await citizen.browser.open(origin)).follow('log-in')).has('#login-submit')).toBe(true);
    });
  }

  const java = FOUND['javac'] || REQUIRED ? it : it.skip;
  java(
    'java: levels compare "at least", and what is no level counts for nothing (its Spring parts are not run here)',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'tongxing-java-'));
      const asked = ['urn:tongxing:level:0', 'urn:tongxing:level:1', 'urn:tongxing:level:3', 'level:3', 'x'];
      const lines = [...asked.map((acr) => `Levels.reaches("${acr}", 1)`), 'Levels.reaches(null, 1)', 'Levels.must(1)'];
      const source = `package cn.example.portal; class Asks { public static void main(String[] a) {${lines
        .map((line) => `System.out.println(${line});`)
        .join('')}}}`;
      const file = join(folder, 'Asks.java');
      writeFileSync(file, source);
      const levels = 'examples/java/src/main/java/cn/example/portal/Levels.java';
      expect(spawnSync('javac', ['-d', folder, levels, file], { encoding: 'utf8' })).toMatchObject({ status: 0 });
      const { stdout } = spawnSync('java', ['-cp', folder, 'cn.example.portal.Asks'], { encoding: 'utf8' });
      const [must, ...answers] = stdout.trim().split('\n').toReversed();
      expect(answers.toReversed()).toEqual(['false', 'true', 'true', 'false', 'false', 'false']);
      expect(JSON.parse(must ?? '')).toEqual({
        id_token: { acr: { essential: true, values: ['urn:tongxing:level:1'] } },
      });
    },
  );
});
