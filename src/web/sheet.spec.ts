import { readFileSync } from 'node:fs';

const sheet = readFileSync('src/web/public/tongxing.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** The only colours and sizes there are. */
const COLOURS = new Set(
  `#1f2329 #f3f5f8 #ffffff #4e5561 #e8ecf1 #0b57a4 #083f78 #767d88 #d5dae1 #b3261e #fdeeed #17643a #e9f5ee #7a4a00
   #fff5dd #eaf2fb #ffbf2e transparent`.split(/\s+/),
);
const FONT_SIZES = new Set(['16px', '18px', '22px', '24px', '28px', '34px', 'inherit']);

describe('the sheet', () => {
  it('uses no colour but the tokens', () => {
    const used = [...sheet.matchAll(/#[0-9a-f]{3,8}\b/gi)].map(([colour]) => colour.toLowerCase());
    expect(used.filter((colour) => !COLOURS.has(colour))).toEqual([]);
    expect(sheet).not.toMatch(/rgba?\(|hsla?\(|\b(red|blue|black|white|gray|grey)\b(?!-)/);
  });

  it('uses no font size but the tokens, and none under 16 px', () => {
    const used = [...sheet.matchAll(/font-size:\s*([^;}]+)/g)].map(([, size]) => (size as string).trim());
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((size) => !FONT_SIZES.has(size))).toEqual([]);
  });

  it('draws in old browsers: no custom properties, grid, gap, clamp, :is, :where, no web fonts', () => {
    expect(sheet).not.toMatch(/var\(|--[a-z]|display:\s*grid|\bgap:|clamp\(|:is\(|:where\(|@font-face|@import|url\(/);
  });

  it('is at most 24 KB, and the script is ES5', () => {
    expect(Buffer.byteLength(sheet)).toBeLessThanOrEqual(24 * 1024);
    const script = readFileSync('src/web/public/tongxing.js', 'utf8');
    expect(script).not.toMatch(/=>|\blet\b|\bconst\b|`|\bclass\b\s+\w+\s*\{|\.\.\.|\bimport\b|\basync\b/);
    expect(script).not.toMatch(/,\s*\)/);
  });
});
