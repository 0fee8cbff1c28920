import type { ClientJudge } from './client-rules.js';
import { shown } from './site-address.js';
import { SITE_MEMBERS } from './site-entry.js';

/** Standard client metadata that no rule of ours reads: the engine judges it. */
export const STANDARD_MEMBERS = [
  'application_type',
  'backchannel_logout_session_required',
  'contacts',
  'default_acr_values',
  'default_max_age',
  'grant_types',
  'id_token_signed_response_alg',
  'jwks',
  'require_auth_time',
  'response_modes',
  'response_types',
  'token_endpoint_auth_signing_alg',
] as const;

const PLAIN_NAME = /^[\w#.-]{1,64}$/;

const bare = (member: string): string => member.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** How many letters are put in, left out or exchanged between two words (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [to, wanted] of [...other].entries()) {
      const exchanged = (row[to] as number) + (letter === wanted ? 0 : 1);
      next.push(Math.min(exchanged, (row[to + 1] as number) + 1, (next[to] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}

/** The known member that is written nearly so: a letter in four may differ, capitals and `_` do not count. */
function closest(member: string): string | undefined {
  const written = bare(member.slice(0, 64));
  const [best] = [...SITE_MEMBERS, ...STANDARD_MEMBERS]
    .map((known) => ({ known, far: distance(written, bare(known)) }))
    .toSorted((one, other) => one.far - other.far);
  return best && best.far <= Math.max(1, Math.floor(written.length / 4)) ? best.known : undefined;
}

function remarkOn(member: string): string {
  const meant = closest(member);
  const name = PLAIN_NAME.test(member) ? member : shown(member);
  return `${name}: not known, so it is ignored${meant ? `; did you mean ${meant}?` : ''}`;
}

/** Members of a sites file that mean nothing here (RFC 7591 2 has them ignored), each with its entry's index. */
export function ignoredMembers(entries: readonly unknown[], judge: ClientJudge): string[] {
  const isKnown = (member: string) => SITE_MEMBERS.includes(member) || judge.knows(member);
  return entries.flatMap((entry, index) =>
    Object.keys(Object(entry) as object)
      .filter((member) => !Array.isArray(entry) && typeof entry === 'object' && !isKnown(member))
      .map((member) => `entry ${index}, ${remarkOn(member)}`),
  );
}
