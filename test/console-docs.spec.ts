import { readFileSync } from 'node:fs';
import { FORM_MEMBERS, parted } from '../src/oidc/sites/site-members.js';

const HOME = 'https://portal.example';
const BEFORE = { redirect_uris: [`${HOME}/callback`] };

/** When a developer's change of a member counts, by where it points. */
function counts(member: string): string {
  const waits = (value: unknown) => Object.keys(parted({ [member]: { to: value } }, BEFORE).later).length > 0;
  const [near, far] = [waits([`${HOME}/other`]), waits(['https://elsewhere.example/'])];
  if (near !== far) return 'at once at an origin of the registered `redirect_uris`; else it waits';
  return far ? 'waits' : 'at once';
}

/** The rows of a guide's table whose first cell holds members. */
const tableOf = (guide: string): string[][] =>
  [...readFileSync(guide, 'utf8').matchAll(/^\| (`[a-z_#]+`(?:, `[a-z_#]+`)*) \| (.*) \|$/gm)].flatMap(
    ([, members, when]) =>
      [...(members as string).matchAll(/`([^`]+)`/g)].map(([, one]) => [one as string, when as string]),
  );

describe('docs/console.md', () => {
  it('says of each member of the form when a developer’s change of it counts', () => {
    const rows = tableOf('docs/console.md').filter(([, when]) => /at once|waits/.test(when ?? ''));
    expect(rows.toSorted()).toEqual(FORM_MEMBERS.map((member) => [member, counts(member)]).toSorted());
  });

  it.each(['docs/connect-a-site.md', 'docs/connect-a-site.zh.md'])('and %s names them as well', (guide) => {
    const [, always = '', elsewhere = ''] =
      /^- \*\*(?:What waits for|要等运营).*?[:：](.*?)[;；](.*?)[.。]/ms.exec(readFileSync(guide, 'utf8')) ?? [];
    const named = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, one]) => one).toSorted();
    const those = (when: RegExp) =>
      FORM_MEMBERS.filter((member) => when.test(counts(member)) && !member.includes('#')).toSorted();
    expect(named(always)).toEqual(those(/^waits$/));
    expect(named(elsewhere)).toEqual(those(/else it waits$/));
  });

  it('and docs/sites.md names those that wait, whatever they are', () => {
    const always = FORM_MEMBERS.filter((member) => counts(member) === 'waits' && !member.includes('#'));
    const [list = ''] = /^- \*\*Always\*\*: .*/m.exec(readFileSync('docs/sites.md', 'utf8')) ?? [];
    expect([...list.matchAll(/`([^`]+)`/g)].map(([, one]) => one).toSorted()).toEqual(always.toSorted());
  });
});
