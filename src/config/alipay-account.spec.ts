import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestCa, pem, softKeyOf } from '../../test/support/ca.js';
import { PRODUCTION, SECRETS, faultsOf } from '../../test/support/production.js';
import { alipayOffer } from './alipay-account.js';
import { loadEnv } from './env.js';

const folder = mkdtempSync(join(tmpdir(), 'tongxing-alipay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const load = (more: NodeJS.ProcessEnv = {}) => loadEnv({ ...SECRETS, ...more });

describe('the app at Alipay', () => {
  const rsa = (bits: number) =>
    generateKeyPairSync('rsa', {
      modulusLength: bits,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
  const pair = rsa(2048);
  const bare = (pem: string) => pem.replace(/-----.*?-----|\s/g, '');
  const own = { ALIPAY_APP_ID: '2021000000000001', ALIPAY_APP_KEY: pair.privateKey, ALIPAY_PUBLIC_KEY: pair.publicKey };

  it('is there whole or not at all', () => {
    expect(load().alipay).toBeUndefined();
    expect(load(own).alipay).toMatchObject({ appId: '2021000000000001', appKey: pair.privateKey });
    for (const name of Object.keys(own)) {
      const faults = faultsOf(() => load({ ...own, [name]: undefined }));
      expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: .*expected`))]);
    }
  });

  it('takes keys as Alipay’s tools write them, and none that is no RSA key of 2048 bits', () => {
    const raw = { ...own, ALIPAY_APP_KEY: bare(pair.privateKey), ALIPAY_PUBLIC_KEY: bare(pair.publicKey) };
    expect(load(raw).alipay).toEqual(load(own).alipay);
    const pkcs1 = createPrivateKey(pair.privateKey).export({ type: 'pkcs1', format: 'der' }).toString('base64');
    expect(load({ ...own, ALIPAY_APP_KEY: pkcs1 }).alipay).toEqual(load(own).alipay);
    const weak = rsa(1024);
    const faults = faultsOf(() => load({ ...own, ALIPAY_APP_KEY: weak.privateKey, ALIPAY_PUBLIC_KEY: 'nonsense' }));
    expect(faults).toEqual(['ALIPAY_APP_KEY: it cannot be read', 'ALIPAY_PUBLIC_KEY: it cannot be read']);
  });

  it('is set up by a key or by three certificates, the app’s of its own key', () => {
    const root = TestCa.root('rsa', 'Test Alipay root');
    const certificate = (name: string, key: string) => file(name, pem(root.issues({ key: softKeyOf('rsa', key) }).der));
    const { ALIPAY_PUBLIC_KEY: _key, ...app } = own;
    const files = {
      ALIPAY_APP_CERT_FILE: certificate('app.crt', pair.privateKey),
      ALIPAY_CERT_FILE: certificate('alipay.crt', rsa(2048).privateKey),
      ALIPAY_ROOT_CERT_FILE: file('root.crt', pem(root.der)),
    };
    expect(load({ ...app, ...files }).alipay?.certificates?.root).toBe(pem(root.der));
    const faultsWith = (more: NodeJS.ProcessEnv) => faultsOf(() => load({ ...app, ...files, ...more }));
    expect(faultsWith(own)).toEqual([expect.stringContaining('not both')]);
    expect(faultsWith({ ALIPAY_CERT_FILE: undefined })).toEqual([expect.stringMatching(/^ALIPAY_CERT_FILE: /)]);
    expect(faultsWith({ ALIPAY_CERT_FILE: join(folder, 'nowhere') })).toEqual(['ALIPAY_CERT_FILE: no such file']);
    expect(faultsWith({ ALIPAY_APP_CERT_FILE: files.ALIPAY_CERT_FILE })).toEqual([
      'ALIPAY_APP_CERT_FILE: it is of another key than ALIPAY_APP_KEY',
    ]);
  });

  it('is offered where there is one: in production only when it is given, in a demonstration the sandbox’s', () => {
    expect(alipayOffer(load(PRODUCTION))).toEqual({ logsIn: false, verifies: false });
    expect(alipayOffer(load({ ...PRODUCTION, ...own }))).toEqual({ logsIn: true, verifies: true });
    expect(alipayOffer(load({ ...PRODUCTION, ...own, ALIPAY_FIELDS: 'certified,name' }))).toEqual({
      logsIn: true,
      verifies: false,
    });
    expect(alipayOffer(load())).toEqual({ logsIn: true, verifies: true });
  });

  it('says what it may see', () => {
    expect(load().alipayApp).toEqual({ userId: 'open_id', fields: ['certified', 'name', 'id-number', 'phone'] });
    expect(load({ ALIPAY_FIELDS: 'none', ALIPAY_USER_ID: 'user_id' }).alipayApp).toEqual({
      userId: 'user_id',
      fields: [],
    });
  });
});
