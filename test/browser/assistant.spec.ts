import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Refusal } from '../../src/shared/refusal.js';
import { startAssistant } from '../support/assistant.js';
import type { RunningAssistant } from '../support/assistant.js';
import { CODE, OTHER_CODE, TestCa, keyOf, pem } from '../support/ca.js';
import { startCertificatePage } from '../support/certificate-page.js';
import { startChromium } from '../support/chromium.js';
import { faultsOf } from '../support/look.js';
import { freePort } from '../support/ports.js';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
const NAME = '武汉示例科技有限公司';
const FOREIGN = '91130100MA07DEM028';

/** A USB key of PEM files: two of one company, one of another. */
function keys(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tongxing-pem-'));
  const issue = (file: string, root: TestCa, name: string, code: string, key: string) => {
    const issued = root.issues({
      key: keyOf(root.algorithm, key),
      subject: [
        ['C', 'CN'],
        ['O', name],
        ['OU', code],
        ['CN', name],
      ],
    });
    writeFileSync(join(directory, file), issued.key.exported + pem(issued.der));
  };
  issue('a.pem', TestCa.root('rsa', '甲证书（示例）'), NAME, CODE, 'leaf');
  issue('b.pem', TestCa.root('p256', '乙证书（示例）'), NAME, CODE, 'leaf');
  issue('c.pem', TestCa.root('p256', '乙证书（示例）'), '示例个体户', OTHER_CODE, 'other');
  return directory;
}

describe('certificates from the assistant in Chromium (R-6.1, R-10.1)', () => {
  let chromium: Browser;
  let host: Awaited<ReturnType<typeof startCertificatePage>>;
  let assistant: RunningAssistant;
  let context: BrowserContext;
  let page: Page;
  let port: number;
  let now = Date.now();
  const env = { ASSISTANT_KEYS: keys() };

  beforeAll(async () => {
    port = await freePort();
    const driver = { driver: 'tongxing', origin: `http://127.0.0.1:${port}` };
    [chromium, host] = await Promise.all([startChromium(), startCertificatePage(await freePort(), [driver])]);
    assistant = await startAssistant(host.origin, port, env, () => now);
  });
  afterAll(async () => {
    await chromium.close();
    await assistant.close();
    await host.close();
  });
  beforeEach(async () => {
    assistant.usbKey.put(true);
    assistant.usbKey.unlock();
    host.next.status = undefined;
    host.next.refusal = undefined;
    host.posts.length = 0;
    context = await chromium.newContext({ locale: 'zh-CN', viewport: SIZES[0] });
    page = await context.newPage();
  });
  afterEach(async () => context.close());

  const opens = async (query = `entity=${CODE}`) => page.goto(`${host.origin}/form?${query}`);
  /** Until the status line says this. */
  const says = async (word: string) => page.waitForSelector(`#certificate-status[data-said="${word}"]`);
  /** Presses the page's button and waits for the assistant's window. */
  const presses = async (at = 0): Promise<Page> => {
    await page.check(`#certificate-choice-${at}`);
    const [window] = await Promise.all([context.waitForEvent('page'), page.click('#certificate-submit')]);
    await window.waitForSelector('#assistant-sign');
    return window;
  };
  const types = async (window: Page, pin: string) => {
    await window.fill('#pin', pin);
    await Promise.all([window.waitForEvent('close'), window.press('#pin', 'Enter')]);
  };

  it.each([0, 1])('lists the entity’s own, has a fresh challenge signed, and sends the form (%s)', async (at) => {
    await opens();
    const first = await page.inputValue('#challenge');
    await says('found');
    const labels = await page.locator('#certificate-list label').allInnerTexts();
    expect(labels).toHaveLength(2);
    for (const label of labels)
      expect(label).toMatch(/武汉示例科技有限公司\n[甲乙]证书（示例），\d{4}-\d\d-\d\d 到期，序列号末四位 [0-9A-F]{4}/);
    const window = await presses(at);
    const text = (await window.textContent('main')) ?? '';
    for (const part of [host.origin, '证书登录 login', NAME]) expect(text).toContain(part);
    await types(window, assistant.pin);
    await page.waitForSelector('#result');
    expect(await page.textContent('#result')).toBe('signed');
    expect(host.posts[0]?.['challenge']).not.toBe(first);
    expect(Object.keys(host.posts[0] ?? {}).toSorted()).toEqual(['_csrf', 'certificate', 'challenge', 'signature']);
  });

  it('a wrong PIN, with the tries that are left; then the right one, on the same page', async () => {
    await opens();
    await says('found');
    await types(await presses(), '999999');
    await says('wrong-pin');
    expect(await page.textContent('#certificate-status')).toContain('还可以再试 4 次');
    await types(await presses(), assistant.pin);
    await page.waitForSelector('#result');
    expect(host.posts).toHaveLength(1);
  });

  it('a locked key, a cancelled signature, a key that is pulled out while it is asked', async () => {
    await opens();
    await says('found');
    const window = await presses();
    await Promise.all([window.waitForEvent('close'), window.click('#assistant-cancel')]);
    await says('cancelled');
    const pulled = await presses();
    assistant.usbKey.put(false);
    await types(pulled, assistant.pin);
    await says('no-key');
    assistant.usbKey.put(true);
    for (let tries = 0; tries < 5; tries += 1) assistant.usbKey.opensWith('wrong');
    const [shut] = await Promise.all([context.waitForEvent('page'), page.click('#certificate-submit')]);
    await says('pin-locked');
    if (!shut.isClosed()) await shut.waitForEvent('close');
    expect(host.posts).toEqual([]);
  });

  it('a window that has nothing to wait for is closed when it is there, unless another signature has begun in it', async () => {
    const held = Promise.withResolvers<void>();
    await context.route(`${assistant.origin}/sign/*`, async (route) => {
      await held.promise;
      await route.continue().catch(() => undefined);
    });
    await opens();
    await says('found');
    for (let tries = 0; tries < 5; tries += 1) assistant.usbKey.opensWith('wrong');
    await page.check('#certificate-choice-0');
    /** Playwright's own click waits for what the window opens, and so does its word that there is one. */
    const click = async () => page.evaluate(`document.getElementById('certificate-submit').click()`);
    const window = context.waitForEvent('page');
    await click();
    await says('pin-locked');
    assistant.usbKey.unlock();
    await click();
    await says('confirm');
    held.resolve();
    await types(await window, assistant.pin);
    await page.waitForSelector('#result');
    expect(await page.textContent('#result')).toBe('signed');
  });

  it('a window that is closed without a word is a cancelled signature; the list can be read anew meanwhile', async () => {
    await opens();
    await says('found');
    await (await presses()).close();
    await says('cancelled');
    const left = await presses();
    await Promise.all([left.waitForEvent('close'), page.click('#certificate-again')]);
    await says('found');
    await types(await presses(1), assistant.pin);
    await page.waitForSelector('#result');
    expect(await page.textContent('#result')).toBe('signed');
  });

  it('nobody confirms in time; a wrong PIN that the assistant does not count', async () => {
    await opens();
    await says('found');
    const late = await presses();
    now += 121_000;
    await Promise.all([late.waitForEvent('close'), says('timed-out')]);
    await context.route(`${assistant.origin}/v1/signatures/*`, async (route) =>
      route.fulfill({ json: { state: 'wrong-pin' }, headers: { 'access-control-allow-origin': host.origin } }),
    );
    await page.click('#certificate-submit');
    await says('wrong-pin-uncounted');
    expect(host.posts).toEqual([]);
  });

  it('no key, none of this entity, no assistant: each its own text, and another try without a reload', async () => {
    assistant.usbKey.put(false);
    await opens();
    await says('no-key');
    assistant.usbKey.put(true);
    await page.click('#certificate-again');
    await says('found');
    await opens(`entity=${FOREIGN}`);
    await says('not-this-entity');
    await opens('');
    await says('found');
    expect(await page.locator('#certificate-list label').count()).toBe(3);
    await assistant.close();
    await page.click('#certificate-again');
    await says('no-assistant');
    expect(await page.getAttribute('#certificate-status a', 'href')).toBe('https://alpha.example/driver');
    expect(await page.textContent('#certificate-status')).toContain('乙证书（示例）');
    assistant = await startAssistant(host.origin, port, env, () => now);
    await page.click('#certificate-submit');
    await says('found');
  });

  it('an assistant that is there and may not be asked is told apart from none', async () => {
    await assistant.close();
    assistant = await startAssistant('https://sso.example', port, env);
    await opens();
    await says('blocked');
    await assistant.close();
    assistant = await startAssistant(host.origin, port, env, () => now);
  });

  it('with an empty key, nothing chosen, no fresh challenge: each its own text', async () => {
    const empty = await startAssistant(host.origin, await freePort());
    await context.route(`${assistant.origin}/v1/certificates`, async (route) =>
      route.fulfill({
        json: { certificates: [] },
        headers: { 'access-control-allow-origin': host.origin },
      }),
    );
    await opens();
    await says('no-certificates');
    await context.unrouteAll();
    await page.click('#certificate-again');
    await says('found');
    await page.click('#certificate-submit');
    await says('choose');
    host.next.status = 410;
    await page.check('#certificate-choice-0');
    await page.click('#certificate-submit');
    await says('page-expired');
    await empty.close();
  });

  it('an answer that nobody knows is the assistant’s own error; what breaks the script leaves the plain way', async () => {
    await context.route(`${assistant.origin}/v1/certificates`, async (route) =>
      route.fulfill({ status: 500, body: 'x', headers: { 'access-control-allow-origin': host.origin } }),
    );
    await opens();
    await says('assistant-error');
    await context.unrouteAll();
    await context.route(`${assistant.origin}/v1/certificates`, async (route) =>
      route.fulfill({ json: { certificates: null }, headers: { 'access-control-allow-origin': host.origin } }),
    );
    await page.click('#certificate-again');
    await page.waitForSelector('details#certificate-by-hand[open]');
    expect(await page.isHidden('#certificate-picker')).toBe(true);
    await page.fill('#signature', 'AAAA');
    await page.click('#certificate-submit');
    await page.waitForURL('**/form?*');
    expect(host.posts.map(({ signature }) => signature)).toEqual(['AAAA']);
  });

  it('a window that is kept from opening has a link; pressed twice, it asks once', async () => {
    await page.addInitScript('window.open = function () { return null; };');
    await opens();
    await says('found');
    await page.check('#certificate-choice-0');
    await page.dblclick('#certificate-submit');
    await says('confirm');
    const [window] = await Promise.all([context.waitForEvent('page'), page.click('#certificate-window')]);
    await window.waitForSelector('#assistant-sign');
    await window.fill('#pin', assistant.pin);
    await window.click('#assistant-sign');
    await page.waitForSelector('#result');
    expect(host.posts).toHaveLength(1);
  });

  it('signed by hand it goes as it is, other buttons too, the script there or not', async () => {
    await opens();
    await says('found');
    await page.click('#certificate-by-hand summary');
    await page.fill('#certificate', 'x');
    await page.fill('#signature', 'AAAA');
    await page.click('#certificate-submit');
    await page.waitForURL('**/form?*');
    await opens();
    await says('found');
    await page.click('#certificate-skip');
    await page.waitForURL('**/form?*');
    expect(host.posts.map(({ signature, decision }) => `${signature} ${decision}`)).toEqual([
      'AAAA undefined',
      ' skip',
    ]);
  });

  it('by keyboard alone: list, button, PIN', async () => {
    await opens();
    await says('found');
    await page.focus('#certificate-choice-0');
    await page.keyboard.press('ArrowDown');
    const [window] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
    await window.waitForSelector('#pin');
    await window.keyboard.type(assistant.pin);
    await window.keyboard.press('Enter');
    await page.waitForSelector('#result');
    expect(await page.textContent('#result')).toBe('signed');
  });

  it.each(['zh-CN', 'en'] as const)(
    'R-10.2 nothing serious for axe, nothing too wide or too small, in each state (%s)',
    async (lang) => {
      const looking = await chromium.newContext({ bypassCSP: true, locale: lang });
      page = await looking.newPage();
      const found: string[] = [];
      const look = async (name: string, of = page) => void found.push(...(await faultsOf(of, name, SIZES)));
      await opens(`entity=${CODE}&lang=${lang}`);
      await says('found');
      await look('list');
      await page.click('#certificate-by-hand summary');
      await look('list, by hand');
      await opens(`entity=${FOREIGN}&lang=${lang}`);
      await says('not-this-entity');
      await look('none of this entity');
      host.next.refusal = new Refusal('certificate.wrong-use');
      await opens(`lang=${lang}`);
      await says('found');
      await look('refused');
      host.next.refusal = undefined;
      await page.check('#certificate-choice-1');
      const [window] = await Promise.all([looking.waitForEvent('page'), page.click('#certificate-submit')]);
      await window.waitForSelector('#assistant-sign');
      await look('assistant, PIN', window);
      await look('confirm');
      await window.goto(assistant.origin);
      await look('assistant, key', window);
      expect(found).toEqual([]);
      await looking.close();
    },
    60_000,
  );
});
