import { Citizen, ZHANG_SAN } from './citizen.js';
import type { Page } from './browser.js';

/** The numbered steps of a walk, in the order of their languages. */
const stepsIn = (printed: string): string[] =>
  [...printed.matchAll(/^ {4}(\d)\. (.*)$/gm)].map(([, , step]) => step as string);

/** Presses the link or button that is named so on this page. */
async function pressNamed(page: Page, name: string, values: Record<string, string> = {}): Promise<Page> {
  const [found] = page.all('main a, main button').filter((node) => node.text.trim() === name);
  const id = found?.getAttribute('id');
  if (!id) throw new Error(`nothing is named ${name} on ${page.path}: ${page.text.slice(0, 300)}`);
  return found?.tagName === 'A' ? page.follow(id) : page.press(id, values);
}

/**
 * Does what `npm start` prints, with nothing known but that: the words in quotes are pressed, addresses are opened.
 * @param who one of the people printed
 * @returns the titles and addresses passed through
 */
export async function walksAsPrinted(printed: string, language: 'zh-CN' | 'en', who = ZHANG_SAN): Promise<Page[]> {
  const half = stepsIn(printed).length / 2;
  const steps = language === 'en' ? stepsIn(printed).slice(half) : stepsIn(printed).slice(0, half);
  const named = steps.map((step) => /“(.*)”/.exec(step)?.[1] as string);
  const [city, sandbox] = steps.flatMap((step) => /http:\S+/.exec(step)?.[0] ?? []) as [string, string];
  const citizen = new Citizen({ origin: new URL(sandbox).origin }, language);
  const { browser, phone, password } = citizen;

  const front = await browser.open(city);
  const form = await pressNamed(front, named[0] as string);
  const sent = await pressNamed(form, named[1] as string, { phone, password, ...(await citizen.captcha(form)) });
  const messages = (await browser.open(sandbox)).text;
  const smsCode = messages.slice(messages.indexOf(phone)).match(/\D(\d{6})\D/)?.[1] as string;
  const verification = await pressNamed(sent, named[2] as string, { smsCode, agreement: 'yes' });
  const back = await pressNamed(verification, named[3] as string, who);
  const second = await pressNamed(back, named[4] as string);
  const out = await pressNamed(second, named[5] as string);
  return [back, second, out, await browser.open(city)];
}

/**
 * The last three steps of what `npm start` prints: an operator and a site's developer, each in a browser of their own, and a
 * change of the site between them.
 * @returns the page after the change is approved, in the operator's browser
 */
export async function walksTheConsoleAsPrinted(printed: string, language: 'zh-CN' | 'en'): Promise<Page> {
  const all = [...printed.matchAll(/^ {4}\d+\. (.*)$/gm)].map(([, step]) => step as string);
  const steps = language === 'en' ? all : all.slice(0, all.length / 2);
  const [first, second, third] = steps.slice(-3) as [string, string, string];
  const quoted = (step: string) => [...step.matchAll(/“(.*?)”/g)].map(([, name]) => name as string);
  const address = (step: string) => /http:\S+/.exec(step)?.[0] as string;
  const logsIn = async (step: string): Promise<Page> => {
    const citizen = new Citizen({ origin: new URL(address(first)).origin }, language);
    const [phone, password] = [/1\d{10}/.exec(step)?.[0], /Tongxing-demo-\d/.exec(step)?.[0]];
    return citizen.logsIn(await citizen.browser.open(address(first)), phone, password);
  };
  const operator = await logsIn(first);
  const [edit, field, save] = quoted(second) as [string, string, string];
  const sites = await logsIn(second);
  const named = sites.all('#sites tbody a').find(({ text }) => second.includes(text));
  const site = await sites.browser.open(new URL(named?.getAttribute('href') ?? '', sites.url).href);
  const form = await pressNamed(site, edit);
  const label = form.all('main label').find(({ text }) => text === field);
  const id = label?.getAttribute('for') ?? '';
  const before = form.all(`#${id}`)[0]?.text;
  await pressNamed(form, save, { [id]: `${before}\n${address(second)}` });

  const [waits, decide, approve] = quoted(third) as [string, string, string];
  const waiting = await pressNamed(operator, waits);
  const [change] = waiting.all('#waiting tbody a');
  const one = await waiting.browser.open(new URL(change?.getAttribute('href') ?? '', waiting.url).href);
  return pressNamed(await pressNamed(one, decide), approve);
}
