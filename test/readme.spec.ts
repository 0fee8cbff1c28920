import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { configurationTable } from '../src/config/readme-table.js';

const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('has the configuration table that the configuration class gives (npm run readme)', () => {
    expect(readme).toContain(configurationTable());
  });

  it('names every folder of src and each deed', () => {
    for (const folder of readdirSync('src', { withFileTypes: true })) {
      if (folder.isDirectory()) expect(readme).toContain(`── ${folder.name}/`);
    }
    for (const deed of readdirSync('src/flows')) expect(readme).toContain(deed);
  });

  it('shows pictures and names commands that exist', () => {
    for (const [, picture] of readme.matchAll(/\]\((docs\/images\/[^)]+)\)/g))
      expect(existsSync(picture as string)).toBe(true);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const [, name] of readme.matchAll(/`npm run ([a-z]+)/g)) expect(scripts).toHaveProperty(name as string);
  });
});
