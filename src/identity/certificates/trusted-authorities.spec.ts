import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODE, TestCa, pem } from '../../../test/support/ca.js';
import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { trustedChain } from '../../shared/pki/path.js';
import { Database } from '../../storage/transactions.js';
import { AuthoritiesFault, TrustedAuthorities } from './trusted-authorities.service.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const root = TestCa.root('sm2', 'Operator root', NOW);
const middle = root.below('Operator middle');
const entry = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'operator',
  name: '运营方证书（示例）',
  nameEn: 'Operator CA (example)',
  certificates: [pem(root.der), pem(middle.der)],
  creditCode: [{ attribute: 'OU' }],
  revocation: { crl: [], whenUnknown: 'accept', graceHours: 24 },
  ...more,
});
const fileOf = (content: unknown): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'tongxing-authorities-')), 'authorities.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

describe('the authorities that are trusted (R-6.4)', () => {
  let service: RunningService;
  let authorities: TrustedAuthorities;
  beforeAll(async () => {
    service = await startService('hebei', { AUTHORITIES_FILE: fileOf([entry()]) });
    authorities = service.app.get(TrustedAuthorities);
  });
  afterAll(async () => service.close());

  it('AUTHORITIES_FILE is all of them: self-signed certificates are anchors, the others intermediates', () => {
    expect(authorities.all().map(({ id }) => id)).toEqual(['operator']);
    expect(authorities.store.anchors.map(({ thumbprint }) => thumbprint)).toEqual([root.certificate.thumbprint]);
    const chain = trustedChain(middle.issues({ code: CODE }).certificate, [], authorities.store, NOW);
    expect([chain.length, authorities.ownerOf(chain).id, authorities.ownerOf(chain).keys]).toEqual([
      3,
      'operator',
      'hardware',
    ]);
  });

  it('one is added and taken away while the service runs; what stays the same is not read again', async () => {
    const other = TestCa.root('rsa', 'Another root', NOW);
    await authorities.apply(authorities.check([entry({ id: 'other', certificates: [pem(other.der)] })]));
    expect([await authorities.refresh(), await authorities.refresh()]).toEqual([true, false]);
    expect(authorities.all().map(({ id }) => id)).toEqual(['operator', 'other']);
    await authorities.apply(authorities.check([entry()]));
    expect(await authorities.refresh()).toBe(false);
    const disable = async () => service.app.get(Database).transaction(async (tx) => authorities.disable(tx, 'other'));
    expect([await disable(), await disable()]).toEqual([true, false]);
    await authorities.refresh();
    expect(() => trustedChain(other.issues().certificate, [], authorities.store, NOW)).toThrow('certificate.untrusted');
  });

  it.each([
    ['no list', {}, 'a JSON array of authorities expected'],
    ['no mapping', [1], 'entry 0, a mapping expected'],
    ['twice', [entry(), entry()], 'entry 1, id: operator is there twice'],
    ['an unknown key', [entry({ trust: 'me' })], 'entry 0, trust: unknown key'],
    ['a name that is missing', [entry({ name: undefined })], 'entry 0, name: required'],
    ['no certificate', [entry({ certificates: [] })], 'entry 0, certificates: '],
    ['a broken one', [entry({ certificates: [pem(root.der), 'broken'] })], 'entry 0, certificates.1: '],
    [
      'an end entity',
      [entry({ certificates: [pem(root.issues().der)] })],
      'entry 0, certificates: one of them is no authority',
    ],
    ['no anchor', [entry({ certificates: [pem(middle.der)] })], 'entry 0, certificates: none is self-signed'],
    ['no place for the code', [entry({ creditCode: [] })], 'entry 0, creditCode: '],
    [
      'two places in one',
      [entry({ creditCode: [{ attribute: 'OU', extension: '1.2.3' }] })],
      'entry 0, creditCode.0: either',
    ],
    ['an attribute nobody knows', [entry({ creditCode: [{ attribute: 'XY' }] })], 'entry 0, creditCode.0.attribute: '],
    [
      'a pattern that is none',
      [entry({ creditCode: [{ attribute: 'OU', pattern: '(' }] })],
      'entry 0, creditCode.0.pattern: ',
    ],
    [
      'a file for a list',
      [entry({ revocation: { crl: ['file:///etc/passwd'], whenUnknown: 'refuse' } })],
      'entry 0, revocation.crl: ',
    ],
    ['no word for the unknown', [entry({ revocation: {} })], 'entry 0, revocation.whenUnknown: required'],
  ])('a file with %s is refused with index and field', (_what, content, expected) => {
    const faults = (() => {
      try {
        authorities.check(content);
        return [];
      } catch (fault) {
        return (fault as AuthoritiesFault).faults;
      }
    })();
    expect(faults.join('\n')).toContain(expected);
  });

  it('a file that cannot be used stops the boot', async () => {
    await expect(startService('hubei', { AUTHORITIES_FILE: fileOf('no JSON') })).rejects.toThrow('authorities file');
  });
});

describe('the fictional authorities of a demonstration', () => {
  it('are the ones the jurisdiction names, with their lists, and kept between starts', async () => {
    const service = await startService('hubei');
    try {
      const authorities = service.app.get(TrustedAuthorities);
      expect(authorities.all().map(({ id }) => id)).toEqual(['demo-beijing', 'demo-jit', 'demo-unicom']);
      const before = authorities.store.anchors.map(({ thumbprint }) => thumbprint);
      const list = await fetch(`${service.origin}/sandbox/authorities/jit/issuer.crl`);
      expect([list.status, list.headers.get('content-type')]).toEqual([200, 'application/pkix-crl']);
      expect((await fetch(`${service.origin}/sandbox/authorities/hebei/root.crl`)).status).toBe(404);
      const again = await startService('hubei');
      expect(again.app.get(TrustedAuthorities).store.anchors.map(({ thumbprint }) => thumbprint)).toEqual(before);
      await again.close();
    } finally {
      await service.close();
    }
  });
});
