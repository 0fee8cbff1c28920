import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRODUCTION, SECRETS, SMS_TEMPLATES, faultsOf, productionWithout } from '../../test/support/production.js';
import { loadEnv } from './env.js';
import { describedVariables } from './variable.js';

describe('the realm', () => {
  it.each<[NodeJS.ProcessEnv, string]>([
    [{}, 'demo'],
    [{ ISSUER: 'http://127.0.0.1:3000' }, 'demo'],
    [{ ISSUER: 'http://[::1]:3000' }, 'demo'],
    [{ NODE_ENV: 'development' }, 'demo'],
    [{ ISSUER: 'https://demo.example.cn', DEMO: '1' }, 'demo'],
    [PRODUCTION, 'production'],
    [{ ...PRODUCTION, NODE_ENV: undefined }, 'production'],
    [{ ...PRODUCTION, ISSUER: 'https://localhost' }, 'production'],
  ])('of %j is %s', (more, realm) => expect(loadEnv({ ...SECRETS, ...more }).realm).toBe(realm));

  it('of an address that is not ours to see is production, where nothing is made', () => {
    const DATA_DIR = join(tmpdir(), `tongxing-untouched-${process.pid}`);
    expect(faultsOf(() => loadEnv({ DATA_DIR, ISSUER: 'https://sso.example.gov.cn' }))).toEqual(
      expect.arrayContaining(['MASTER_KEY: required in production', 'COOKIE_KEYS: required in production']),
    );
    expect(existsSync(DATA_DIR)).toBe(false);
  });
});

describe('production', () => {
  it('starts with everything it asks for, and lets nothing but public addresses be called', () => {
    expect(loadEnv(PRODUCTION)).toMatchObject({ realm: 'production', outboundAllow: [], trustProxy: ['10.0.0.0/8'] });
  });

  it.each(describedVariables().filter(({ required }) => required))('does not start without $name', ({ name }) => {
    const faults = faultsOf(() => loadEnv(productionWithout(name)));
    expect(faults).toEqual([`${name}: required in production`]);
  });

  it.each([
    ['ISSUER', 'http://sso.example.gov.cn', 'https expected'],
    ['ALIYUN_VERIFIER_URL', 'http://cloudauth.example.gov.cn', 'https expected'],
    ['ALIYUN_SMS_URL', 'http://sms.example.gov.cn', 'https expected'],
    ['REGISTER_URL', 'http://register.example.gov.cn', 'https expected'],
    ['ALIPAY_AUTHORIZE_URL', 'http://openauth.example.gov.cn', 'https expected'],
    ['ALIPAY_GATEWAY_URL', 'http://openapi.example.gov.cn', 'https expected'],
    ['ALIYUN_SMS_TEMPLATES', SMS_TEMPLATES.replace(/level=\w+,/, ''), 'no template for level'],
    ['LIMITS', 'off', 'demonstrations only'],
    ['STUB_RESIDENTS_FILE', 'people.json', 'demonstrations only'],
    ['STUB_ENTERPRISES_FILE', 'enterprises.json', 'demonstrations only'],
    ['STUB_ALIPAY_FILE', 'alipay.json', 'demonstrations only'],
  ])('does not start with %s=%s', (name, value, said) => {
    const faults = faultsOf(() => loadEnv({ ...PRODUCTION, [name]: value }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name}: .*${said}`));
  });

  it('asks for every secret there is; an app at Alipay is there whole or not at all', () => {
    const free = describedVariables().filter(({ secret, required }) => secret && !required);
    expect(free.map(({ name }) => name)).toEqual(['ALIPAY_APP_KEY']);
  });
});
