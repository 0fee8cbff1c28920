import { randomBytes } from 'node:crypto';

export type Answers = Record<string, string>;

/** An application that is not sent yet. */
export interface Draft {
  /** Its own number, so that the same form sent twice is one application. */
  id: string;
  answers: Answers;
}

const MOST = 10_000;
const KEPT_MS = 24 * 3600_000;
const PEOPLE_OF_A_BROWSER = 3;

interface Kept extends Draft {
  savedAt: number;
}

/** Drafts of applications: a browser's until somebody logs in there, then that person's and nobody else's. */
export class Drafts {
  private readonly drafts = new Map<string, Kept>();
  private readonly people = new Map<string, string[]>();

  /** The draft that this person may see on this browser; an empty one when there is none. */
  of(browser: string | undefined, owner: string | undefined): Draft {
    const kept = this.live(keyOf(browser, owner));
    return kept ?? { id: randomBytes(12).toString('base64url'), answers: {} };
  }

  /** A form with nothing in it is no draft. */
  keep(browser: string, owner: string | undefined, draft: Draft): void {
    if (isEmpty(draft.answers)) return;
    put(this.drafts, keyOf(browser, owner), { ...draft, savedAt: Date.now() });
  }

  /**
   * Somebody is logged in on this browser. A draft that was nobody's, and that anybody here could see, is theirs from
   * now on; what they had answered before and is not answered there stays.
   */
  claim(browser: string | undefined, owner: string): void {
    if (browser === undefined) return;
    const others = this.peopleOf(browser).filter((one) => one !== owner);
    put(this.people, browser, [owner, ...others].slice(0, PEOPLE_OF_A_BROWSER));
    const here = this.live(keyOf(browser, undefined));
    if (!here) return;
    this.drafts.delete(keyOf(browser, undefined));
    const own = this.live(keyOf(browser, owner));
    const answered = Object.entries(here.answers).filter(([, answer]) => answer !== '');
    put(this.drafts, keyOf(browser, owner), {
      id: own?.id ?? here.id,
      answers: { ...own?.answers, ...Object.fromEntries(answered) },
      savedAt: here.savedAt,
    });
  }

  /** Who has logged in on this browser, the latest first: whose forms may still be open in its tabs. */
  peopleOf(browser: string | undefined): string[] {
    return this.people.get(browser ?? '') ?? [];
  }

  /** Whether somebody who is not logged in now left a draft here. */
  isWaiting(browser: string | undefined): boolean {
    const [latest] = this.peopleOf(browser);
    return latest !== undefined && this.live(keyOf(browser, latest)) !== undefined;
  }

  drop(owner: string): void {
    this.drafts.delete(keyOf(undefined, owner));
  }

  private live(key: string): Kept | undefined {
    const kept = this.drafts.get(key);
    return kept && Date.now() - kept.savedAt < KEPT_MS ? kept : undefined;
  }
}

const isEmpty = (answers: Answers): boolean => Object.values(answers).every((answer) => answer.trim() === '');

const keyOf = (browser: string | undefined, owner: string | undefined): string =>
  owner === undefined ? `browser:${browser ?? ''}` : `sub:${owner}`;

/** Newest last; the oldest goes when there are too many. */
function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  if (map.size >= MOST) map.delete(map.keys().next().value as string);
  map.set(key, value);
}
