/** TypeScript and TSX for Node's own loader: made JavaScript by swc, once a process. */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const SWC = {
  module: { type: 'es6' },
  sourceMaps: 'inline',
  jsc: {
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    target: 'es2024',
    keepClassNames: true,
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
  },
};
const OURS = /\.tsx?(?:\?file=\d+)?$/;
const HELPERS = new URL('..', import.meta.url).href;
const GLOBALS = new URL('globals.mjs', import.meta.url).href;

/** As `tsc` reads it: `./x.js` of ours is `./x.ts` or `./x.tsx`, where there is one. */
function source(specifier, parent) {
  if (!/^\.{1,2}\/.*\.js$/.test(specifier) || !OURS.test(parent)) return undefined;
  const url = new URL(specifier, parent).href;
  return ['.ts', '.tsx'].map((end) => url.replace(/\.js$/, end)).find((one) => existsSync(fileURLToPath(one)));
}

/** A helper counts its people and numbers for one test file: each has helpers of its own, though they share the service. */
function ownHelpers({ url, ...found }, parent) {
  const file = new URL(parent ?? url).search;
  return { ...found, url: url.startsWith(HELPERS) && OURS.test(url) ? url + file : url };
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return next(GLOBALS, context);
    const parent = context.parentURL;
    return ownHelpers(next(source(specifier, parent ?? '') ?? specifier, context), parent);
  },
  load(url, context, next) {
    if (!OURS.test(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...SWC, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
