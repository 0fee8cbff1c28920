import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium.js';
import { Citizen } from '../support/citizen.js';
import { faultsOf } from '../support/look.js';
import { freePort } from '../support/ports.js';
import { startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];

describe('the page after a logout in Chromium', () => {
  let chromium: Browser;
  let at: Protocol<'city' | 'county' | 'town'>;

  beforeAll(async () => {
    const dead = `http://127.0.0.1:${await freePort()}/backchannel-logout`;
    [chromium, at] = await Promise.all([
      startChromium(),
      startProtocol({
        city: { client_name: '武汉市政务服务网', 'client_name#en': 'Wuhan' },
        county: { client_name: '嘉鱼县人民政府门户网站', 'client_name#en': 'Jiayu', backchannel_logout_uri: dead },
        town: {
          client_name: '神农架林区政务服务网',
          'client_name#en': 'Shennongjia',
          backchannel_logout_uri: undefined,
        },
      }),
    ]);
  });
  afterAll(async () => {
    await chromium.close();
    await at.close();
  });

  it.each([
    ['zh-CN', ''],
    ['zh-CN', 'large'],
    ['en', ''],
  ])('says which sites know, which are told again and where to log out oneself (%s %s)', async (lang, size) => {
    const { origin } = at.service;
    const person = new Citizen(at.service);
    await person.hasAccount(await at.sites.city.loginUrl(origin));
    for (const site of [at.sites.county, at.sites.town]) await at.asks(site, {}, person.browser);
    const context = await chromium.newContext({ bypassCSP: true });
    const cookies = person.browser
      .cookies(origin)
      .map(({ name, value, path }) => ({ name, value, path, domain: 'localhost' }));
    const chosen = { lang, ...(size && { size }) };
    const choices = Object.entries(chosen).map(([name, value]) => ({ name, value, url: origin }));
    await context.addCookies([...cookies, ...choices]);
    const page = await context.newPage();
    await page.goto(`${origin}/oidc/logout`);
    await page.click('#logout-confirm');
    const names = async (id: string) => page.locator(`#${id} li`).allTextContents();
    const [city, county, town] =
      lang === 'en'
        ? ['Wuhan', 'Jiayu', 'Shennongjia']
        : ['武汉市政务服务网', '嘉鱼县人民政府门户网站', '神农架林区政务服务网'];
    expect([await names('told'), await names('not-told'), await names('lasting')]).toEqual([[city], [county], [town]]);
    expect(await faultsOf(page, 'receipt', SIZES)).toEqual([]);

    for (const seconds of [31, 121, 421]) {
      const body = new URLSearchParams({ advance: String(seconds) });
      await fetch(`${origin}/sandbox/clock`, { method: 'POST', body });
    }
    await page.click('#receipt-again');
    expect([await names('told'), await names('not-told'), await names('lasting')]).toEqual([
      [city],
      [],
      [county, town],
    ]);
    expect(await faultsOf(page, 'receipt, later', SIZES)).toEqual([]);
    await page.click('#lasting li:last-child a');
    expect(page.url()).toBe(`${at.sites.town.origin}/`);
    await context.close();
  });
});
