import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { PRODUCTION, SECRETS, faultsOf, masterKey, productionWithout } from '../../test/support/production.js';
import { loadConfiguration } from './configuration.js';
import { loadEnv } from './env.js';
import { Environment } from './environment.js';
import { describedVariables } from './variable.js';

const folder = mkdtempSync(join(tmpdir(), 'tongxing-env-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const load = (more: NodeJS.ProcessEnv = {}) => loadEnv({ ...SECRETS, ...more });
describe('the environment', () => {
  it('has a default for everything a demonstration needs', () => {
    expect(load()).toMatchObject({
      port: 3000,
      issuer: 'http://localhost:3000',
      jurisdiction: 'hubei',
      realm: 'demo',
      limits: true,
      trustProxy: [],
      outboundAllow: ['127.0.0.0/8', '::1/128'],
    });
    expect(load({ PORT: '4000', JURISDICTION: 'hebei' })).toMatchObject({ issuer: 'http://localhost:4000' });
    expect(load({ JURISDICTION: 'hebei' }).dataDir).toMatch(/\.data\/hebei$/);
  });

  it.each(['redis://a', 'rediss://:pw@a:6380/1', 'redis://a:7000,redis://b:7000', 'redis-sentinel://:pw@a,b/main'])(
    'takes %s for a Redis: one, a Cluster, Sentinels',
    (REDIS_URL) => expect(load({ REDIS_URL }).redisUrl).toBe(REDIS_URL),
  );

  it('knows where a demonstration’s certificate assistant is; in production only those that are named', () => {
    expect(load({ PORT: '4000' }).assistants).toEqual([{ driver: 'tongxing', origin: 'http://127.0.0.1:4009' }]);
    const named = load({ ASSISTANTS: 'bjca=https://127.0.0.1:21061, tongxing=http://localhost:5000' }).assistants;
    expect(named.map(({ driver, origin }) => `${driver} ${origin}`)).toEqual([
      'bjca https://127.0.0.1:21061',
      'tongxing http://localhost:5000',
    ]);
  });

  it('takes an empty variable for one that is not there', () => {
    expect(load({ PORT: '', REDIS_URL: '', LIMITS: '' })).toMatchObject({ port: 3000, limits: true });
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '0'],
    ['PORT', '65527'],
    ['PORT', '3000.5'],
    ['OPS_PORT', '70000'],
    ['OPS_PORT', '3000'],
    ['ISSUER', 'sso.example.gov.cn'],
    ['ISSUER', 'localhost:3000'],
    ['ISSUER', 'ftp://localhost'],
    ['ISSUER', 'http://localhost:3000/tenant'],
    ['ISSUER', 'http://localhost:3000/?a=b'],
    ['ISSUER', 'http://me:pass@localhost:3000'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['REDIS_URL', 'localhost:6379'],
    ['MASTER_KEY', 'c2hvcnQ='],
    ['MASTER_KEY', `${masterKey(1)},c2hvcnQ=`],
    ['MASTER_KEY', ','],
    ['COOKIE_KEYS', 'short'],
    ['COOKIE_KEYS', `${'c'.repeat(32)},short`],
    ['COOKIE_KEYS', ' , '],
    ['JURISDICTION', '../secrets'],
    ['DEMO', 'yes'],
    ['ASSISTANTS', 'http://127.0.0.1:3009'],
    ['ASSISTANTS', 'tongxing=https://assistant.example'],
    ['ASSISTANTS', 'tongxing=http://127.0.0.1:99999'],
    ['ASSISTANTS', 'tongxing=http://127.0.0.1:3009/path'],
    ['TRUST_PROXY', '10.0.0.1'],
    ['TRUST_PROXY', '10.0.0.0/8,everything'],
    ['OUTBOUND_ALLOW', 'https://api.example.com/'],
    ['OUTBOUND_ALLOW', '10.0.0.0/99'],
    ['LIMITS', 'none'],
    ['LOG_LEVEL', 'loud'],
    ['ALIYUN_VERIFIER_URL', 'verifier'],
    ['ALIYUN_VERIFIER_KEY', 'no-secret'],
    ['ALIYUN_SMS_KEY', 'no-secret'],
    ['ALIYUN_SMS_TEMPLATES', 'registration'],
    ['ALIYUN_SMS_TEMPLATES', 'registration=SMS_1'],
    ['ALIYUN_SMS_URL', 'sms'],
    ['REGISTER_URL', 'register'],
    ['REGISTER_KEY', 'id:short'],
    ['ALIPAY_USER_ID', 'phone'],
    ['ALIPAY_FIELDS', 'name,avatar'],
    ['ALIPAY_AUTHORIZE_URL', 'alipay'],
    ['ALIPAY_GATEWAY_URL', 'alipay'],
  ])('refuses %s=%s by its name, and nothing else', (name, value) => {
    const faults = faultsOf(() => load({ [name]: value, DATA_DIR: folder }));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.filter((fault) => !fault.startsWith(`${name}: `))).toEqual([]);
  });

  it('tells every fault at once, of every kind', () => {
    const faults = faultsOf(() =>
      loadEnv({ NODE_ENV: 'production', PORT: 'x', ISSUER: 'http://sso.example', MASTER_KEY: 'short', LIMITS: 'off' }),
    );
    const names = new Set(faults.map((fault) => fault.split(':')[0]));
    expect([...names].toSorted()).toEqual(
      [
        'ALIYUN_SMS_KEY ALIYUN_SMS_SIGN ALIYUN_SMS_TEMPLATES ALIYUN_VERIFIER_KEY COOKIE_KEYS DATABASE_URL ISSUER',
        'LIMITS MASTER_KEY OPS_PORT PORT REDIS_URL REGISTER_KEY REGISTER_URL TRUST_PROXY',
      ]
        .join(' ')
        .split(' '),
    );
  });

  it('tells the faults of environment and jurisdiction together', () => {
    const faults = faultsOf(() => loadConfiguration(productionWithout('DATABASE_URL')));
    expect(faults).toContain('DATABASE_URL: required in production');
    expect(faults).toContain('jurisdictions/hubei.yaml: footer.icp: a demonstration value');
    expect(faultsOf(() => loadConfiguration({ ...SECRETS, JURISDICTION: 'atlantis' }))).toEqual([
      'there is no such file (JURISDICTION)',
    ]);
    expect(faultsOf(() => loadConfiguration({ ...SECRETS, PORT: 'x' })).join()).toContain('PORT: ');
  });

  it('repeats no secret in what it says', () => {
    const faults = faultsOf(() =>
      load({
        MASTER_KEY: 'secret-1',
        COOKIE_KEYS: 'secret-2',
        DATABASE_URL: 'secret-3',
        ALIYUN_VERIFIER_KEY: 'secret-4',
        REGISTER_KEY: 'secret-5',
      }),
    );
    expect(faults).toHaveLength(5);
    expect(faults.join()).not.toContain('secret-');
  });

  it('is frozen through and through', () => {
    const env = load(PRODUCTION);
    expect(() => Object.assign(env, { limits: false })).toThrow(TypeError);
    expect(() => Object.assign(env.aliyunVerifier ?? {}, { secret: 'x' })).toThrow(TypeError);
    expect(() => (env.cookieKeys as string[]).push('x')).toThrow(TypeError);
  });

  it('describes each of its variables, for the table in the README', () => {
    expect(describedVariables().map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(new Environment())),
    );
    expect(describedVariables().filter(({ description }) => description.length < 10)).toEqual([]);
  });
});

describe('a secret', () => {
  it.each([
    ['MASTER_KEY', masterKey(9)],
    ['COOKIE_KEYS', 'd'.repeat(40)],
    ['DATABASE_URL', 'postgresql://filed/db'],
    ['REDIS_URL', 'redis://filed'],
    ['ALIYUN_VERIFIER_KEY', 'filed:0123456789abcdef'],
    ['ALIYUN_SMS_KEY', 'filed:secret'],
  ])('is also read from the file named by %s_FILE', (name, value) => {
    const given = load({ ...PRODUCTION, [name]: value });
    const filed = load({ ...productionWithout(name), [name]: undefined, [`${name}_FILE`]: file(name, `${value}\n`) });
    expect(inspect(filed, { depth: 9 })).toBe(inspect(given, { depth: 9 }));
    expect(inspect(filed, { depth: 9 })).not.toBe(inspect(load(PRODUCTION), { depth: 9 }));
  });

  it('is missed when its file is not there or empty', () => {
    expect(faultsOf(() => load({ MASTER_KEY_FILE: join(folder, 'nowhere') })).join()).toContain(
      'MASTER_KEY_FILE: ENOENT',
    );
    expect(faultsOf(() => load({ COOKIE_KEYS_FILE: file('empty', '\n') }))).toEqual([
      'COOKIE_KEYS_FILE: the file is empty',
    ]);
  });

  it('may be several, newest first; a master key keeps its id', () => {
    const before = load({ MASTER_KEY: masterKey(1) }).masterKeys;
    const after = load({ MASTER_KEY: `${masterKey(2)}, ${masterKey(1)}` }).masterKeys;
    expect(after.map(({ id }) => id)).toEqual([expect.any(String), before[0]?.id]);
    expect(load({ COOKIE_KEYS: `${'n'.repeat(32)},${'o'.repeat(32)}` }).cookieKeys[0]).toBe('n'.repeat(32));
  });
});

describe('secrets of a demonstration', () => {
  const fresh = () => join(mkdtempSync(join(folder, 'data-')), 'hubei');

  it('are made once, kept, and readable by their owner alone', () => {
    const DATA_DIR = fresh();
    const first = loadEnv({ DATA_DIR });
    expect(loadEnv({ DATA_DIR })).toEqual(first);
    expect(loadEnv({ DATA_DIR: fresh() }).masterKeys[0]?.id).not.toBe(first.masterKeys[0]?.id);
    expect(statSync(join(DATA_DIR, 'development-secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('are one set when several processes start at once', async () => {
    const module = join(import.meta.dirname, 'made-once.ts');
    const script = `import(${JSON.stringify(module)}).then((m) => console.log(JSON.stringify(m.madeOnce(${JSON.stringify(fresh())}, 'secrets.json', { masterKey: crypto.randomUUID() }))))`;
    const start = async () => (await promisify(execFile)(process.execPath, ['-e', script])).stdout;
    const sets = await Promise.all(Array.from({ length: 4 }, start));
    expect(new Set(sets).size).toBe(1);
    expect(sets[0]).toContain('masterKey');
  });

  it('need a folder that can be written', () => {
    const faults = faultsOf(() => loadEnv({ DATA_DIR: join(file('no-folder', ''), 'data') }));
    expect(faults).toEqual([expect.stringMatching(/^DATA_DIR: /)]);
  });
});
