import { readFileSync } from 'node:fs';
import { Operators } from '../../src/oidc/operators/operators.service.js';
import { RoleChanges } from '../../src/oidc/operators/role-changes.service.js';
import { SiteChanges } from '../../src/oidc/sites/site-changes.service.js';
import { SiteRecords } from '../../src/oidc/sites/site-records.service.js';
import { DemoEntities } from '../../src/sandbox/demo-entities.service.js';
import { Database } from '../../src/storage/transactions.js';
import { uuidv7 } from '../../src/storage/uuid.js';
import { Browser } from '../support/browser.js';
import type { Page } from '../support/browser.js';
import { Citizen } from '../support/citizen.js';
import { residentsFile } from '../support/residents.js';
import { startService } from '../support/service.js';
import type { RunningService } from '../support/service.js';
import { TestSite, sitesFile } from '../support/site.js';
import { levelTwo, staff } from '../support/staff.js';
import type { Staff } from '../support/staff.js';

const OPEN = 'open';
const DONE = 'done';
const NOT_THERE = 'page.not-found';
const PROOF = 'proof';

/** Who gets in where. `:id` is the site that `own` develops, and `other` does not. */
interface Door {
  route: string;
  other: string;
  own: string;
  operator: string;
  /** What an operator meets six minutes after their login; where there is nothing for them, the site's own developer. */
  later: string;
}

const door = (route: string, other: string, own: string, operator: string, later = operator): Door => ({
  route,
  other,
  own,
  operator,
  later,
});

/** Every route of the console: a developer of another site, the site's own, an operator; and a login that is old. */
const DOORS: readonly Door[] = [
  door('GET /console', OPEN, OPEN, OPEN),
  door('GET /console/changes', NOT_THERE, NOT_THERE, OPEN),
  door('GET /console/failures', NOT_THERE, NOT_THERE, OPEN),
  door('GET /console/deliveries', NOT_THERE, NOT_THERE, OPEN),
  door('GET /console/keys', OPEN, OPEN, OPEN),
  door('GET /console/people', NOT_THERE, NOT_THERE, OPEN),
  door('GET /console/people/new', NOT_THERE, NOT_THERE, OPEN, PROOF),
  door('POST /console/people/new', NOT_THERE, NOT_THERE, DONE, PROOF),
  door('POST /console/people/end', NOT_THERE, NOT_THERE, DONE, PROOF),
  door('GET /console/sites/:id', NOT_THERE, OPEN, OPEN),
  door('GET /console/sites/:id/edit', NOT_THERE, OPEN, OPEN, PROOF),
  door('POST /console/sites/:id/edit', NOT_THERE, DONE, DONE, PROOF),
  door('GET /console/sites/:id/changes', NOT_THERE, OPEN, OPEN),
  door('GET /console/sites/:id/changes/:change', NOT_THERE, OPEN, OPEN),
  door('GET /console/sites/:id/changes/:change/decide', NOT_THERE, NOT_THERE, OPEN, PROOF),
  door('POST /console/sites/:id/changes/:change/decide', NOT_THERE, NOT_THERE, DONE, PROOF),
  door('POST /console/sites/:id/changes/:change/withdraw', NOT_THERE, DONE, NOT_THERE, DONE),
  door('GET /console/sites/:id/secret', NOT_THERE, OPEN, OPEN, PROOF),
  door('POST /console/sites/:id/secret', NOT_THERE, DONE, DONE, PROOF),
  door('GET /console/sites/:id/secret/:made', NOT_THERE, OPEN, OPEN),
  door('GET /console/sites/:id/state', NOT_THERE, NOT_THERE, OPEN, PROOF),
  door('POST /console/sites/:id/state/disable', NOT_THERE, NOT_THERE, DONE, PROOF),
  door('POST /console/sites/:id/state/enable', NOT_THERE, NOT_THERE, DONE, PROOF),
  door('GET /console/sites/:id/failures', NOT_THERE, OPEN, OPEN),
  door('GET /console/sites/:id/deliveries', NOT_THERE, OPEN, OPEN),
  door('POST /console/sites/:id/deliveries', NOT_THERE, DONE, DONE),
];
/** Where a login comes back to; it holds nothing and only sends on. */
const NO_DOOR = ['GET /console/return'];

/** Those who get in nowhere, and what each of them meets at every page and at every form. */
const STRANGERS = {
  'nobody logged in': { GET: 'login', POST: 'session.ended' },
  'a citizen without a role': { GET: 'console.no-role', POST: 'console.no-role' },
  'an operator whose role was taken away': { GET: 'console.no-role', POST: 'console.no-role' },
  'a developer whose role was taken away': { GET: 'console.no-role', POST: 'console.no-role' },
  'a legal entity': { GET: 'console.no-role', POST: 'console.no-role' },
  'an operator who logged in by SMS': { GET: 'raised first', POST: 'raised first' },
  'an operator whose account is at level 1 by now': { GET: 'raised first', POST: 'raised first' },
  'an operator who was signed out elsewhere': { GET: 'login', POST: 'session.ended' },
} as const;
type Stranger = keyof typeof STRANGERS;

type Fields = Record<string, string>;
const SITE = 'city';
const { residents, file: RESIDENTS } = residentsFile(12);

describe('the doors of the console: every route, as the service has it', () => {
  let service: RunningService;
  let city: TestSite;
  let next = 0;
  const somebody = () => residents[(next += 1) - 1] as (typeof residents)[number];
  /** Those who get in. */
  const people = {} as Record<'other' | 'own' | 'operator' | 'candidate', Staff>;
  const strangers = {} as Record<Stranger, { browser: Browser; token: string }>;

  const tokenOf = async (browser: Browser): Promise<string> => {
    const page = await browser.open(`${service.origin}/account/password`);
    return page.value('_csrf') as string;
  };
  const stranger = async (who: Staff, then: (accountId: string) => Promise<unknown>) => {
    const { browser } = who.citizen;
    const token = await tokenOf(browser);
    await then(who.accountId);
    return { browser, token };
  };

  const bySms = async ({ citizen: { phone } }: Staff) => {
    const citizen = Object.assign(new Citizen(service), { phone });
    const { browser } = citizen;
    const login = await browser.open(await city.loginUrl(service.origin));
    const page = await browser.open(`${login.url.href}?method=sms`);
    const sent = await page.press('sms-send', { phone, ...(await citizen.captcha(page)) });
    await sent.press('login-submit', { smsCode: await citizen.codeFor(phone) });
    return { browser, token: await tokenOf(browser) };
  };
  const anEntity = async () => {
    const citizen = new Citizen(service);
    const { browser } = citizen;
    const [entity] = service.app.get(DemoEntities).list();
    const login = await browser.open(await city.loginUrl(service.origin, { kind: 'entity' }));
    await citizen.logsIn(login, entity?.creditCode, entity?.password);
    return { browser, token: await tokenOf(browser) };
  };

  beforeAll(async () => {
    city = await TestSite.start('city', '武汉市');
    service = await startService('hubei', {
      SITES_FILE: sitesFile([city.metadata(), city.metadata({ client_id: 'county', client_name: '嘉鱼县' })]),
      STUB_RESIDENTS_FILE: RESIDENTS,
      LIMITS: 'off',
    });
    const roles = service.app.get(RoleChanges);
    const member = async (of?: string) => staff(service, city, somebody(), { of });
    strangers['nobody logged in'] = { browser: new Browser(), token: '' };
    strangers['a citizen without a role'] = await stranger(await levelTwo(service, city, somebody()), async () => {});
    strangers['an operator whose role was taken away'] = await stranger(await member(), async (accountId) =>
      roles.revoke({ accountId }),
    );
    strangers['a developer whose role was taken away'] = await stranger(await member(SITE), async (accountId) =>
      roles.revoke({ accountId, clientId: SITE }),
    );
    strangers['an operator whose account is at level 1 by now'] = await stranger(await member(), async (accountId) =>
      service.app.get(Database).query('update accounts set level = 1 where id = $1', [accountId]),
    );
    strangers['an operator who logged in by SMS'] = await bySms(await member());
    strangers['a legal entity'] = await anEntity();
    const signedOut = await member();
    strangers['an operator who was signed out elsewhere'] = await stranger(signedOut, async () => {
      const tab = signedOut.citizen.browser.copy();
      await (await tab.open(`${service.origin}/account/logout`)).press('logout-confirm');
    });
    people.candidate = await levelTwo(service, city, somebody());
    people.other = await member('county');
    people.own = await member(SITE);
    people.operator = await member();
  }, 60_000);
  afterAll(async () => {
    await service.close();
    await city.close();
  });

  const isForm = (route: string) => route.startsWith('POST ');
  /** Every route below `/console` of the running service. */
  const routes = (): string[] => {
    const { router } = service.app.getHttpAdapter().getInstance() as unknown as {
      router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
    };
    return router.stack.flatMap(({ route }) =>
      route?.path.startsWith('/console')
        ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
        : [],
    );
  };

  /** A change of the site that waits: the one that does, or one that its developer asks for now. */
  async function waiting(): Promise<string> {
    const now = async () => (await service.app.get(SiteChanges).waiting()).find(({ clientId }) => clientId === SITE);
    const found = await now();
    if (found) return found.id;
    const form = await people.own.citizen.browser.open(`${service.origin}/console/sites/${SITE}/edit`);
    await form.press('edit-submit', { dataPurpose: `用途${uuidv7(Date.now())}` });
    return (await now())?.id as string;
  }

  /** Where a route is, of the site and what is there of it. */
  async function addressOf(route: string): Promise<string> {
    const path = route
      .replace(/^\w+ /, '')
      .replace(':id', SITE)
      .replace(':change', route.includes(':change') ? await waiting() : '')
      .replace(':made', uuidv7(Date.now()));
    return service.origin + path;
  }

  /** What each form carries when it is filled in rightly, and where it leads. */
  const FORMS: Record<string, { fields: () => Promise<Fields>; to: RegExp }> = {
    'POST /console/people/new': {
      fields: async () => ({ site: SITE, phone: people.candidate.citizen.phone }),
      to: /^\/console\/people\?news=granted$/,
    },
    'POST /console/people/end': {
      fields: async () => {
        const roles = await service.app.get(Operators).developersOf(SITE);
        const made = roles.find(({ accountId }) => accountId === people.candidate.accountId) ?? roles[0];
        return { role: made?.id as string };
      },
      to: /^\/console\/people\?news=ended$/,
    },
    'POST /console/sites/:id/edit': {
      fields: async () => {
        const page = await people.own.citizen.browser.open(`${service.origin}/console/sites/${SITE}/edit`);
        return { ...page.form('edit-submit').fields, clientName: `武汉市${uuidv7(Date.now()).slice(-4)}` };
      },
      to: /^\/console\/sites\/city\/changes\?news=saved$/,
    },
    'POST /console/sites/:id/changes/:change/decide': {
      fields: async () => ({ decision: 'approve', reason: '' }),
      to: /^\/console\/sites\/city\/changes\?news=approved$/,
    },
    'POST /console/sites/:id/changes/:change/withdraw': {
      fields: async () => ({}),
      to: /^\/console\/sites\/city\/changes\?news=withdrawn$/,
    },
    'POST /console/sites/:id/secret': {
      fields: async () => ({ overlapHours: '24' }),
      to: /^\/console\/sites\/city\/secret\/[\w-]{36}$/,
    },
    'POST /console/sites/:id/state/disable': {
      fields: async () => ({ reason: '' }),
      to: /^\/console\/sites\/city\/changes\?news=disabled$/,
    },
    'POST /console/sites/:id/state/enable': {
      fields: async () => ({ reason: '' }),
      to: /^\/console\/sites\/city\/changes\?news=enabled$/,
    },
    'POST /console/sites/:id/deliveries': {
      fields: async () => ({}),
      to: /^\/console\/sites\/city\/deliveries\?tested=[\w-]{36}$/,
    },
  };

  /** Sends a form of a route as it would be sent, with another token, from another origin. */
  async function send(browser: Browser, route: string, more: Fields, headers: Record<string, string> = {}) {
    const fields = { ...(await FORMS[route]?.fields()), ...more };
    return browser.post(await addressOf(route), fields, headers);
  }
  const sendOwn = async ({ citizen: { browser } }: Staff, route: string) =>
    send(browser, route, { _csrf: await tokenOf(browser) });

  /** What somebody has met, in a word. */
  function met({ path, status, codes }: Page, route: string): string {
    if (/^\/interaction\/[\w-]+\/login/.test(path)) return 'login';
    if (/^\/interaction\/[\w-]+\/verification$/.test(path)) return 'raised first';
    if (path.startsWith('/account/proof')) return PROOF;
    if (codes.length > 0) return codes.join(' ');
    if (FORMS[route]?.to.test(path)) return DONE;
    return status === 200 && path.startsWith('/console') ? OPEN : `${status} ${path}`;
  }

  /** All that a form of the console could have changed. */
  const kept = async (): Promise<string> => {
    const site = await service.app.get(SiteRecords).get(SITE);
    const changes = await service.app.get(SiteChanges).of(SITE, { limit: 1000 });
    const [secret] = await service.app
      .get(Database)
      .query("select encode(secret, 'hex') as secret from sites where client_id = $1", [SITE]);
    return JSON.stringify([site.metadata, site.state, secret, changes, await service.app.get(Operators).all()]);
  };

  it('each route has its row here, and each row its route; each form is filled in below', () => {
    expect(routes().toSorted()).toEqual([...DOORS.map(({ route }) => route), ...NO_DOOR].toSorted());
    expect(Object.keys(FORMS).toSorted()).toEqual(
      DOORS.map(({ route }) => route)
        .filter(isForm)
        .toSorted(),
    );
  });

  it('docs/console.md says the same of each', () => {
    const documented = [
      ...readFileSync('docs/console.md', 'utf8').matchAll(/^\| `((?:GET|POST) \/[^`]*)` \| (.*?) \| ?(.*?) ?\|/gm),
    ].map(([, route, whom, proof]) => [route, whom, proof]);
    const whom = ({ other, own, operator }: Door): string => {
      if (other !== NOT_THERE) return 'everybody with a role';
      if (operator === NOT_THERE) return 'its developers';
      return own === NOT_THERE ? 'operators' : 'operators and its developers';
    };
    const proof = ({ later }: Door): string => (later === PROOF ? 'yes' : '');
    expect(documented.toSorted()).toEqual(DOORS.map((one) => [one.route, whom(one), proof(one)]).toSorted());
  });

  it.each(Object.keys(STRANGERS) as Stranger[])('%s gets in nowhere, and changes nothing', async (who) => {
    const { browser, token } = strangers[who];
    await waiting();
    const before = await kept();
    const found = [];
    for (const { route } of DOORS) {
      const page = isForm(route)
        ? await send(browser, route, { _csrf: token })
        : await browser.open(await addressOf(route));
      found.push([route, met(page, route)]);
    }
    expect(found).toEqual(DOORS.map(({ route }) => [route, STRANGERS[who][isForm(route) ? 'POST' : 'GET']]));
    expect(await kept()).toEqual(before);
  });

  it('a page is there for those to whom it belongs; to the others it is not, as one that never was', async () => {
    const pages = DOORS.filter(({ route }) => !isForm(route));
    for (const who of ['other', 'own', 'operator'] as const) {
      const found = [];
      for (const { route } of pages) {
        const page = await people[who].citizen.browser.open(await addressOf(route));
        found.push([route, met(page, route)]);
      }
      expect([who, found]).toEqual([who, pages.map(({ route, [who]: meets }) => [route, meets])]);
    }
  });

  it('a form that is not for somebody changes nothing, whatever they fill in', async () => {
    await waiting();
    const before = await kept();
    for (const who of ['other', 'own', 'operator'] as const) {
      for (const { route } of DOORS.filter(({ route: one, [who]: meets }) => isForm(one) && meets !== DONE)) {
        expect([who, route, met(await sendOwn(people[who], route), route)]).toEqual([who, route, NOT_THERE]);
      }
    }
    expect(await kept()).toEqual(before);
  });

  describe('a form that its own person did not send', () => {
    const forged: Record<string, (token: string) => { more?: Fields; headers?: Record<string, string>; met: string }> =
      {
        'without a token': () => ({ more: { _csrf: '' }, met: 'form.token' }),
        'with a token of nobody': () => ({ more: { _csrf: 'x'.repeat(43) }, met: 'form.token' }),
        'from another origin': (token) => ({
          more: { _csrf: token },
          headers: { origin: 'https://evil.example' },
          met: 'form.foreign-origin',
        }),
        'from nowhere': (token) => ({
          more: { _csrf: token },
          headers: { origin: 'null' },
          met: 'form.foreign-origin',
        }),
      };

    it.each(Object.keys(forged))('%s is refused at each door, and nothing changes', async (how) => {
      await waiting();
      const before = await kept();
      for (const { route, own } of DOORS.filter(({ route: one }) => isForm(one))) {
        const { browser } = people[own === DONE ? 'own' : 'operator'].citizen;
        const { more = {}, headers, met: refused } = forged[how]?.(await tokenOf(browser)) ?? { met: '' };
        const page = await send(browser, route, more, headers);
        expect([route, page.status, met(page, route)]).toEqual([route, 403, refused]);
      }
      expect(await kept()).toEqual(before);
    });

    it('with the token of another session is refused at each door, an operator’s too', async () => {
      await waiting();
      const before = await kept();
      const operators = await tokenOf(people.operator.citizen.browser);
      const owners = await tokenOf(people.own.citizen.browser);
      for (const { route, own } of DOORS.filter(({ route: one }) => isForm(one))) {
        const [browser, token] =
          own === DONE ? [people.own.citizen.browser, operators] : [people.operator.citizen.browser, owners];
        expect([route, met(await send(browser, route, { _csrf: token }), route)]).toEqual([route, 'form.token']);
      }
      expect(await kept()).toEqual(before);
    });
  });

  it('what is no form of ours is refused by its type; a method that a route has not is not there', async () => {
    await waiting();
    const before = await kept();
    const { browser } = people.operator.citizen;
    const token = await tokenOf(browser);
    for (const { route } of DOORS) {
      const url = await addressOf(route);
      const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
        (method) => !routes().includes(route.replace(/^\w+/, method)),
      );
      for (const method of others) {
        const body = method === 'GET' ? undefined : new URLSearchParams({ _csrf: token }).toString();
        const { status } = await browser.request(method, url, body, { origin: service.origin });
        expect([method, route, status]).toEqual([method, route, 404]);
      }
      if (!isForm(route)) continue;
      for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
        const body = JSON.stringify({ ...(await FORMS[route]?.fields()), _csrf: token });
        const answer = await browser.request('POST', url, body, { 'content-type': type, origin: service.origin });
        expect([route, type, answer.status]).toEqual([route, type, 415]);
      }
    }
    expect(await kept()).toEqual(before);
  });

  it('a change and a secret are there under their own site and for whom they are alone', async () => {
    const { operator, own } = people;
    const change = await waiting();
    const unknown = uuidv7(Date.now());
    for (const { route } of DOORS.filter((one) => one.route.includes(':change'))) {
      for (const path of [`county/changes/${change}`, `${SITE}/changes/${unknown}`, `${SITE}/changes/x`]) {
        const [, tail = ''] = route.split(':change');
        const { browser } = operator.citizen;
        const url = `${service.origin}/console/sites/${path}${tail}`;
        const page = isForm(route)
          ? await browser.post(url, { _csrf: await tokenOf(browser), decision: 'refuse', reason: '理由' })
          : await browser.open(url);
        expect([route, path, met(page, route)]).toEqual([route, path, NOT_THERE]);
      }
    }
    const made = await own.citizen.browser.request(
      'POST',
      `${service.origin}/console/sites/${SITE}/secret`,
      new URLSearchParams({ _csrf: await tokenOf(own.citizen.browser), overlapHours: '24' }).toString(),
      { origin: service.origin },
    );
    const shown = new URL(made.headers.get('location') ?? '', service.origin).href;
    const elsewhere = await operator.citizen.browser.open(shown);
    expect([elsewhere.status, elsewhere.has('#secret')]).toEqual([200, false]);
    expect((await own.citizen.browser.open(shown)).has('#secret')).toBe(true);
    expect((await own.citizen.browser.open(shown)).has('#secret')).toBe(false);
  });

  it('each form does its deed for those to whom it belongs, and leads on to a page', async () => {
    const order = Object.keys(FORMS);
    for (const who of ['own', 'operator'] as const) {
      for (const { route } of DOORS.filter(({ route: one, [who]: meets }) => isForm(one) && meets === DONE).toSorted(
        (a, b) => order.indexOf(a.route) - order.indexOf(b.route),
      )) {
        await waiting();
        const before = await kept();
        expect([who, route, met(await sendOwn(people[who], route), route)]).toEqual([who, route, DONE]);
        expect([who, route, (await kept()) === before]).toEqual([who, route, false]);
      }
    }
  });

  it('six minutes after a login what changes something asks for a proof first, but taking back what one asked for', async () => {
    await waiting();
    const forms = await Promise.all(Object.entries(FORMS).map(async ([route, { fields }]) => [route, await fields()]));
    const filled = Object.fromEntries(forms) as Record<string, Fields>;
    await people.operator.citizen.waits(360);
    for (const { route, operator, later } of DOORS) {
      const { browser } = people[operator === NOT_THERE ? 'own' : 'operator'].citizen;
      const before = await kept();
      const url = await addressOf(route);
      const page = isForm(route)
        ? await browser.post(url, { ...filled[route], _csrf: await tokenOf(browser) })
        : await browser.open(url);
      expect([route, met(page, route), (await kept()) === before]).toEqual([route, later, later !== DONE]);
    }
  });
});
