import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Citizen } from '../support/citizen.js';
import { freshDatabase } from '../support/database.js';
import { TEST_MASTER_KEY } from '../support/env.js';
import { GovernmentApp, numberOn, ticketOn } from '../support/government-app.js';
import { freePort } from '../support/ports.js';
import { Run, built } from '../support/process.js';
import { TestSite, sitesFile } from '../support/site.js';

const BUILD_MS = 120_000;

describe('the log, while logins are confirmed in the app (R-4.4)', () => {
  beforeAll(() => built(), BUILD_MS);

  it('never holds a ticket, a token or where somebody was, at its most talkative', async () => {
    const [database, port, site] = [await freshDatabase(), await freePort(), await TestSite.start('site')];
    const origin = `http://localhost:${port}`;
    const app = await GovernmentApp.start(() => ({ origin }));
    const service = new Run(process.execPath, ['dist/src/main.js'], {
      PORT: String(port),
      DATABASE_URL: database.url,
      MASTER_KEY: TEST_MASTER_KEY,
      COOKIE_KEYS: 'a-cookie-key-of-the-tests-0123456789',
      DATA_DIR: mkdtempSync(join(tmpdir(), 'tongxing-log-')),
      JURISDICTION: 'hebei',
      SITES_FILE: sitesFile([site.metadata(), app.metadata()]),
      LOG_LEVEL: 'trace',
    });
    await service.says('listening');
    const citizen = new Citizen({ origin });
    await citizen.hasAccount(await site.loginUrl(origin));
    const token = await app.logsIn(citizen);
    const { browser } = new Citizen({ origin });
    const login = await browser.open(await site.loginUrl(origin));
    const page = await browser.open(`${login.url.href}?method=qr`);
    const ticket = ticketOn(page);

    await app.scan(undefined, ticket);
    await app.scan(token, ticket);
    await app.confirm(token, ticket, 'x');
    await app.call(token, ticket, 'nowhere', {});
    const number = numberOn(await browser.open(page.url.href));
    await app.confirm(token, ticket, number);
    await browser.open(`${origin}/sandbox/app/t/${ticket}`);
    expect((await browser.open(page.url.href)).title).toBe('logged in');
    await database.drop();
    const broken = await app.scan(token, ticket);
    expect(broken.status).toBeGreaterThanOrEqual(500);

    service.signalGroup('SIGTERM');
    await service.ends();
    expect(service.output).toMatch(/"level":(40|50)/);
    for (const secret of [ticket, token, '127.0.0.']) expect(service.output).not.toContain(secret);
    await Promise.all([site.close(), app.site.close()]);
  });
});
