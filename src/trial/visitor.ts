import { Cookies } from './cookies.js';
import type { Coming } from './cookies.js';
import { onwardsOf, refreshOf } from './page-parts.js';
import type { Onward } from './page-parts.js';

const MOST_REDIRECTS = 15;
const TIMEOUT_MS = 15_000;
const LARGEST = 2_000_000;
const KEEPS_METHOD = [307, 308];

/** Why a browser of ours went no further. */
export type Halt = 'authorization' | 'logout' | 'elsewhere' | 'redirects';

/** The addresses that matter to a browser of ours. */
export interface Places {
  /** Origins of the portal: nothing else is called. */
  origins: readonly string[];
  authorization: string;
  logout: string;
}

/** Where a browser has come to. */
export interface Arrival {
  url: URL;
  status: number;
  headers: Headers;
  body: string;
  halt?: Halt;
}

interface Step {
  method: string;
  url: URL;
  fields?: Record<string, string>;
  coming: Coming;
}

/** A browser without script, of one person: it goes where the portal sends it, and no further than the portal. */
export class Visitor {
  constructor(
    private readonly places: Places,
    private kept = new Cookies(),
  ) {}

  get cookies(): Cookies {
    return this.kept;
  }

  /** The same browser, as it is now, a second time. */
  copy(): Visitor {
    return new Visitor(this.places, this.cookies.copy());
  }

  /** Goes on from where that one has come to. */
  becomes({ kept }: Visitor): void {
    this.kept = kept;
  }

  async open(url: URL | string): Promise<Arrival> {
    return this.go({ method: 'GET', url: new URL(url), coming: 'own' });
  }

  async press({ method, url, fields }: Onward): Promise<Arrival> {
    if (method === 'POST') return this.go({ method, url, fields, coming: 'own' });
    const target = new URL(url);
    for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
    return this.go({ method, url: target, coming: 'own' });
  }

  /** Comes back from the provider, which is another site: a link, or its form. */
  async comesBack(method: 'GET' | 'POST', url: URL, fields?: Record<string, string>): Promise<Arrival> {
    return this.go({ method, url, fields, coming: method === 'POST' ? 'form-from-elsewhere' : 'from-elsewhere' });
  }

  /** What leads on from a page, forms to fill in among it. */
  static onwards({ body, url }: Arrival): Onward[] {
    return onwardsOf(body, url);
  }

  private async go(first: Step): Promise<Arrival> {
    let step = first;
    for (let hops = 0; ; hops += 1) {
      const halt = hops > MOST_REDIRECTS ? 'redirects' : this.haltAt(step.url);
      if (halt) return { url: step.url, status: 0, headers: new Headers(), body: '', halt };
      const answer = await this.send(step);
      const body = (await answer.text()).slice(0, LARGEST);
      const next = this.next(step, answer, body);
      if (!next) return { url: step.url, status: answer.status, headers: answer.headers, body };
      step = next;
    }
  }

  private haltAt(url: URL): Halt | undefined {
    const at = url.origin + url.pathname;
    if (at === this.places.authorization) return 'authorization';
    if (at === this.places.logout) return 'logout';
    return this.places.origins.includes(url.origin) ? undefined : 'elsewhere';
  }

  private async send({ method, url, fields, coming }: Step): Promise<Response> {
    const cookie = this.cookies.header(url, coming);
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      body: method === 'POST' ? new URLSearchParams(fields) : undefined,
      headers: {
        accept: 'text/html,application/xhtml+xml',
        'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
        ...(method === 'POST' && coming === 'own' ? { origin: url.origin } : {}),
        ...(cookie ? { cookie } : {}),
      },
    });
    this.cookies.keep(url, answer.headers.getSetCookie());
    return answer;
  }

  /** Where an answer leads. Whoever came from elsewhere is from elsewhere until the chain ends. */
  private next({ method, url, fields, coming }: Step, answer: Response, body: string): Step | undefined {
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    const target = location === null ? refreshOf(body, url) : URL.parse(location, url);
    if (!target) return undefined;
    if (KEEPS_METHOD.includes(answer.status)) return { method, url: target, fields, coming };
    const onward = coming === 'form-from-elsewhere' ? 'from-elsewhere' : coming;
    return { method: 'GET', url: target, coming: location === null ? 'own' : onward };
  }
}
