import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALGORITHMS, CODE, OTHER_CODE, TestCa, keyOf, pem } from '../../../test/support/ca.js';
import type { Issued } from '../../../test/support/ca.js';
import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { Refusal } from '../../shared/refusal.js';
import { CertificateChallenges } from './certificate-challenges.service.js';
import { CertificateJudge } from './certificate-judge.service.js';

const roots = new Map(ALGORITHMS.map((algorithm) => [algorithm, TestCa.root(algorithm, 'Operator root')]));
const PLACE = { purpose: 'login', binding: 'a-journey' } as const;

describe('what a signed challenge proves (R-6.1, R-6.3, R-6.5)', () => {
  let service: RunningService;
  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tongxing-authorities-')), 'authorities.json');
    const entries = [...roots].map(([algorithm, root]) => ({
      id: algorithm,
      name: `${algorithm}（示例）`,
      nameEn: algorithm,
      certificates: [pem(root.der)],
      creditCode: [{ attribute: 'OU' }],
      revocation: { crl: [], ocsp: [], whenUnknown: 'accept' },
      keys: algorithm === 'sm2' ? 'hardware' : 'software',
    }));
    writeFileSync(file, JSON.stringify(entries));
    service = await startService('hebei', { AUTHORITIES_FILE: file });
  });
  afterAll(async () => service.close());

  const issue = async (place: { purpose: 'login' | 'bind'; binding: string } = PLACE, entity?: string) =>
    service.app.get(CertificateChallenges).issue(place, entity);
  const textOf = (challenge: string) => Buffer.from(challenge, 'base64').toString();
  const signed = (challenge: string, by: Issued) => ({
    challenge,
    certificate: pem(by.der),
    signature: by.key.sign(Buffer.from(challenge, 'base64')).toString('base64'),
  });
  const outcome = async (
    form: { challenge: string; certificate: string; signature: string },
    place: typeof PLACE | { purpose: 'bind'; binding: string } = PLACE,
  ) =>
    service.app
      .get(CertificateJudge)
      .prove(place, form)
      .then(
        ({ creditCode, amr, authority }) => `${creditCode.reveal()} ${amr} ${authority.id}`,
        (refusal: unknown) => {
          if (refusal instanceof Refusal) return refusal.code;
          throw refusal;
        },
      );

  it('a challenge is text that a person can read, with purpose, issuer and entity in it', async () => {
    const text = textOf(await issue(PLACE, '武汉示例科技有限公司'));
    expect(text.split('\n')[0]).toBe('TONGXING CERTIFICATE CHALLENGE 1');
    for (const part of [
      '统一用户帐号',
      `issuer: ${service.origin}`,
      'purpose: 证书登录 login',
      'entity: 武汉示例科技有限公司',
    ]) {
      expect(text).toContain(part);
    }
    expect(/nonce: [0-9a-f]{32}\n/.test(text)).toBe(true);
  });

  it.each(ALGORITHMS)('%s: who holds the key is who the certificate says, once', async (algorithm) => {
    const issued = (roots.get(algorithm) as TestCa).issues();
    const form = signed(await issue(), issued);
    const amr = algorithm === 'sm2' ? 'hwk' : 'swk';
    expect(await outcome(form)).toBe(`${CODE} ${amr} ${algorithm}`);
    expect(await outcome(form)).toBe('challenge.used');
    const again = signed(await issue(), issued);
    const all = await Promise.all(Array.from({ length: 20 }, async () => outcome(again)));
    expect(all.filter((one) => one !== 'challenge.used')).toEqual([`${CODE} ${amr} ${algorithm}`]);
  });

  it('a challenge of another browser or another purpose is not this one’s, and is not spent by it', async () => {
    const issued = (roots.get('p256') as TestCa).issues();
    const form = signed(await issue(), issued);
    const other = signed(await issue({ purpose: 'login', binding: 'another-journey' }), issued);
    expect(await outcome(other)).toBe('challenge.not-yours');
    expect(await outcome(form, { purpose: 'bind', binding: PLACE.binding })).toBe('challenge.not-yours');
    expect(await outcome(form)).toContain(CODE);
  });

  it('an expired one, an altered one, one of their own: refused, and a wrong answer spends it', async () => {
    const issued = (roots.get('p256') as TestCa).issues();
    const late = signed(await issue(), issued);
    service.clock.advance(3 * 60);
    expect(await outcome(late)).toBe('challenge.expired');
    expect(await outcome(late)).toBe('challenge.used');

    const challenge = await issue();
    const altered = Buffer.from(textOf(challenge).replace('login', 'bind')).toString('base64');
    expect(await outcome(signed(altered, issued))).toBe('signature.invalid');
    expect(await outcome(signed(challenge, issued))).toBe('challenge.used');
    expect(await outcome(signed(Buffer.from('my own text').toString('base64'), issued))).toBe('challenge.not-yours');
    expect(await outcome({ ...signed(await issue(), issued), challenge: '' })).toBe('challenge.missing');
  });

  it('another key, no code, another authority, a certificate that has ended: each its own reason', async () => {
    const root = roots.get('rsa') as TestCa;
    const issued = root.issues();
    const by = async (one: Issued) => outcome(signed(await issue(), one));
    expect(await by({ ...issued, key: keyOf('rsa', 'other') })).toBe('signature.invalid');
    expect(await by(root.issues({ code: OTHER_CODE }))).toBe(`${OTHER_CODE} swk rsa`);
    expect(await by(root.issues({ code: '没有代码' }))).toBe('certificate.code-missing');
    expect(await by(root.issues({ expired: true }))).toBe('certificate.expired');
    expect(await by(TestCa.root('rsa', 'Stranger').issues())).toBe('certificate.untrusted');
    expect(await outcome({ challenge: await issue(), certificate: 'x', signature: 'AAAA' })).toBe(
      'certificate.malformed',
    );
  });
});
