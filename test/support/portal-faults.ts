import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CheckId } from '../../src/trial/check.js';
import type { LoggedIn, PartyOptions, RelyingParty } from '../../src/portal/relying-party.js';
import type { SiteSessions } from '../../src/portal/site-session.js';
import { CarelessParty } from './careless-party.js';
import type { Changed, LeftOut } from './careless-party.js';
import type { Instead } from './portal-site.js';

/** What a demonstration site keeps to itself. */
interface Insides {
  party: RelyingParty;
  sessions: SiteSessions;
}

/** A site that breaks promises: which lines of the tester's must fail for it, and no others. */
export interface BrokenPortal {
  fails: readonly CheckId[];
  instead: Instead;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
/** One thing that is wrong: inside, or in how requests are answered. */
export type Fault = (insides: Insides, answer: Answer) => Answer | undefined;

export const broken = (fails: readonly CheckId[], ...faults: Fault[]): BrokenPortal => ({
  fails,
  instead: (portal) => {
    const insides = portal as unknown as Insides;
    const whole: Answer = async (request, response) => portal.handle(request, response);
    return faults.reduce((answer, fault) => fault(insides, answer) ?? answer, whole);
  },
});

/** Inside, and no more. */
export const inside =
  (change: (insides: Insides) => unknown): Fault =>
  (insides) => {
    change(insides);
    return undefined;
  };

/** Checks of the protocol are left out; with none it is another sound portal. */
export const without = (...leftOut: LeftOut[]): Fault =>
  inside((insides) => {
    const { options } = insides.party as unknown as { options: PartyOptions };
    insides.party = new CarelessParty(options, leftOut);
  });

/** The authorization request says something else. */
export const asking = (change: (asked: URLSearchParams) => void): Fault =>
  inside(({ party }) => {
    const begin = party.begin.bind(party);
    party.begin = async (next, more) => {
      const begun = await begin(next, more);
      const url = new URL(begun.url);
      change(url.searchParams);
      const [state, nonce, redirectUri] = ['state', 'nonce', 'redirect_uri'].map(
        (one) => url.searchParams.get(one) ?? '',
      );
      return { url: url.href, attempt: { ...begun.attempt, state, nonce, redirectUri } as Changed };
    };
  });

/** A login is taken for something else. */
export const taking = (change: (claims: LoggedIn['claims'], next: string) => Record<string, unknown>): Fault =>
  inside(({ party }) => {
    const finish = party.finish.bind(party);
    party.finish = async (url, attempt) => {
      const login = await finish(url, attempt);
      const claims = { ...login.claims, ...change(login.claims, attempt.next) } as LoggedIn['claims'];
      return { ...login, claims };
    };
  });

/** Some addresses are answered with this. */
export const answering =
  (at: RegExp, status: number, body = '', headers: Record<string, string> = {}): Fault =>
  (_insides, answer) =>
  async (request, response) => {
    if (!at.test(request.url ?? '')) return answer(request, response);
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  };

/** Its cookies are other ones. @param change nothing for one that is not sent at all */
export const cookies =
  (change: (cookie: string, request: IncomingMessage) => string | undefined): Fault =>
  (_insides, answer) =>
  async (request, response) => {
    const append = response.appendHeader.bind(response);
    response.appendHeader = (name, value) => {
      const changed = name === 'set-cookie' ? change(String(value), request) : String(value);
      return changed === undefined ? response : append(name, changed);
    };
    return answer(request, response);
  };

/** Requests come as other ones. */
export const receiving =
  (change: (request: IncomingMessage) => Promise<void> | void): Fault =>
  (_insides, answer) =>
  async (request, response) => {
    await change(request);
    return answer(request, response);
  };

/** Answers leave as other ones. */
export const sending =
  (change: (status: number, headers: Record<string, string>, request: IncomingMessage) => [number, object]): Fault =>
  (_insides, answer) =>
  async (request, response) => {
    const write = response.writeHead.bind(response) as (status: number, headers: object) => ServerResponse;
    const changed = (status: number, headers = {}) => write(...change(status, headers, request));
    response.writeHead = changed as typeof response.writeHead;
    return answer(request, response);
  };
