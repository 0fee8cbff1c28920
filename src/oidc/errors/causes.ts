import type { Texts } from '../../locales/texts.js';
import type { Asked } from './asked.js';
import { authenticationCauses } from './authentication-causes.js';
import { authorizationCauses } from './authorization-causes.js';
import { tokenCauses } from './token-causes.js';

/** Why a request failed; each has its words in the texts. */
export type Cause = keyof Texts['faultCauses'];

/** How one cause is known by what the engine says, and what it is about. */
export interface CauseRule {
  cause: Cause;
  /** Matched against `<endpoint> <error>: <description>; <detail>` of the engine's; absent: refused before the engine. */
  says?: RegExp;
  /** What else must be so. */
  when?: (asked: Asked) => boolean;
  /** The parameter at fault; a part of an assertion as `client_assertion.aud`. */
  parameter?: string | ((asked: Asked) => string | undefined);
  /** Registered for the site, or laid down by the protocol. */
  expected?: (asked: Asked) => readonly string[];
  /** What came, where it is not simply the parameter's value. */
  value?: (asked: Asked) => unknown;
}

/** Names in quotation marks, as the engine lists parameters. */
const named = ({ error }: Asked): string =>
  [...(error.error_description ?? '').matchAll(/'([a-z_]{2,30})'/g)].map(([, name]) => name).join(', ');

const general: readonly CauseRule[] = [
  { cause: 'wrong-host', parameter: 'Host' },
  {
    cause: 'too-large',
    says: /entity too large/,
    parameter: 'Content-Length',
    value: ({ header }) => header('content-length'),
  },
  { cause: 'missing', says: /missing required parameter/, parameter: named },
  { cause: 'twice', says: /must not be provided twice/, parameter: named },
  {
    cause: 'content-type',
    says: /content-type bodies are supported|failed to parse the request body/,
    parameter: 'Content-Type',
    expected: () => ['application/x-www-form-urlencoded'],
    value: ({ header }) => header('content-type').split(';', 1)[0],
  },
  {
    cause: 'origin',
    says: /origin .* not allowed for client/,
    parameter: 'Origin',
    value: ({ header }) => header('origin'),
  },
];

/** In the order in which they are tried, and in which the guide has them. */
export const CAUSES = {
  general,
  authorization: authorizationCauses,
  token: tokenCauses,
  authentication: authenticationCauses,
} as const;

/** Parts of the guide's section on errors. */
export type CausePart = keyof typeof CAUSES;

export const OTHER: CauseRule = { cause: 'other', says: /./ };

/** The first rule that fits what the engine says. */
export function causeOf(asked: Asked): CauseRule {
  const { endpoint, error } = asked;
  const said = `${endpoint} ${error.error}: ${error.error_description ?? ''}; ${error.error_detail ?? ''}`;
  return (
    Object.values(CAUSES)
      .flat()
      .find(({ says, when }) => says?.test(said) && (when?.(asked) ?? true)) ?? OTHER
  );
}
