import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const TYPES: Record<string, string> = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };

interface Asset {
  path: string;
  type: string;
  content: Buffer;
}

function asset(file: string): Asset {
  const content = readFileSync(new URL(`./public/${file}`, import.meta.url));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const [name, extension = ''] = file.split('.');
  return { path: `/assets/${name}.${hash}.${extension}`, type: TYPES[extension] as string, content };
}

const sheet = asset('tongxing.css');
const script = asset('tongxing.js');

/** Addresses that change with the content, so that they may be kept for a year. */
export const assetPaths = { sheet: sheet.path, script: script.path };

/** The file at such an address. */
export const assetAt = (path: string): Asset | undefined => [sheet, script].find((one) => one.path === path);
