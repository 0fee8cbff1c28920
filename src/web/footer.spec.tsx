import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import type { Footer as Values } from '../config/footer.js';
import { loadJurisdiction } from '../config/jurisdiction.js';
import { texts } from '../locales/texts.js';
import type { Language } from '../locales/texts.js';
import { Assets } from './assets.js';
import { Footer } from './footer.js';
import type { PageContext } from './page-context.js';
import { render } from './render.js';

const jurisdiction = loadJurisdiction('hubei', 'demo');
const directory = mkdtempSync(join(tmpdir(), 'tongxing-marks-'));

/** The foot of a page with these values in place of the file's. */
function foot(values: Partial<Values>, language: Language = 'zh-CN') {
  const footer = { ...jurisdiction.footer, ...values };
  const assets = new Assets(footer, [], directory);
  const page = {
    language,
    t: texts(language),
    jurisdiction: { ...jurisdiction, footer },
    assets: assets.paths,
    serviceOrigin: '',
  } as PageContext;
  return { assets, root: parse(render(<Footer page={page} />)) };
}

describe('the foot of each page (LOOK 4)', () => {
  it('names who runs it, the hotline, and the numbers it is registered by', () => {
    const { root } = foot({});
    expect(root.text).toContain('湖北省人民政府办公厅');
    expect(root.text).toContain('12345（全天）');
    const links = root.querySelectorAll('a').map((link) => link.getAttribute('href'));
    expect(links).toEqual(expect.arrayContaining(['https://beian.miit.gov.cn/', 'https://beian.mps.gov.cn/']));
    expect(links).toEqual(expect.arrayContaining(['/sites', '/privacy', '/agreement', '/accessibility']));
  });

  it('shows nothing where the operator says none', () => {
    const none = { organiser: 'none', operator: 'none', siteId: 'none', icp: 'none', publicSecurity: 'none' } as const;
    const { root } = foot({ ...none, officialMark: 'none', errorReport: 'none' });
    expect(root.text).not.toMatch(/主办|承办|标识码|备/);
    expect(root.querySelectorAll('a')).toHaveLength(4);
  });

  it('shows a mark by the picture that the operator supplies, named for who cannot see it', () => {
    writeFileSync(join(directory, 'mark.png'), 'a picture');
    const text = { 'zh-CN': '党政机关', en: 'Official' };
    const { root, assets } = foot({ officialMark: { text, href: 'https://bszs.conac.cn/x', image: 'mark.png' } }, 'en');
    const image = root.querySelector('a[href="https://bszs.conac.cn/x"] img');
    expect(image?.getAttribute('alt')).toBe('Official');
    const served = assets.at(image?.getAttribute('src') ?? '');
    expect([served?.type, served?.content.toString()]).toEqual(['image/png', 'a picture']);
  });
});
