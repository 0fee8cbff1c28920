import { parse } from 'node-html-parser';
import { loadJurisdiction } from '../config/jurisdiction.js';
import { texts } from '../locales/texts.js';
import type { Language } from '../locales/texts.js';
import { CreditCode } from '../shared/credit-code.js';
import { Refusal } from '../shared/refusal.js';
import { CertificateFields, atCertificateFields } from './certificate-form.js';
import type { CertificateProps } from './certificate-form.js';
import type { PageContext } from './page-context.js';
import { render } from './render.js';

const TEXT = 'TONGXING CERTIFICATE CHALLENGE 1\n湖北政务服务网 统一用户帐号\npurpose: 证书登录 login\n';
const CHALLENGE = Buffer.from(TEXT).toString('base64');
const CODE = '91420100MA4KABC11X';
const AUTHORITIES = [
  { name: { 'zh-CN': '甲（示例）', en: 'Alpha (example)' }, assistantUrl: 'https://alpha.example/driver' },
  { name: { 'zh-CN': '乙（示例）', en: 'Beta (example)' } },
];

function form(more: Partial<CertificateProps> = {}, language: Language = 'zh-CN') {
  const page = {
    language,
    t: texts(language),
    jurisdiction: loadJurisdiction('hubei', 'demo'),
    assets: { assistant: ['/assets/driver-tongxing.1.js', '/assets/assistant.1.js'] },
    assistants: [{ driver: 'tongxing', origin: 'http://127.0.0.1:3009' }],
    path: '/interaction/x/login?kind=entity&method=certificate',
  } as unknown as PageContext;
  return parse(render(<CertificateFields page={page} challenge={CHALLENGE} authorities={AUTHORITIES} {...more} />));
}
const codeAt = (root: ReturnType<typeof form>, id: string) => root.querySelector(`#${id}`)?.getAttribute('data-code');

describe('the form of every certificate page (R-6.1, R-10.1)', () => {
  it('shows the text to be signed, and carries its very bytes in the field and in the file', () => {
    const root = form();
    expect(root.querySelector('#challenge')?.getAttribute('value')).toBe(CHALLENGE);
    // The parser takes what is in a <pre> for text as it stands.
    const shown = (one: ReturnType<typeof form>) => one.querySelector('#challenge-text')?.text.replace(/<[^>]+>/g, '');
    expect([shown(root), shown(form({}, 'en'))]).toEqual([TEXT, TEXT]);
    expect(root.querySelector('#challenge-file')?.getAttribute('href')?.split(',')[1]).toBe(CHALLENGE);
  });

  it('is whole without a script: both fields open to see, the script’s place and words hidden', () => {
    const root = form();
    expect(root.querySelector('details#certificate-by-hand')?.hasAttribute('open')).toBe(true);
    const areas = root.querySelectorAll('textarea').map((area) => area.getAttribute('name'));
    expect(areas).toEqual(['certificate', 'signature']);
    for (const id of ['certificate-picker', 'certificate-words'])
      expect(root.querySelector(`#${id}`)?.hasAttribute('hidden')).toBe(true);
  });

  it('names the page that gives a fresh challenge, and the entity by its masked code alone', () => {
    const root = form({ entity: CreditCode.parse(CODE) }).querySelector('#certificate-form');
    expect(root?.getAttribute('data-challenge-from')).toBe('/interaction/x/login?kind=entity&method=certificate');
    expect(root?.getAttribute('data-entity')).toBe('9142************1X');
    expect(form({ from: '/account/certificates' }).toString()).toContain('data-challenge-from="/account/certificates"');
    expect(form().querySelector('#certificate-form')?.hasAttribute('data-entity')).toBe(false);
  });

  it('loads the drivers ahead of the script that uses them, and says where the assistants listen', () => {
    const scripts = form().querySelectorAll('script[defer]');
    expect(scripts.map((script) => script.getAttribute('src'))).toEqual([
      '/assets/driver-tongxing.1.js',
      '/assets/assistant.1.js',
    ]);
    const box = form().querySelector('#certificate-form');
    expect(box?.getAttribute('data-assistants')).toBe('tongxing=http://127.0.0.1:3009');
  });

  it('puts each refusal where it belongs; the certificate is kept, a signature is not', () => {
    const values = { certificate: 'a certificate', signature: 'a signature' };
    const root = form({ refusal: new Refusal('certificate.weak'), values });
    expect([codeAt(root, 'certificate-error'), codeAt(root, 'signature-error')]).toEqual([
      'certificate.weak',
      undefined,
    ]);
    expect(root.querySelector('#certificate')?.getAttribute('aria-describedby')).toContain('certificate-error');
    expect(root.querySelectorAll('textarea').map(({ text }) => text)).toEqual(['a certificate', '']);
    expect(codeAt(form({ refusal: new Refusal('signature.invalid') }), 'signature-error')).toBe('signature.invalid');
    expect(codeAt(form({ refusal: new Refusal('challenge.used') }), 'challenge-error')).toBe('challenge.used');
    expect(form({ refusal: new Refusal('phone.missing', { field: 'phone' }) }).querySelector('[data-code]')).toBeNull();
  });

  it('a summary of the page leads to the same fields', () => {
    const all = [
      new Refusal('certificate.weak'),
      new Refusal('signature.invalid'),
      new Refusal('challenge.used'),
      new Refusal('phone.missing', { field: 'phone' }),
    ];
    const placed = atCertificateFields(Refusal.all(all));
    expect(placed.list.map(({ field }) => field)).toEqual(['certificate', 'signature', undefined, 'phone']);
    expect(atCertificateFields(new Refusal('form.array', { field: 'signature', status: 400 })).status).toBe(400);
  });

  it('knows where each authority’s assistant is found, in the page’s language', () => {
    const words = form({}, 'en').querySelector('[data-word="no-assistant"]');
    expect(words?.querySelector('a')?.getAttribute('href')).toBe('https://alpha.example/driver');
    expect(words?.text).toContain('Alpha (example)');
    expect(words?.text).toContain('Beta (example)');
  });
});
