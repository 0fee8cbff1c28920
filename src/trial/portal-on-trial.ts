import { randomBytes } from 'node:crypto';
import type { Answer, Asked, Callback, Person } from './answers.js';
import type { Cookies } from './cookies.js';
import type { TrialOptions } from './options.js';
import { Failed } from './outcome.js';
import type { TrialProvider } from './trial-provider.js';
import type { Onward } from './page-parts.js';
import { Visitor } from './visitor.js';
import type { Arrival } from './visitor.js';

/** How a page tells that it is open: by a text of it, or by being there at all. */
type Mark = (page: Arrival) => boolean;

/** What a login came to. */
export interface Login {
  visitor: Visitor;
  person: Person;
  asked: Asked;
  callback: Callback;
  /** The browser just before it came back. */
  before: Visitor;
  page: Arrival;
  idToken: string;
}

/** A portal may have a login of its own beside ours: what is called after ours is tried first. */
const OURS = /oauth|oidc|sso|tongxing|通行|统一/i;
const MOST_TRIED = 6;
const LOGIN = /log[-_ ]?in|sign[-_ ]?in|oauth|oidc|sso|tongxing|登录|通行/i;
const LOGOUT = /log[-_ ]?out|log[-_ ]?off|sign[-_ ]?out|退出|注销/i;

const signatureOf = ({ halt, status, url }: Arrival): string => halt ?? `${status} ${url.origin}${url.pathname}`;
const isPage = ({ halt, status }: Arrival): boolean => halt === undefined && status >= 200 && status < 300;

/** A page in words: its address without what follows it, and its status. */
export const shown = ({ halt, status, url }: Arrival): string => `${halt ?? status} ${url.origin}${url.pathname}`;

const keyOf = ({ method, url, ids }: Onward): string => [method, url.origin + url.pathname, ...ids].join(' ');
const hasOwnForm = (page: Arrival): boolean => Visitor.onwards(page).some(({ asks }) => asks === 'password');

/**
 * What may be pressed on a page that stands between: by its id, or by how it is called. A form that asks for a password is
 * never sent, nor one to be filled in unless it was named: they are the portal's own logins.
 */
function waysOn(page: Arrival, words: RegExp, id?: string): Onward[] {
  if (page.halt !== undefined || page.status >= 400) return [];
  return Visitor.onwards(page).filter(({ asks, ids, label }) => {
    if (id !== undefined) return asks !== 'password' && ids.includes(id);
    return asks === 'nothing' && words.test(label);
  });
}

/** A portal, as a tester sees it who is browser, person and provider at once. */
export class PortalOnTrial {
  /** Authorization requests that came, oldest first. */
  readonly requests: Asked[] = [];
  /** Where it asked to be sent back to after a logout. */
  readonly returns = new Set<string>();
  readonly person: Person;
  /** What has led to the provider from the page of the login. */
  private way?: string;
  private readonly marks: { page?: Mark; level?: Mark } = {};

  constructor(
    readonly options: TrialOptions,
    readonly provider: TrialProvider,
  ) {
    const tag = randomBytes(4).toString('hex');
    this.person = { sub: `trial-${tag}`, sid: '', name: `试用${tag}`, level: 0, kind: options.kind ?? 'person' };
  }

  /** The same person at another login, with what differs. */
  somebody(more: Partial<Person> = {}): Person {
    return { ...this.person, sid: `trial-${randomBytes(8).toString('hex')}`, ...more };
  }

  visitor(cookies?: Cookies): Visitor {
    const { portal, also } = this.options;
    const { issuer } = this.provider;
    const places = { authorization: `${issuer}/oidc/auth`, logout: `${issuer}/oidc/logout` };
    return new Visitor({ ...places, origins: [portal, ...also] }, cookies);
  }

  /** Goes where a login begins, and on to the provider. @returns where it led, if not there */
  async begins(visitor: Visitor, start = this.options.login): Promise<{ asked?: Asked; page: Arrival }> {
    const page = await this.towardsLogin(visitor, await visitor.open(start));
    if (page.halt !== 'authorization') return { page };
    const asked = this.provider.askedBy(page.url);
    this.requests.push(asked);
    return { page, asked };
  }

  /** Whether a login leads to the trial provider; it leaves no trace. */
  async leadsHere(): Promise<boolean> {
    const visitor = this.visitor();
    const page = await this.towardsLogin(visitor, await visitor.open(this.options.login));
    return page.halt === 'authorization';
  }

  /** Begins a login and comes back with this answer. @throws {Failed} when it does not lead to the provider */
  async logsIn(answer: Partial<Answer> = {}, visitor = this.visitor(), start?: URL): Promise<Login> {
    const { asked, page } = await this.begins(visitor, start);
    if (!asked) throw new Failed(hasOwnForm(page) ? 'ownForm' : 'notAsked', { page: shown(page) });
    return this.comesBack(visitor, asked, answer);
  }

  async comesBack(visitor: Visitor, asked: Asked, answer: Partial<Answer>): Promise<Login> {
    const { person = this.somebody() } = answer;
    const callback = this.provider.answers(asked, { ...answer, person });
    const before = visitor.copy();
    const page = await visitor.comesBack(callback.method, callback.url, callback.fields);
    return { visitor, person, asked, callback, before, page, idToken: this.provider.lastIdToken ?? '' };
  }

  /** Logs in truly. @throws {Failed} when nobody is logged in then */
  async isIn(person?: Partial<Person>): Promise<Login> {
    const login = await this.logsIn({ person: this.somebody(person) });
    if (!(await this.knows(login.visitor))) throw new Failed('notLoggedIn', { page: shown(login.page) });
    return login;
  }

  /** From a logged in browser to the page that needs a level. */
  async stepsUp(visitor: Visitor, answer: Partial<Answer>): Promise<Login> {
    return this.logsIn(answer, visitor, this.options.stepUp);
  }

  /** The address that ends the session here, and where it leads. */
  async logsOut(visitor: Visitor): Promise<Arrival> {
    const page = await visitor.open(this.options.logout as URL);
    const [way] = waysOn(page, LOGOUT, this.options.logoutPress);
    return way ? visitor.press(way) : page;
  }

  /** Whether somebody is logged in in this browser. */
  async knows(visitor: Visitor): Promise<boolean> {
    return this.marks.page?.(await visitor.open(this.options.page)) ?? false;
  }

  /** Whether the page that needs a level is open to this browser. */
  async opens(visitor: Visitor): Promise<boolean> {
    return this.marks.level?.(await visitor.open(this.options.levelPage as URL)) ?? false;
  }

  /** Learns how the page tells somebody logged in from nobody. @throws {Failed} when it does not */
  learnsPage(nobody: Arrival, somebody: Arrival): void {
    this.marks.page = this.learns(nobody, somebody, this.options.pageShows, '--page-shows');
  }

  /** The same of the page that needs a level: below it, at it. */
  learnsLevel(below: Arrival, at: Arrival): void {
    this.marks.level = this.learns(below, at, this.options.levelShows, '--level-shows');
  }

  /** A logout token at the back channel. */
  async isTold(logoutToken: string): Promise<Response> {
    return fetch(this.options.backchannel as URL, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000),
      body: new URLSearchParams({ logout_token: logoutToken }),
    });
  }

  private learns(closed: Arrival, open: Arrival, text: string | undefined, option: string): Mark {
    const { name } = this.person;
    const marks: Mark[] = [
      ...(text === undefined ? [(page: Arrival) => signatureOf(page) === signatureOf(open)] : []),
      ({ body }) => body.includes(text ?? name),
    ];
    const mark = marks.find((one) => isPage(open) && one(open) && !one(closed));
    if (!mark) throw new Failed('sameEitherWay', { option, closed: shown(closed), open: shown(open) });
    return (page) => isPage(page) && mark(page);
  }

  /**
   * Presses what leads to the provider, where a page stands between: of several links and buttons each in a browser that is
   * thrown away, until one does.
   */
  private async towardsLogin(visitor: Visitor, page: Arrival): Promise<Arrival> {
    const ways = waysOn(page, LOGIN, this.options.loginPress);
    if (ways.length === 1) return visitor.press(ways[0] as Onward);
    const likely = (one: Onward): number => (keyOf(one) === this.way ? 2 : Number(OURS.test(one.label)));
    for (const way of ways.toSorted((a, b) => likely(b) - likely(a)).slice(0, MOST_TRIED)) {
      const trying = visitor.copy();
      const arrival = await trying.press(way);
      if (arrival.halt !== 'authorization') continue;
      this.way = keyOf(way);
      visitor.becomes(trying);
      return arrival;
    }
    return page;
  }
}
