import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

type Sizes = readonly { width: number; height: number }[];

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[] }[];
}

async function overflows(page: Page, name: string, sizes: Sizes): Promise<string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    const wide = (await page.evaluate(TOO_WIDE)) as number;
    if (wide > 0) found.push(`${name} at ${size.width}: ${wide} px too wide`);
  }
  return found;
}

/** Whatever axe calls serious or critical on the page as it stands. */
async function violations(page: Page, name: string): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations: all } = (await page.evaluate('axe.run()')) as { violations: Violation[] };
  const targets = ({ nodes }: Violation) => nodes.map(({ target }) => target.join(' ')).join(', ');
  return all
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map((violation) => `${name}: ${violation.id} at ${targets(violation)}`);
}

/** What is pressed is 48 high, 60 in large text, links inside a sentence aside; no text is under 16 (LOOK 1). */
const CRAMPED = `((least) => {
  const targets = '.button, .link-button, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea, summary, ' +
    '.check label, .tabs a, .ways a, .links a, .tools a, .rows a';
  const seen = (node) => node.getClientRects().length > 0 && node.id !== 'default-submit';
  const named = (node) => node.tagName.toLowerCase() + (node.id ? '#' + node.id : '.' + node.className) + ' ' + node.textContent.trim().slice(0, 20);
  const low = [...document.querySelectorAll(targets)]
    .filter((node) => seen(node) && node.getBoundingClientRect().height < least - 0.5)
    .map((node) => named(node) + ' is ' + node.getBoundingClientRect().height + ' high');
  const small = [...document.querySelectorAll('body *')]
    .filter((node) => seen(node) && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== ''))
    .filter((node) => parseFloat(getComputedStyle(node).fontSize) < 16)
    .map((node) => named(node) + ' in ' + getComputedStyle(node).fontSize);
  return [...low, ...small];
})`;

const cramped = async (page: Page, name: string, least: number): Promise<string[]> =>
  ((await page.evaluate(`${CRAMPED}(${least})`)) as string[]).map((fault) => `${name}: ${fault}`);

/** What is wrong with a page: too wide at one of these sizes, too small to press or read, in large text as well, or serious for axe. */
export async function faultsOf(page: Page, name: string, sizes: Sizes): Promise<string[]> {
  const found = [
    ...(await overflows(page, name, sizes)),
    ...(await cramped(page, name, 48)),
    ...(await violations(page, name)),
  ];
  await page.evaluate(`document.documentElement.classList.add('large')`);
  const large = [...(await overflows(page, `${name}, large`, sizes)), ...(await cramped(page, `${name}, large`, 60))];
  await page.evaluate(`document.documentElement.classList.remove('large')`);
  return [...found, ...large];
}
