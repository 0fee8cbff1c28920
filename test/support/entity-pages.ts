import type { Page } from './browser.js';
import { Citizen, freshPhone } from './citizen.js';
import { Company, inRegister } from './company.js';
import type { Province, RunningService } from './service.js';
import type { TestCa } from './ca.js';
import { binds, certifies } from './signing.js';
import type { TestSite } from './site.js';

const LI_SI = { name: '李四', idNumber: '420106198506121028' };
const ZHANG_SAN = { name: '张三', idNumber: '420106199003071019' };
const BUREAU = '示例市数据局';
const FOUNDATION = '示例教育基金会';
const ALONE = '石家庄示例医药有限公司';
const DAY = 24 * 3600;

type Language = 'zh-CN' | 'en';

/** Every page of what waits for a representative, and of who stands for an entity, as the journey really comes by. */
export async function entityPages(
  service: RunningService,
  site: TestSite,
  root: TestCa,
  province: Province,
  language: Language,
): Promise<Map<string, Page>> {
  const seen = new Map<string, Page>();
  const look = (name: string, page: Page): Page => {
    seen.set(name, page);
    return page;
  };
  const account = (path: string) => `${service.origin}/account${path}`;
  const login = async (who: Citizen, more: Record<string, string> = {}): Promise<Page> =>
    who.browser.open(await site.loginUrl(service.origin, { ui_locales: language, ...more }));
  const person = async (who?: { name: string; idNumber: string }): Promise<Citizen> => {
    const one = new Citizen(service, language);
    await one.hasAccount(await site.loginUrl(service.origin, { ui_locales: language }), who);
    return one;
  };
  const company = (name: string) => new Company(service, province, name, language);
  const checks = async (one: Company): Promise<Page> => one.isChecked(await login(one));
  const asks = async (one: Company): Promise<Page> => {
    const page = await checks(one);
    const { userName, contact: phone, password } = one;
    if (province === 'hubei') return page.press('confirmation-ask', { password, agreement: 'yes' });
    const sent = await page.press('sms-send', { userName, phone, password, ...(await one.captcha(page)) });
    return sent.press('confirmation-ask', { smsCode: await one.codeFor(phone) });
  };

  const [first, second] = [company(BUREAU), company(FOUNDATION)];
  const huang = await person(first.entry.representative);
  const liu = await person(second.entry.representative);
  await huang.waits(DAY);
  look('second step', await checks(company(BUREAU)));
  const waiting = look('waiting', await asks(first));
  const other = await asks(second);
  const start = await (await login(company(BUREAU), { kind: 'entity' })).follow('register');
  const find = look('find', await start.follow('entity-waiting'));
  look('find refused', await find.press('waiting-find', { creditCode: '1' }));
  look('find, none', await find.press('waiting-find', { creditCode: first.entry.creditCode, password: 'Nobody-1' }));
  for (const who of [huang, liu]) {
    who.browser.closeAndReopen();
    await who.logsIn(await login(who));
  }
  look('user centre', await huang.browser.open(account('')));
  const list = look('requests', await huang.browser.open(account('/confirmations')));
  look('confirmed', await list.press('confirmation-approve-1'));
  look(
    'confirmed twice',
    await huang.browser.post(account('/confirmations'), list.form('confirmation-approve-1').fields),
  );
  await (await liu.browser.open(account('/confirmations'))).press('confirmation-deny-1');
  look('waiting, confirmed', await waiting.follow('waiting-refresh'));
  look('waiting, denied', await other.follow('waiting-refresh'));

  const former = await person(LI_SI);
  await former.waits(DAY);
  const wuhan = company('武汉示例科技有限公司');
  await wuhan.registers(await checks(wuhan), former.phone);
  await binds(service, wuhan.entry.creditCode, certifies(root, wuhan.entry));
  const successor = await person(ZHANG_SAN);
  await successor.waits(DAY);
  wuhan.browser.closeAndReopen();
  await (await login(wuhan, { kind: 'entity' })).press('login-submit', wuhan.login);
  look('representative', await wuhan.browser.open(account('/representative')));
  const page = look('new representative', await wuhan.browser.open(account('/representative/new')));
  look('new representative refused', await page.press('representative-check', { representativeName: '1' }));
  Object.assign(inRegister(service, wuhan.entry.creditCode), { representative: ZHANG_SAN });
  const names = { representativeName: ZHANG_SAN.name, representativeIdNumber: ZHANG_SAN.idNumber };
  const confirm = look('representative’s word', await page.press('representative-check', names));
  const sent = look('representative’s word, sent', await confirm.press('sms-send'));
  look('representative’s word refused', await sent.press('representative-submit', { smsCode: '1' }));
  look('by certificate', await sent.follow('by-certificate'));
  look('representative waits', await sent.press('confirmation-ask'));
  if (province === 'hubei') return seen;

  const contact = look('contact', await wuhan.browser.open(account('/contact')));
  const fresh = look('new contact', await contact.follow('contact-change'));
  look('new contact refused', await fresh.press('sms-send', { phone: '1' }));
  const alone = company(ALONE);
  await alone.registers(await checks(alone));
  await alone.waits(61);
  const phone = freshPhone();
  const own = await (await alone.browser.open(account('/contact/new'))).press('sms-send', { phone });
  look('new contact, sent', own);
  const word = look('contact’s word', await own.press('contact-next', { smsCode: await alone.codeFor(phone) }));
  look('contact’s word refused', await word.press('sms-send', { representativeName: '1' }));
  return seen;
}
