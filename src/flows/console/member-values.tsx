import type { ComponentChildren } from 'preact';
import { levelOf } from '../../oidc/levels.js';
import { CLAIMS_OF } from '../../oidc/scopes.js';
import type { ChangedFields, FieldChange, Metadata } from '../../oidc/sites/site-differences.js';
import { withChinese } from '../../web/chinese.js';
import type { PageContext } from '../../web/page-context.js';
import { Table } from '../../web/parts.js';

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

/** What the new words add to the old ones. */
const added = (before: readonly string[], after: readonly string[]): string[] =>
  after.filter((line) => !before.includes(line));

interface SideProps {
  page: PageContext;
  member: string;
  lines: readonly string[];
  /** Lines that the other side has not. */
  fresh: readonly string[];
  /** The registration as it stands: what is a new host to it. */
  metadata?: Metadata;
}

function Side({ page, member, lines, fresh, metadata }: SideProps) {
  const { newHost, gains } = page.t.consoleChanges.one;
  const notes = (line: string): ComponentChildren[] => [
    metadata && isNewHost(member, line, metadata) && <strong class="new-host">{newHost}</strong>,
    member === 'scope' && fresh.includes(line) && claimsOf(page, line.split(' ')[0] as string) !== '' && (
      <span class="gains">{gains({ claims: claimsOf(page, line.split(' ')[0] as string) })}</span>
    ),
  ];
  return (
    <ul class="plain lines">
      {lines.map((line) => (
        <li>
          {fresh.includes(line) ? <strong>{withChinese(page, line)}</strong> : withChinese(page, line)}
          {notes(line)
            .filter(Boolean)
            .map((note) => (
              <span class="note">
                {' · '}
                {note}
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}

interface ChangedProps {
  page: PageContext;
  id: string;
  fields: ChangedFields;
  /** The registration as it stands; without it no host is pointed out as new. */
  metadata?: Metadata;
}

/** Members, what each was and what it becomes. */
export function ChangedMembers({ page, id, fields, metadata }: ChangedProps) {
  const { member: name, from, to } = page.t.consoleChanges.one.columns;
  const row = ([member, change]: [string, FieldChange]) => {
    const before = wordsOf(page, member, change.from);
    const after = wordsOf(page, member, change.to);
    return [
      <span data-member={member}>{memberName(page, member)}</span>,
      <Side page={page} member={member} lines={before} fresh={[]} />,
      <Side page={page} member={member} lines={after} fresh={added(before, after)} metadata={metadata} />,
    ];
  };
  return <Table id={id} columns={[name, from, to]} rows={Object.entries(fields).map(row)} />;
}
