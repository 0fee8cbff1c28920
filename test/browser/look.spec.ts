import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startChromium, valueMatches } from '../support/chromium.js';
import { PASSWORD, freshPhone } from '../support/citizen.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';

const LOW_SCREEN = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };

describe('how pages behave in Chromium', () => {
  let chromium: Browser;
  let service: RunningService;
  let site: TestSite;

  beforeAll(async () => {
    [chromium, site] = await Promise.all([startChromium(), TestSite.start('site', '武汉市政务服务网')]);
    service = await startService('hubei', { SITES_FILE: sitesFile([site.metadata()]), LIMITS: 'off' });
  });

  afterAll(async () => {
    await chromium.close();
    await service.close();
    await site.close();
  });

  /** A page of a browser of its own, closed when the work is done. */
  async function at(
    options: BrowserContextOptions & { language?: string },
    parameters: Record<string, string>,
    work: (page: Page) => Promise<void>,
  ): Promise<void> {
    const { language = 'zh-CN', ...rest } = options;
    const context = await chromium.newContext({ viewport: LOW_SCREEN, locale: language, ...rest });
    const page = await context.newPage();
    await page.goto(await site.loginUrl(service.origin, parameters));
    await work(page);
    await context.close();
  }

  const captchaOf = async (page: Page): Promise<string> => {
    const answer = await fetch(`${service.origin}/sandbox/captcha/${await page.inputValue('#captchaId')}`);
    return ((await answer.json()) as { answer: string }).answer;
  };
  const codeFor = async (phone: string): Promise<string> => {
    const answer = await fetch(`${service.origin}/sandbox/sms?phone=${phone}`);
    return ((await answer.json()) as { code: string }[])[0]?.code as string;
  };
  const create = { prompt: 'create' };
  /** Number, password and picture filled in. */
  const filled = async (page: Page): Promise<string> => {
    const phone = freshPhone();
    await page.fill('#phone', phone);
    await page.fill('#password', PASSWORD);
    await page.fill('#captcha', await captchaOf(page));
    return phone;
  };

  it.each([
    ['zh-CN', true, {}],
    ['zh-CN', false, {}],
    ['en', true, {}],
    ['en', true, { kind: 'entity' }],
  ])(
    'LOOK 3 the login page is seen whole at 1024 × 768 (%s, script %s, %j)',
    async (language, javaScriptEnabled, more) => {
      await at({ language, javaScriptEnabled }, more, async (page) => {
        const { y, height } = (await page.locator('#login-cancel').boundingBox()) as { y: number; height: number };
        expect(y + height).toBeLessThanOrEqual(700);
      });
    },
  );

  it('LOOK 2 Enter in each field of a login logs in', async () => {
    for (const field of ['#identifier', '#password'])
      await at({}, {}, async (page) => {
        await page.fill('#identifier', '13900000002');
        await page.fill('#password', 'Tongxing-demo-2');
        await page.press(field, 'Enter');
        await page.waitForURL(`${site.origin}/**`);
      });
  });

  it.each([true, false])(
    'LOOK 2 Enter on registration does what is due next (script %s)',
    async (javaScriptEnabled) => {
      for (const [first, then] of [
        ['#phone', '#smsCode'],
        ['#captcha', '#password'],
        ['#password', '#agreement'],
      ] as const)
        await at({ javaScriptEnabled }, create, async (page) => {
          const phone = await filled(page);
          await page.press(first, 'Enter');
          await page.waitForSelector('.notice.success');
          await page.fill('#smsCode', await codeFor(phone));
          await page.check('#agreement');
          await page.press(then, 'Enter');
          await page.waitForURL(/verification$/);
        });
    },
  );

  it('LOOK 2 once a code is on its way its field is first, and what is done is folded, to be opened or when it is refused', async () => {
    await at({ viewport: PHONE }, create, async (page) => {
      await filled(page);
      await page.click('#sms-send');
      await page.waitForSelector('#smsCode:focus');
      expect(await page.isVisible('#phone')).toBe(false);
      const { y } = (await page.locator('#smsCode').boundingBox()) as { y: number };
      expect(y).toBeLessThan(PHONE.height);
      await page.click('.not-received summary');
      expect(await page.isVisible('#phone')).toBe(true);
      expect(await page.isVisible('#sms-send')).toBe(true);
      await page.fill('#phone', '1');
      await page.click('#register-submit');
      await page.waitForSelector('#phone-error');
      expect(await page.isVisible('#phone')).toBe(true);
      await page.click('#error-summary a');
      expect(await page.evaluate('document.activeElement.id')).toBe('phone');
    });
  });

  it('R-10.2 the keyboard alone registers, skips verification and comes back to the site', async () => {
    await at({}, create, async (page) => {
      const focused = async () => (await page.evaluate('document.activeElement.id')) as string;
      /** Tab by Tab, as often as it takes; every stop on the way can be left again. */
      const tabTo = async (id: string, type = ''): Promise<void> => {
        for (let stops = 0; (await focused()) !== id; stops += 1) {
          if (stops > 40) throw new Error(`#${id} is not reached`);
          await page.keyboard.press('Tab');
        }
        await page.keyboard.type(type);
      };
      const phone = freshPhone();
      await tabTo('phone', phone);
      await tabTo('password', PASSWORD);
      await tabTo('captcha', await captchaOf(page));
      await tabTo('sms-send');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#smsCode:focus');
      await page.keyboard.type(await codeFor(phone));
      await tabTo('agreement');
      await page.keyboard.press('Space');
      await tabTo('register-submit');
      await page.keyboard.press('Enter');
      await page.waitForURL(/verification$/);
      await tabTo('verification-skip');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${site.origin}/**`);
    });
  });

  it('LOOK 2 a slow answer is waited for with words, and a second click sends nothing', async () => {
    await at({}, {}, async (page) => {
      let sent = 0;
      // No content: the page stays as it is, as it does while an answer is awaited.
      await page.route(/\/login$/, async (route) => {
        sent += 1;
        await route.fulfill({ status: 204 });
      });
      const click = `document.getElementById('login-submit').click()`;
      const said = `document.querySelector('form [role=status]').textContent`;
      expect(await page.evaluate(`${click}; ${click}; ${said}`)).toBe('正在处理，请稍候…');
      await page.click('#login-submit');
      expect(sent).toBe(1);
    });
  });

  it('LOOK 2 seconds until the next message are counted down', async () => {
    await at({}, create, async (page) => {
      await page.clock.install();
      await filled(page);
      await page.click('#sms-send');
      await page.click('.not-received summary');
      const seconds = async () => Number(/\d+/.exec((await page.textContent('#resend-wait')) ?? '')?.[0]);
      const before = await seconds();
      await page.clock.runFor(2000);
      expect(await seconds()).toBeLessThanOrEqual(before - 2);
      await page.clock.runFor(60_000);
      expect(await page.locator('#resend-wait').count()).toBe(0);
    });
  });

  it('LOOK 2 what is to be corrected is read first', async () => {
    await at({}, {}, async (page) => {
      await page.click('#login-submit');
      await page.waitForSelector('#error-summary:focus');
      expect(await page.title()).toMatch(/^错误：/);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('identifier');
    });
  });

  it('R-2.2 the picture grows on the page, and a computed answer takes its place', async () => {
    await at({}, create, async (page) => {
      const width = async () => (await page.locator('#captcha-image').boundingBox())?.width ?? 0;
      const id = await page.inputValue('#captchaId');
      await page.fill('#phone', freshPhone());
      expect(await width()).toBeLessThan(210);
      await page.click('#captcha-larger');
      expect(await width()).toBeGreaterThan(390);
      expect(await page.inputValue('#captchaId')).toBe(id);
      await page.click('#captcha-block summary');
      await page.click('#captcha-work');
      await valueMatches(page, 'captcha', /^pow:/);
      expect(await page.isVisible('#captcha')).toBe(false);
      expect(await page.textContent('#captcha-block')).toContain('已通过浏览器计算验证');
    });
  });

  it('LOOK 2 in large text the picture is large from the first', async () => {
    await at({}, create, async (page) => {
      await page.click('#switch-size');
      await page.reload();
      expect(await page.getAttribute('#captcha-image', 'src')).toContain('large=1');
      expect((await page.locator('#captcha-image').boundingBox())?.width).toBeGreaterThan(390);
    });
  });

  it('a password can be shown, and stays what was typed', async () => {
    await at({}, {}, async (page) => {
      await page.fill('#password', PASSWORD);
      await page.check('#password-show');
      expect([await page.getAttribute('#password', 'type'), await page.inputValue('#password')]).toEqual([
        'text',
        PASSWORD,
      ]);
      await page.uncheck('#password-show');
      expect(await page.getAttribute('#password', 'type')).toBe('password');
    });
  });

  it('Back after a step leads to a page that says where it stands', async () => {
    await at({}, create, async (page) => {
      const phone = await filled(page);
      await page.click('#sms-send');
      await page.fill('#smsCode', await codeFor(phone));
      await page.check('#agreement');
      await page.click('#register-submit');
      await page.waitForURL(/verification$/);
      await page.goBack();
      expect(await page.textContent('h1')).toBe('这一步已经过期');
      await page.goForward();
      expect(await page.textContent('h1')).toBe('实名认证');
      await page.click('#verification-skip');
      await page.waitForURL(`${site.origin}/**`);
    });
  });

  it('LOOK 2 on a phone a table is a list of blocks, each value under its column', async () => {
    const context = await chromium.newContext({ viewport: PHONE, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${service.origin}/sandbox`);
    const label = `getComputedStyle(document.querySelector('#people td'), '::before').content`;
    expect(await page.evaluate(label)).toBe('"姓名"');
    await page.setViewportSize(LOW_SCREEN);
    expect(await page.evaluate(label)).toBe('none');
    await context.close();
  });
});
