import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readEnvironment } from '../src/config/environment-reading.js';
import { describedVariables } from '../src/config/variable.js';
import { portalEnv } from '../src/portal/portal.env.js';
import { masterKey } from './support/production.js';

interface Container {
  image?: string;
  build?: string;
  command?: string[];
  environment: Record<string, string>;
  healthcheck?: object;
  secrets?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  volumes?: string[];
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Container>;
  secrets: Record<string, { file: string }>;
  volumes: object;
};
const dockerfile = readFileSync('Dockerfile', 'utf8');
const ours = Object.entries(compose.services).filter(([, { build }]) => build);

describe('docker-compose.yml', () => {
  it('runs the database, Redis that forgets nothing, a migration, the service and two sites', () => {
    expect(Object.keys(compose.services)).toEqual(['postgres', 'redis', 'migrate', 'service', 'provincial', 'wuhan']);
    expect(compose.services['redis']?.command?.join(' ')).toContain('--maxmemory-policy noeviction');
    for (const name of ['postgres', 'redis']) expect(compose.services[name]).toHaveProperty('healthcheck');
  });

  it.each(ours)('%s runs on a read-only file system, without capabilities', (_name, container) => {
    expect(container).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  it('gives the service an environment it starts with, secrets by file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongxing-secrets-'));
    const secrets = {
      database_url: 'postgresql://tongxing:a-password@postgres:5432/tongxing',
      master_key: masterKey(1),
      cookie_keys: 'c'.repeat(64),
    };
    for (const [name, text] of Object.entries(secrets)) writeFileSync(join(folder, name), text);
    for (const name of ['migrate', 'service']) {
      const { environment, secrets: given } = compose.services[name] as Container;
      expect(given?.toSorted()).toEqual(Object.keys(secrets).toSorted());
      const known = describedVariables().flatMap((one) => [one.name, ...(one.secret ? [`${one.name}_FILE`] : [])]);
      expect(Object.keys(environment).filter((variable) => !known.includes(variable))).toEqual([]);
      const placed = Object.entries(environment).map(([key, value]) => [key, value.replace('/run/secrets', folder)]);
      const source = { NODE_ENV: 'production', ...Object.fromEntries(placed) } as NodeJS.ProcessEnv;
      expect(readEnvironment(source)).toMatchObject({ realm: 'demo', faults: [] });
    }
    rmSync(folder, { recursive: true });
  });

  it('gives each site the environment of one of the two', () => {
    const sites = ['provincial', 'wuhan'].map((name) => portalEnv(compose.services[name]?.environment ?? {}));
    expect(sites.map(({ port, clientId, issuer }) => [port, clientId, issuer])).toEqual([
      [3001, 'demo-hubei', 'http://localhost:3000'],
      [3002, 'demo-wuhan', 'http://localhost:3000'],
    ]);
  });

  it('names no secret that the README does not tell how to make', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      expect(file).toBe(`./secrets/${name}`);
      expect(readme).toContain(`> ${name}\n`);
    }
  });
});

describe('the Dockerfile', () => {
  const last = dockerfile.split(/^FROM /m).at(-1) as string;

  it('builds in stages, ships no compiler, and runs as nobody of importance', () => {
    expect(dockerfile.match(/^FROM /gm)?.length).toBe(3);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).not.toMatch(/npm (ci|install)/);
  });

  it('runs on the Node that the npm package brings elsewhere', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: { node: string } };
    const major = dependencies.node.split('.')[0];
    for (const [, version] of dockerfile.matchAll(/^FROM node:(\d+)/gm)) expect(version).toBe(major);
  });
});
