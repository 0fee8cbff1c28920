import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium. @param more flags of one test */
export const startChromium = async (...more: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: [...FLAGS, ...more] });

/** Waits for what a script writes into a field. Looks from inside the page: `waitForFunction` needs an eval that our CSP forbids. */
export const valueMatches = async (page: Page, id: string, pattern: RegExp): Promise<void> =>
  page.evaluate(`new Promise((done) => {
    const look = () => (${pattern}.test(document.getElementById('${id}').value) ? done() : setTimeout(look, 50));
    look();
  })`);
