import {
  APP,
  CALLBACK,
  TOKEN,
  USER,
  accountOf,
  answers,
  clientOf,
  faultOf,
  outbound,
  token,
  wang,
} from '../../../test/support/alipay-client.js';
import { AlipayAtHome, KEYS, envelope, signed } from '../../../test/support/alipay.js';
import type { AlipayQuestion } from '../../../test/support/alipay.js';
import { TestCa, pem, softKeyOf } from '../../../test/support/ca.js';
import type { AlipayAccount, AlipayApp } from '../../config/alipay-account.js';
import { GatewayDown } from '../outside-party.js';
import { AlipayClient } from './alipay.client.js';

describe('what Alipay answers (DOMAIN 4)', () => {
  let home: AlipayAtHome;
  beforeEach(async () => {
    home = await AlipayAtHome.start();
    home.answer = answers({});
  });
  afterEach(async () => home.close());

  const client = (app?: Partial<AlipayApp>, more?: Partial<AlipayAccount>) => clientOf(home, app, more);

  const good = envelope(USER, wang);
  const forged = JSON.stringify({ ...wang, cert_no: '420106198506121028', user_name: '李四' });
  it.each<[string, string]>([
    ['unsigned', `{"${USER}":${JSON.stringify(wang)}}`],
    ['with an empty signature', `{"${USER}":${JSON.stringify(wang)},"sign":""}`],
    ['signed by another key', envelope(USER, wang, { key: KEYS.stranger.privateKey })],
    ['signed over other text', good.replace('王小明', '李四')],
    ['with a second object under the same name behind it', good.replace(/\}$/, `,"${USER}":${forged}}`)],
    ['with a second object before it', `{"${USER}":${forged},${good.slice(1)}`],
    [
      'with a second object and its own signature',
      `${good.slice(0, -1)},"${USER}":${forged},"sign":"${signed(forged, KEYS.stranger.privateKey)}"}`,
    ],
    ['signed twice', good.replace(/\}$/, `,"sign":"${signed(forged)}"}`)],
    ['about another question', envelope(TOKEN, token)],
    ['by a certificate where none is known', envelope(USER, wang, { certificate: 'a'.repeat(32) })],
    ['with something behind it', `${good}{}`],
    ['no object', 'null'],
    ['no JSON', '<html>502</html>'],
    ['empty', ''],
  ])('an answer %s is not trusted', async (_what, user) => {
    home.answer = answers({ user });
    expect(await faultOf(client().whose('c'))).toBe('untrusted');
  });

  it('an answer in other bytes than UTF-8 is not trusted, one signed before its slashes were escaped is', async () => {
    home.answer = ({ all }) =>
      all['method'] === 'alipay.user.info.share' ? Buffer.from(good, 'utf16le') : envelope(TOKEN, token);
    expect(await faultOf(client().whose('c'))).toBe('untrusted');
    const plain = JSON.stringify({ ...wang, avatar: 'https://a/b' });
    const escaped = plain.replaceAll('/', '\\/');
    home.answer = answers({ user: `{"${USER}":${escaped},"sign":"${signed(plain)}"}` });
    expect((await client().whose('c')).certified).toBe(true);
  });

  it('answers about two people are not trusted', async () => {
    home.answer = answers({ user: envelope(USER, { ...wang, open_id: '062Q' }) });
    expect(await faultOf(client().whose('c'))).toBe('untrusted');
  });

  it.each([
    ['isv.code-invalid', 'code-used'],
    ['isv.invalid-timestamp', 'clock'],
    ['isv.invalid-signature', GatewayDown],
  ])('understands %s', async (sub_code, fault) => {
    home.answer = answers({ token: envelope('error_response', { code: '40002', msg: 'Invalid Arguments', sub_code }) });
    expect(await faultOf(client().whose('c'))).toBe(fault);
  });

  it('asks once more where Alipay could not, and never a second time for anything else', async () => {
    let refused = 0;
    home.answer = (question) =>
      (refused += 1) === 1 ? envelope('error_response', { code: '20000', msg: 'down' }) : answers({})(question);
    expect((await client().whose('c')).certified).toBe(true);
    expect(home.asked).toHaveLength(3);
    home.answer = answers({ token: envelope('error_response', { code: '20000', msg: 'down' }) });
    expect(await faultOf(client().whose('c'))).toBe(GatewayDown);
    expect(home.asked).toHaveLength(5);
  });

  it('down: an error of the server, a line that is cut; after five of them nobody waits', async () => {
    const one = client();
    home.status = 502;
    expect(await faultOf(one.whose('c'))).toBe(GatewayDown);
    home.answer = () => undefined;
    for (let asked = 0; asked < 4; asked += 1) expect(await faultOf(one.whose('c'))).toBe(GatewayDown);
    const arrived = home.asked.length;
    expect(await faultOf(one.whose('c'))).toBe(GatewayDown);
    expect(home.asked).toHaveLength(arrived);
  });

  it('one time limit holds for both questions together', async () => {
    const late = new AlipayClient(async () => accountOf(home), APP, outbound, CALLBACK, 300);
    await late.ready();
    home.answer = async ({ all }) => {
      await new Promise((done) => {
        setTimeout(done, all['method'] === 'alipay.system.oauth.token' ? 200 : 5000).unref();
      });
      return envelope(TOKEN, token);
    };
    const begun = performance.now();
    expect(await faultOf(late.whose('c'))).toBe(GatewayDown);
    expect(performance.now() - begun).toBeLessThan(480);
    expect(home.asked).toHaveLength(2);
  });

  it('codes that are used up do not make it down', async () => {
    const one = client();
    home.answer = answers({ token: envelope('error_response', { code: '40002', sub_code: 'isv.code-invalid' }) });
    for (let asked = 0; asked < 7; asked += 1) expect(await faultOf(one.whose('c'))).toBe('code-used');
    expect(home.asked).toHaveLength(7);
  });

  describe('in certificate mode', () => {
    const rsa = (key: string) => softKeyOf('rsa', key);
    const root = TestCa.root('rsa', 'Test Alipay root');
    const ofApp = root.issues({ key: rsa(KEYS.app.privateKey) });
    const ofAlipay = root.issues({ key: rsa(KEYS.alipay.privateKey) });
    const sm2Root = TestCa.root('sm2', 'Test Alipay SM2 root');
    const certificates = { app: pem(ofApp.der), alipay: pem(ofAlipay.der), root: pem(root.der) + pem(sm2Root.der) };

    it('names both certificates in the question and takes no answer but by the known one', async () => {
      const one = client({}, { publicKey: undefined, certificates });
      const { sdk } = await one.ready();
      const certificate = sdk.config.alipayCertSn;
      home.answer = ({ all }) =>
        all['method'] === 'alipay.system.oauth.token'
          ? envelope(TOKEN, token, { certificate })
          : envelope(USER, wang, { certificate });
      expect((await one.whose('c')).name?.reveal()).toBe('王小明');
      const [{ address, signatureFits }] = home.asked as [AlipayQuestion];
      expect(address).toMatchObject({
        app_cert_sn: sdk.config.appCertSn,
        alipay_root_cert_sn: sdk.config.alipayRootCertSn,
      });
      expect([signatureFits, address['app_cert_sn']]).toEqual([true, expect.stringMatching(/^[0-9a-f]{32}$/)]);
      home.answer = answers({ token: envelope(TOKEN, token, { certificate: 'f'.repeat(32) }) });
      expect(await faultOf(one.whose('c'))).toBe('untrusted');
      home.answer = answers({});
      expect(await faultOf(one.whose('c'))).toBe('untrusted');
    });
  });

  it('with a key that cannot sign does not get ready', async () => {
    await expect(client({}, { appKey: 'nonsense' }).ready()).rejects.toThrow();
  });
});
