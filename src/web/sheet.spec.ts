import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'acorn';
import stylelint from 'stylelint';

const SHEET = 'src/web/public/tongxing.css';
const sheet = readFileSync(SHEET, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const PUBLIC = 'src/web/public';
const SCRIPTS = readdirSync(PUBLIC).filter((file) => file.endsWith('.js'));
const scriptOf = (file: string): string => readFileSync(`${PUBLIC}/${file}`, 'utf8');

/** The only colours, sizes and distances there are (LOOK 1). */
const COLOURS = new Set(
  `#1f2329 #f3f5f8 #ffffff #4e5561 #e8ecf1 #0b57a4 #083f78 #767d88 #d5dae1 #b3261e #fdeeed #17643a #e9f5ee #7a4a00
   #fff5dd #eaf2fb #ffbf2e transparent`.split(/\s+/),
);
const FONT_SIZES = new Set(['16px', '18px', '22px', '24px', '28px', '34px', 'inherit']);
const DISTANCES = new Set('0 4px 8px 12px 16px 24px 32px 48px auto'.split(' '));
const RADII = new Set(['4px', '6px', '0']);

/** Values of a property, each once. */
const valuesOf = (property: string): string[] => [
  ...new Set(
    [...sheet.matchAll(new RegExp(`(?<![\\w-])${property}:\\s*([^;}]+)`, 'g'))].map(([, value = '']) => value.trim()),
  ),
];

/** What the linter says against the browsers of package.json: the guides name IE 9; Chromium 49 is the last on Windows XP. */
async function complaints(code: string): Promise<string[]> {
  const { results } = await stylelint.lint({
    code,
    config: {
      plugins: ['stylelint-no-unsupported-browser-features'],
      rules: { 'plugin/no-unsupported-browser-features': [true, { ignore: Object.keys(EXCEPTIONS) }] },
    },
  });
  return results.flatMap(({ warnings }) => warnings.map(({ text }) => /feature "([\w-]+)"/.exec(text)?.[1] ?? text));
}

/** What the list of features calls missing or partial, why it is used all the same, and the values that all of them know. */
const EXCEPTIONS: Record<string, { why: string; property: string; only: RegExp }> = {
  'css-overflow': {
    why: 'partial for want of two values and of clip; one value of CSS 2.1 is used',
    property: 'overflow',
    only: /^(auto|hidden)$/,
  },
  outline: {
    why: 'partial for want of invert and outline-offset; neither is used',
    property: 'outline',
    only: /^(3px solid #ffbf2e|none)$/,
  },
  'mdn-text-decoration-shorthand': {
    why: 'missing as a shorthand; only its line, as in CSS 2.1, is used',
    property: 'text-decoration',
    only: /^(none|underline)$/,
  },
  wordwrap: {
    why: 'partial for want of the newer name, overflow-wrap; the older one with this value is known to all',
    property: 'word-wrap',
    only: /^break-word$/,
  },
};

describe('the sheet', () => {
  it('uses no colour but the tokens', () => {
    const used = [...sheet.matchAll(/#[0-9a-f]{3,8}\b/gi)].map(([colour]) => colour.toLowerCase());
    expect(used.filter((colour) => !COLOURS.has(colour))).toEqual([]);
    expect(sheet).not.toMatch(/rgba?\(|hsla?\(|\b(red|blue|black|white|gray|grey)\b(?!-)/);
  });

  it('uses no font size but the tokens, and none under 16 px', () => {
    const used = valuesOf('font-size');
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((size) => !FONT_SIZES.has(size))).toEqual([]);
  });

  it('keeps things apart by the tokens; a tick that lies over the edge takes no room', () => {
    const used = ['margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left'].flatMap(valuesOf);
    const odd = used.flatMap((value) => value.split(' ')).filter((value) => !DISTANCES.has(value));
    expect(odd).toEqual(['-200px']);
  });

  it('has no shadow but that of the focus, no gradient, no animation, no italics, no justified text', () => {
    expect(valuesOf('box-shadow')).toEqual(['inset 0 0 0 2px #1f2329', 'none']);
    expect(valuesOf('border-radius').filter((radius) => !RADII.has(radius))).toEqual([]);
    expect(sheet).not.toMatch(/gradient|animation|transition|transform|@keyframes|italic|justify/);
  });

  it('never takes the focus away but from the page itself, and draws it twice', () => {
    const without = [...sheet.matchAll(/([^{}]+)\{[^}]*outline:\s*none/g)].map(([, selector = '']) => selector.trim());
    expect(without).toEqual(['main:focus']);
    expect(sheet).toMatch(/outline: 3px solid #ffbf2e;\s*box-shadow: inset 0 0 0 2px #1f2329;/);
  });

  it('begins with what old browsers need to be told', () => {
    const plain = sheet.replace(/\s+/g, ' ').trim();
    expect(plain).toMatch(/^main, header, footer, nav, aside, section, details, summary \{ display: block; \}/);
    expect(plain).toContain('[hidden] { display: none !important; }');
    expect(plain).toContain('button, input, select, textarea { font-family: inherit; font-size: inherit; }');
  });

  it('uses no custom properties, grid, gap, clamp, :is, :where, web fonts or pictures', () => {
    expect(sheet).not.toMatch(/var\(|--[a-z]|display:\s*grid|\bgap:|clamp\(|:is\(|:where\(|@font-face|@import|url\(/);
  });

  it('uses nothing that a browser of the list lacks', async () => expect(await complaints(sheet)).toEqual([]));

  it('and the linter would say so', async () => {
    const found = await complaints('a { display: grid; color: var(--ink) }');
    expect(found.toSorted()).toEqual(['css-grid', 'css-variables']);
  });

  it.each(Object.entries(EXCEPTIONS))('uses of %s what all of them know', (_feature, { property, only }) => {
    expect(valuesOf(property).filter((value) => !only.test(value))).toEqual([]);
  });

  it('is at most 24 KB', () => expect(Buffer.byteLength(sheet)).toBeLessThanOrEqual(24 * 1024));
});

/** What a script may use after it has asked, and how it asks. */
const ASKED = [
  ['TextEncoder', 'window.crypto && crypto.subtle && window.TextEncoder'],
  ['getRandomValues', 'window.crypto && crypto.getRandomValues'],
  ['permissions', 'navigator.permissions && navigator.permissions.query'],
] as const;

describe('the scripts', () => {
  const es5 = (code: string) => parse(code, { ecmaVersion: 5, sourceType: 'script' });

  it.each(SCRIPTS)('%s is ES5', (file) => expect(es5(scriptOf(file)).body).toHaveLength(1));

  it('which means what it says', () => {
    for (const newer of ['var a = () => 1;', 'let a;', 'f(a,);', 'var a = `b`;', 'import "a";', 'a?.b;'])
      expect(() => es5(newer)).toThrow();
  });

  it.each(SCRIPTS)('%s asks before it uses what IE 9 lacks', (file) => {
    const script = scriptOf(file);
    const used = (name: string) => [...script.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length;
    for (const newer of [
      'fetch',
      'classList',
      'dataset',
      'Promise',
      'closest',
      'matches',
      'append',
      'requestAnimationFrame',
    ])
      expect([newer, used(newer)]).toEqual([newer, 0]);
    for (const [newer, asked] of ASKED) if (used(newer) > 0) expect(script).toContain(asked);
  });
});
