import type { ComponentChildren } from 'preact';
import { levelOf } from '../../oidc/levels.js';
import { CLAIMS_OF } from '../../oidc/scopes.js';
import type { ChangedFields, FieldChange, Metadata } from '../../oidc/sites/site-differences.js';
import type { PageContext } from '../../web/page-context.js';
import { Written } from './written.js';

const COMMA = { 'zh-CN': '、', en: ', ' };
/** Members that people are sent to: a new host is pointed out. */
const VISITED = new Set(['redirect_uris', 'post_logout_redirect_uris', 'client_uri', 'initiate_login_uri']);

export const memberName = ({ t }: PageContext, member: string): string => t.consoleChanges.members[member] ?? member;

export const memberNames = (page: PageContext, members: readonly string[]): string =>
  members.map((member) => memberName(page, member)).join(COMMA[page.language]);

/** Names of the claims of a scope, in words where there are some. */
function claimsOf({ t, language }: PageContext, scope: string): string {
  const claims: readonly string[] = (CLAIMS_OF as Record<string, readonly string[]>)[scope] ?? [];
  const words = claims.map((claim) => (t.userCentre.claims as Record<string, string>)[claim]);
  return words.filter((word) => word !== undefined).join(COMMA[language]);
}

type Worded = (page: PageContext, value: unknown) => string[];

const scopeWords: Worded = ({ t }, value) =>
  String(value)
    .split(' ')
    .map((scope) => (t.console.scopes[scope] ? `${scope} · ${t.console.scopes[scope]}` : scope));

/** Values that have words of ours; the rest stands as it is registered. */
const WORDS: Record<string, Worded> = {
  scope: scopeWords,
  required_acr: ({ t }, value) => [t.console.levels[levelOf(value as string) ?? 0]],
  account_kinds: ({ t }, value) => (value as ('person' | 'entity')[]).map((kind) => t.console.site.kindNames[kind]),
};

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A member's value in words, a line for each of several. */
export function wordsOf(page: PageContext, member: string, value: unknown): string[] {
  if (isEmpty(value)) return [page.t.consoleChanges.one.nothing];
  const words = WORDS[member];
  if (words) return words(page, value);
  return [value].flat().map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
}

function isNewHost(member: string, value: string, metadata: Metadata): boolean {
  if (!VISITED.has(member) || !URL.canParse(value)) return false;
  const known = [metadata['redirect_uris'] ?? []].flat().map((address) => new URL(address as string).origin);
  return !known.includes(new URL(value).origin);
}

/** A list has lines of its own: each is added, removed or neither. Of one value there is only the earlier and the later. */
const isList = (member: string, { from, to }: FieldChange): boolean =>
  member === 'scope' || Array.isArray(from) || Array.isArray(to);

interface LineProps {
  page: PageContext;
  member: string;
  line: string;
  /** The registration as it stands: what is a new host to it. */
  metadata?: Metadata;
}

/** What is to be known of a value that was not there before. */
function Notes({ page, member, line, metadata }: LineProps) {
  const { newHost, gains } = page.t.consoleChanges.one;
  const claims = member === 'scope' ? claimsOf(page, line.split(' ')[0] as string) : '';
  return (
    <>
      {metadata && isNewHost(member, line, metadata) && (
        <>
          {' '}
          <strong class="new-host">{newHost}</strong>
        </>
      )}
      {claims !== '' && <span class="gains">{gains({ claims })}</span>}
    </>
  );
}

interface SideProps {
  page: PageContext;
  member: string;
  lines: readonly string[];
  /** Those of the other side. */
  other: readonly string[];
  /** What a line of a list is that the other side has not. */
  mark?: 'added' | 'removed';
  /** What is to be known of such a line. */
  notes?: (line: string) => ComponentChildren;
}

function Side({ page, member, lines, other, mark, notes }: SideProps) {
  const { marks } = page.t.consoleChanges.one;
  const row = (line: string) => (
    <>
      <Written {...{ page, member, line }} />
      {!other.includes(line) && notes?.(line)}
    </>
  );
  return (
    <ul class="plain lines">
      {lines.map((line) =>
        mark === undefined || other.includes(line) ? (
          <li>{row(line)}</li>
        ) : (
          <li class={mark}>
            <strong class="mark">{marks[mark]}</strong> {row(line)}
          </li>
        ),
      )}
    </ul>
  );
}

interface ChangedProps {
  page: PageContext;
  id: string;
  fields: ChangedFields;
  /** The registration as it stands; without it no host is pointed out as new. */
  metadata?: Metadata;
  /** What the later values are; what a change makes of them unless given. */
  to?: string;
}

/** Members, what each was and what it becomes; of lists each line that is added or removed, in words. */
export function ChangedMembers({ page, id, fields, metadata, to }: ChangedProps) {
  const { columns } = page.t.consoleChanges.one;
  const names = { from: columns.from, to: to ?? columns.to };
  const rows = Object.entries(fields).map(([member, change]) => {
    const [before, after] = [wordsOf(page, member, change.from), wordsOf(page, member, change.to)];
    const inList = isList(member, change);
    const notes = (line: string) => <Notes {...{ page, member, line, metadata }} />;
    return (
      <tr>
        <th scope="row" data-member={member}>
          {memberName(page, member)}
        </th>
        <td data-label={names.from}>
          <Side
            {...{ page, member }}
            lines={before}
            other={after}
            mark={inList && !isEmpty(change.from) ? 'removed' : undefined}
          />
        </td>
        <td data-label={names.to}>
          <Side
            {...{ page, member, notes }}
            lines={after}
            other={before}
            mark={inList && !isEmpty(change.to) ? 'added' : undefined}
          />
        </td>
      </tr>
    );
  });
  return (
    <table id={id} class="changed">
      <thead>
        <tr>
          <th scope="col">{columns.member}</th>
          <th scope="col">{names.from}</th>
          <th scope="col">{names.to}</th>
        </tr>
      </thead>
      <tbody>{rows}</tbody>
    </table>
  );
}
