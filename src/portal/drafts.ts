import { randomBytes } from 'node:crypto';

export type Application = Record<string, string>;

const MOST = 10_000;
const KEPT_MS = 24 * 3600_000;

interface Kept {
  /** Whose it is, once that is known: nobody else sees it, on the same browser neither. */
  owner?: string;
  fields: Application;
  until: number;
}

/** Drafts of applications, by a cookie of the browser until somebody logs in, then that person's. */
export class Drafts {
  private readonly drafts = new Map<string, Kept>();

  /** The draft this person may see on this browser. */
  of(browser: string | undefined, owner: string | undefined): Application {
    const mine = owner === undefined ? undefined : this.live(`sub:${owner}`);
    const here = browser === undefined ? undefined : this.live(`browser:${browser}`);
    if (mine) return mine.fields;
    return here && (here.owner === undefined || here.owner === owner) ? here.fields : {};
  }

  /** @returns the browser's cookie, new if it had none */
  keep(browser: string | undefined, owner: string | undefined, fields: Application): string {
    if (this.drafts.size >= MOST) this.drafts.delete(this.drafts.keys().next().value as string);
    const id = browser ?? randomBytes(18).toString('base64url');
    const kept: Kept = { owner, fields, until: Date.now() + KEPT_MS };
    if (owner === undefined) this.drafts.set(`browser:${id}`, kept);
    if (owner !== undefined) this.drafts.set(`sub:${owner}`, kept);
    return id;
  }

  /** Somebody has logged in on this browser: a draft that was nobody's is theirs from now on. */
  claim(browser: string | undefined, owner: string): void {
    const here = browser === undefined ? undefined : this.live(`browser:${browser}`);
    if (!here || here.owner !== undefined) return;
    this.drafts.delete(`browser:${browser as string}`);
    this.drafts.set(`sub:${owner}`, { ...here, owner });
  }

  drop(browser: string | undefined, owner: string): void {
    this.drafts.delete(`sub:${owner}`);
    this.drafts.delete(`browser:${browser ?? ''}`);
  }

  private live(key: string): Kept | undefined {
    const kept = this.drafts.get(key);
    return kept && kept.until > Date.now() ? kept : undefined;
  }
}
