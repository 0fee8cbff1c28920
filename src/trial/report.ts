import type { CheckId } from './check.js';
import type { Words } from './en.js';
import type { CheckWords } from './check-words.js';
import { fill } from '../locales/texts.js';
import type { PortalOnTrial } from './portal-on-trial.js';

/** Raised whenever a check comes, goes or judges otherwise. */
export const TESTER_VERSION = '1.0';

/** What came out of one check. */
export interface Verdict extends CheckWords {
  id: CheckId;
  result: 'passed' | 'failed' | 'skipped';
  /** The section of docs/connect-a-site. */
  guide: number;
  /** Of one that failed. */
  seen?: string;
  /** Of one that was skipped. */
  why?: string;
}

/** What the operator gets: `trial-report` in docs/connect-a-site.schema.json. */
export interface Report {
  tester: 'tongxing sites try';
  version: string;
  startedAt: string;
  finishedAt: string;
  portal: string;
  issuer: string;
  summary: { passed: number; failed: number; skipped: number };
  /** What the portal sent, to be compared with its entry; no secret, no token. */
  observed: Record<string, string[]>;
  checks: Verdict[];
}

/** One check in the text report. */
export function lineOf(verdict: Verdict, { results, lines }: Words): string[] {
  const { id, result, done, expected, seen, why, fix, guide } = verdict;
  const head = `${results[result]} ${id}: ${done} → ${expected}`;
  if (result === 'skipped') return [head + fill(lines.why, { why: why ?? '' })];
  if (result === 'passed') return [head];
  const section = fill(lines.guide, { section: guide });
  return [head, `        ${lines.seen}: ${seen}`, `        ${lines.fix}: ${fix} (${section})`];
}

const OBSERVED = ['client_id', 'redirect_uri', 'scope', 'response_mode', 'acr_values', 'claims', 'max_age', 'prompt'];

export function observed({ requests, returns, provider, options }: PortalOnTrial): Record<string, string[]> {
  const each = (name: string) => [...new Set(requests.flatMap((asked) => asked[name] ?? []))];
  return {
    ...Object.fromEntries(OBSERVED.map((name) => [name, each(name)])),
    token_endpoint_auth_method: [...new Set(provider.redemptions.map(({ method }) => method))],
    post_logout_redirect_uri: [...returns],
    backchannel_logout_uri: options.backchannel ? [options.backchannel.href] : [],
  };
}
