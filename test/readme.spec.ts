import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { configurationTable } from '../src/config/readme-table.js';

const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('has the configuration table that the configuration class gives (npm run readme)', () => {
    expect(readme).toContain(configurationTable());
  });

  const tree = /## Where things are\n+```\n([^]*?)```/.exec(readme)?.[1] as string;
  const line = (start: string) => tree.split('\n').find((one) => one.startsWith(start)) as string;
  const sorted = (names: string[]) => names.toSorted((one, other) => one.localeCompare(other));
  const namesIn = (directory: string, folders: boolean) =>
    readdirSync(directory, { withFileTypes: true })
      .filter((one) => one.isDirectory() === folders)
      .map(({ name }) => name);
  /** What a line lists after its colon, up to a comma. */
  const listed = (folder: string) => /: ([a-z\- ]+)/.exec(line(`├── ${folder}/`))?.[1]?.split(' ') ?? [];

  it('has the tree of the disk: the top, src, and each deed', () => {
    const ignored = readFileSync('.gitignore', 'utf8').split('\n');
    const top = [...namesIn('.', true).map((name) => `${name}/`), ...namesIn('.', false)].filter(
      (name) => !ignored.includes(name) && !name.endsWith('.log'),
    );
    const [files] = tree.split('\n') as [string];
    const folders = [...tree.matchAll(/^([a-z]+\/)/gm)].map(([, name]) => name as string);
    const unlisted = /^\.|^README\.md$|^package-lock\.json$/;
    expect(sorted([...files.split(/\s+/), ...folders])).toEqual(sorted(top.filter((name) => !unlisted.test(name))));

    const inside = [...tree.matchAll(/^[├└]── ([a-z]+)\//gm)].map(([, name]) => name as string);
    expect(sorted(inside)).toEqual(sorted(namesIn('src', true)));
    expect(sorted(line('├── main.ts').replace('├── ', '').split(' '))).toEqual(sorted(namesIn('src', false)));
    for (const folder of ['flows', 'identity', 'gateways']) {
      expect(sorted(listed(folder))).toEqual(sorted(namesIn(`src/${folder}`, true)));
    }
    for (const name of readdirSync('docs').filter((one) => /^decisions$|\.md$/.test(one)))
      expect(line('docs/')).toContain(name);
  });

  it('stands beside decisions of thirty lines at most, each under a number of its own', () => {
    const decisions = readdirSync('docs/decisions');
    expect(new Set(decisions.map((name) => name.slice(0, 4))).size).toBe(decisions.length);
    expect(decisions.filter((name) => !/^\d{4}-[a-z0-9-]+\.md$/.test(name))).toEqual([]);
    const long = decisions.filter((name) => readFileSync(`docs/decisions/${name}`, 'utf8').split('\n').length > 31);
    expect(long).toEqual([]);
  });

  it('shows every picture there is, and names commands that exist', () => {
    for (const name of readdirSync('docs/images')) expect(readme).toContain(`](docs/images/${name})`);
    for (const [, picture] of readme.matchAll(/\]\((docs\/images\/[^)]+)\)/g))
      expect(existsSync(picture as string)).toBe(true);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const [, name] of readme.matchAll(/`npm run ([a-z]+)/g)) expect(scripts).toHaveProperty(name as string);
  });
});
