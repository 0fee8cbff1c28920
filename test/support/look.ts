import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TOO_WIDE = '() => document.documentElement.scrollWidth - document.documentElement.clientWidth';

type Sizes = readonly { width: number; height: number }[];

/** Runs in the page, as it is and in large text. */
const IN_BOTH = `((look) => {
  const { classList } = document.documentElement;
  const usual = look(48);
  classList.add('large');
  const large = look(60);
  classList.remove('large');
  return [usual, large];
})`;

/** The page as it is, and in large text. */
async function inBoth<T>(page: Page, look: string): Promise<[usual: T, large: T]> {
  return (await page.evaluate(`${IN_BOTH}(${look})`)) as [T, T];
}

async function overflows(page: Page, name: string, sizes: Sizes): Promise<string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    const [usual, large] = await inBoth<number>(page, TOO_WIDE);
    if (usual > 0) found.push(`${name} at ${size.width}: ${usual} px too wide`);
    if (large > 0) found.push(`${name}, large, at ${size.width}: ${large} px too wide`);
  }
  return found;
}

/** What axe finds nothing against is neither described nor sent. */
const SERIOUS = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target.join(' ')).join(', ') })))`;

/** Whatever axe calls serious or critical on the page as it stands. */
async function violations(page: Page, name: string): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(SERIOUS)) as { id: string; targets: string }[];
  return found.map(({ id, targets }) => `${name}: ${id} at ${targets}`);
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

async function cramped(page: Page, name: string): Promise<string[]> {
  const [usual, large] = await inBoth<string[]>(page, CRAMPED);
  return [...usual.map((fault) => `${name}: ${fault}`), ...large.map((fault) => `${name}, large: ${fault}`)];
}

/** What is wrong with a page: too wide at one of these sizes, too small to press or read, in large text as well, or serious for axe. */
export async function faultsOf(page: Page, name: string, sizes: Sizes): Promise<string[]> {
  return [...(await overflows(page, name, sizes)), ...(await cramped(page, name)), ...(await violations(page, name))];
}
