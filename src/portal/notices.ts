import type { Texts } from '../locales/texts.js';
import { APPLY_PATH, REPORT_PATH } from './requests.js';

/** A sentence on a page about what has just happened. */
export type NoticeName = keyof Texts['portal']['notices'];

/** How it looks. */
export const NOTICE_KINDS: Record<NoticeName, 'info' | 'success' | 'warning' | 'error'> = {
  saved: 'success',
  ready: 'success',
  certified: 'success',
  signedOut: 'success',
  sessionEnded: 'info',
  declined: 'info',
  certificateDeclined: 'info',
  loginDeclined: 'info',
  personsOnly: 'warning',
  entitiesOnly: 'warning',
  otherPerson: 'warning',
  unreachable: 'warning',
  expired: 'warning',
  loginFailed: 'warning',
  providerRefused: 'warning',
  away: 'warning',
};

export interface Said {
  notice: NoticeName;
  /** The provider's OAuth error, where the sentence alone would not help who is asked about it. */
  code?: string;
}

/** This page with a notice: a redirect to it does no harm when it is reloaded. */
export const withNotice = (path: string, { notice, code }: Said): string =>
  `${path}?${new URLSearchParams({ notice, ...(code ? { code } : {}) })}`;

/** What an address asks to be said. It is anybody's to write, so only what we know. */
export function noticeIn({ searchParams }: URL): Said | undefined {
  const notice = searchParams.get('notice') ?? '';
  if (!Object.hasOwn(NOTICE_KINDS, notice)) return undefined;
  const code = searchParams.get('code') ?? '';
  return { notice: notice as NoticeName, code: /^[a-z_]{1,60}$/.test(code) ? code : undefined };
}

/** Where the same error means something else. */
const OF_PAGE: Record<string, Record<string, NoticeName>> = {
  [APPLY_PATH]: { access_denied: 'declined' },
  [REPORT_PATH]: { access_denied: 'certificateDeclined', unmet_authentication_requirements: 'entitiesOnly' },
};

/** What an OAuth `error` says to a person (RFC 6749 section 4.1.2.1, OpenID Connect Core 3.1.2.6). @param next the page it was for */
export function saidBy(error: string, next: string): Said {
  const known: Record<string, NoticeName> = {
    access_denied: 'loginDeclined',
    unmet_authentication_requirements: 'unreachable',
    login_required: 'loginFailed',
    interaction_required: 'loginFailed',
    temporarily_unavailable: 'away',
    server_error: 'away',
    ...OF_PAGE[next],
  };
  const notice = Object.hasOwn(known, error) ? known[error] : undefined;
  return notice ? { notice } : { notice: 'providerRefused', code: error };
}
