import { Provider } from 'oidc-provider';
import type { Clock } from '../shared/clock.js';
import type { Fault } from './errors/fault.js';
import type { SiteLeft } from './logout/logout-claims.service.js';
import type { Standing } from '../identity/accounts/standing.js';

/** What one protocol request has learnt, kept beside the engine's context instead of in it. */
export interface Notes {
  /** When it first looked into the stores, by `Clock`, in milliseconds. */
  began?: number;
  /** The site of the token in use, known before the engine has loaded the client. */
  tokenSite?: string;
  /** When each record found by this request was written, by `Clock`, in milliseconds. */
  stamps: Map<string, number>;
  sessions: Map<string, SessionSnapshot>;
  standing?: Promise<Standing | undefined>;
  /** Whom the engine's confirm page would have told. */
  leaving: SiteLeft[];
  /** Under which id what went wrong is found in the log. */
  bug?: string;
  /** What the site did wrong, as the last error of this request has it. */
  fault?: Fault;
  /** Reads that are under way already, by the name of what they ask for. */
  ahead: Map<string, Promise<unknown>>;
}

/** The session as it was read, so that a save writes only what has changed. */
export interface SessionSnapshot {
  base: string;
  sites: Map<string, string>;
  seen: number;
  cookieId?: string;
  signedIn: boolean;
}

const notes = new WeakMap<object, Notes>();
const empty = (): Notes => ({ stamps: new Map(), ahead: new Map(), sessions: new Map(), leaving: [] });

/** The notes of this context; made on first use. */
export function notesOf(context: object): Notes {
  const kept = notes.get(context) ?? empty();
  notes.set(context, kept);
  return kept;
}

/** The notes of the protocol request that is running, or a fresh sheet outside of one. */
export function notesNow(): Notes {
  const context = Provider.ctx;
  return context ? notesOf(context) : empty();
}

/**
 * How old what this request writes counts as: no younger than what it has read. Sessions that are ended while a request
 * is under way would else leave it a code that is younger than their end.
 */
export function beganAt(clock: Clock): number {
  const sheet = notesNow();
  sheet.began ??= clock.ms();
  return sheet.began;
}
