/** `npm run pictures`, beside a running `npm start`: the pages as the README shows them. All of them with `--all DIR`. */
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const service = process.env.ISSUER ?? 'http://localhost:3000';
const city = service.replace(/:(\d+)$/, (_all, port) => `:${Number(port) + 2}`);
const all = process.argv.includes('--all');
const directory = all ? process.argv.at(-1) : 'docs/images';
mkdirSync(directory, { recursive: true });

const SIZES = {
  1024: { width: 1024, height: 768 },
  390: { width: 390, height: 844 },
  ...(all ? { 320: { width: 320, height: 640 } } : {}),
};
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ],
});

async function codeFor(phone) {
  const [message] = await fetch(`${service}/sandbox/sms?phone=${phone}`).then((answer) => answer.json());
  return message.code;
}

for (const [label, viewport] of Object.entries(SIZES)) {
  for (const variant of all ? ['', 'en', 'large'] : ['']) {
    const context = await browser.newContext({ viewport, locale: variant === 'en' ? 'en-GB' : 'zh-CN' });
    if (variant === 'large') await context.addCookies([{ name: 'size', value: 'large', url: service }]);
    const page = await context.newPage();
    const picture = async (name, full = all) =>
      page.screenshot({ path: `${directory}/${name}-${label}${variant && `-${variant}`}.png`, fullPage: full });
    const phone = `13${String(Date.now()).slice(-9)}`;
    if (all) await page.goto(service).then(() => picture('home'));
    if (all) await page.goto(city).then(() => picture('portal'));
    await page.goto(`${city}/login`);
    await picture('login');
    await page.fill('#identifier', '13900000001');
    await page.fill('#password', 'wrong-password-1');
    await page.click('#login-submit');
    if (all) await picture('login-refused');
    await page.click('#register');
    await picture('registration');
    await page.fill('#phone', phone);
    await page.fill('#password', 'Changjiang-1954');
    const captchaId = await page.inputValue('#captchaId');
    const { answer } = await fetch(`${service}/sandbox/captcha/${captchaId}`).then((reply) => reply.json());
    await page.fill('#captcha', answer);
    await page.click('#sms-send');
    if (all) await picture('registration-sent');
    await page.fill('#smsCode', await codeFor(phone));
    if (all) await page.click('#register-submit').then(() => picture('registration-refused'));
    await page.fill('#smsCode', await codeFor(phone));
    await page.check('#agreement');
    await page.waitForTimeout(all ? 8100 : 0);
    await page.click('#register-submit');
    await picture('verification');
    await page.click('#verification-skip');
    if (all) {
      await picture('portal-in');
      await page.goto(`${city}/apply`);
      await picture('apply');
      await page.goto(`${service}/account`);
      await picture('account');
      await page.goto(`${service}/oidc/logout`);
      await picture('logout');
      await page.click('#logout-confirm');
      await picture('signed-out');
      await page.goto(`${service}/oidc/auth?client_id=nobody`);
      await picture('error');
      await page.goto(`${service}/sandbox`);
      await picture('sandbox');
      await page.goto(`${service}/sites`);
      await picture('sites');
    }
    await context.close();
  }
}
await browser.close();
