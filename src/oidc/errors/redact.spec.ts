import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { redacted, shownAddress, shownWords } from './redact.js';

const PARAMETERS = ['redirect_uri', 'scope', 'aud', 'kid', 'max_age', 'alg', 'exp', 'prompt', 'Origin', 'client_id'];
const SIX_DIGITS = /\d{6}/;
const PRINTABLE = /^[\x20-\x7e…]*$/;

/** What people put where it does not belong. */
const personal = fc.oneof(
  fc.stringMatching(/^1[3-9]\d{9}$/),
  fc.stringMatching(/^\d{17}[\dX]$/),
  fc.stringMatching(/^[\u4e00-\u9fff]{2,4}$/),
  fc.stringMatching(/^1[3-9]\d-\d{4}-\d{4}$/),
  fc.emailAddress(),
);
const secret = fc
  .noBias(fc.uint8Array({ minLength: 16, maxLength: 48 }))
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
/** Such a value alone, or somewhere in an address or between words. */
const hiding = (value: fc.Arbitrary<string>) =>
  fc
    .tuple(
      value,
      fc.constantFrom('', 'https://portal.example/', 'https://portal.example/cb?u=', 'openid ', 'https://a.example/#'),
      fc.constantFrom('', '/more', ' profile', '&x=y'),
    )
    .map(([inner, before, after]) => ({ inner, value: `${before}${inner}${after}` }));

describe('what is kept of a failed request', () => {
  it('has no run of six digits, no control character and no letter of another script, whatever came', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withQueryParameters: true }),
      hiding(personal),
    );
    fc.assert(
      fc.property(fc.constantFrom(...PARAMETERS), anything, (parameter, came) => {
        const { text = '' } = redacted(parameter, typeof came === 'string' ? came : came.value, {});
        expect(text).not.toMatch(SIX_DIGITS);
        expect(text).toMatch(PRINTABLE);
        expect(text.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 2000 },
    );
  });

  it('holds no number, name or address of a person, and no secret, wherever it stood', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PARAMETERS), hiding(fc.oneof(personal, secret)), (parameter, { inner, value }) => {
        expect(redacted(parameter, value, {}).text ?? '').not.toContain(inner);
        expect(redacted(parameter, value, { state: inner }).text ?? '').not.toContain(inner);
      }),
      // Which of two random strings looks like a word is chance: the same ones each time.
      { numRuns: 2000, seed: 20261125 },
    );
  });

  it.each([
    'client_secret',
    'code',
    'code_verifier',
    'refresh_token',
    'access_token',
    'token',
    'state',
    'nonce',
    'login_hint',
    'id_token_hint',
    'client_id',
    'Authorization',
  ])('keeps of %s the length alone', (parameter) => {
    expect(redacted(parameter, 'openid', {})).toEqual({ length: 6 });
  });

  it('keeps nothing that the request’s own secrets are part of', () => {
    const secretOfIt = randomBytes(4).toString('hex').replace(/\d/g, 'x');
    expect(redacted('scope', `openid ${secretOfIt}`, { client_secret: secretOfIt })).toEqual({ length: 15 });
    expect(redacted('redirect_uri', 'https://a.example/Zhang', { login_hint: 'zhang' })).toEqual({ length: 23 });
  });

  it('tells what came from what did not', () => {
    expect(redacted('scope', undefined, {})).toEqual({});
    expect(redacted('scope', '', {})).toEqual({});
    expect(redacted('scope', ['a', 'b'], {})).toEqual({ length: 3 });
    expect(redacted('scope', 'openid profil', {})).toEqual({ text: 'openid profil' });
  });

  it.each([
    ['https://portal.example/callback.php', 'https://portal.example/callback.php'],
    ['http://localhost:8080/login/oauth2/code/tongxing', 'http://localhost:8080/login/oauth2/code/tongxing'],
    ['http://192.168.10.20:8080/cb/', 'http://192.168.10.20:8080/cb/'],
    ['https://portal.example/cb?ticket=secret#part', 'https://portal.example/cb?…#…'],
    ['https://me:secret@portal.example/cb', 'https://…@portal.example/cb'],
    ['https://portal.example/u/13800138000/cb', 'https://portal.example/u/…/cb'],
    ['https://13800138000.example/cb', 'https://….example/cb'],
    ['https://portal.example/s/k3j2h4k5j6h7', 'https://portal.example/s/…'],
    ['https://portal.example/张三/cb', 'https://portal.example/…/cb'],
    ['https://portal.example/%31%33%38%30%30%31', 'https://portal.example/…'],
    ['cn.example.app:/callback', 'cn.example.app:///callback'],
    ['no address', undefined],
  ])('shows the address %s as %s', (came, shown) => {
    expect(shownAddress(came)).toBe(shown);
  });

  it.each([
    ['openid real-name', 'openid real-name'],
    ['code id_token', 'code id_token'],
    ['urn:tongxing:level:1', 'urn:tongxing:level:1'],
    ['S256', 'S256'],
    ['EdDSA', 'EdDSA'],
    ['openid 13800138000 张三 a"b', 'openid … … …'],
  ])('shows the words %s as %s', (came, shown) => {
    expect(shownWords(came)).toBe(shown);
  });
});
