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

/** What is wrong with a page: too wide at one of these sizes, in large text as well, or serious for axe. */
export async function faultsOf(page: Page, name: string, sizes: Sizes): Promise<string[]> {
  const found = [...(await overflows(page, name, sizes)), ...(await violations(page, name))];
  await page.evaluate(`document.documentElement.classList.add('large')`);
  const large = await overflows(page, `${name}, large`, sizes);
  await page.evaluate(`document.documentElement.classList.remove('large')`);
  return [...found, ...large];
}
