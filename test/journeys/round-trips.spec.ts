import { jest } from '@jest/globals';
import { Unavailable } from '../../src/shared/refusal.js';
import { ShortLived } from '../../src/storage/short-lived.js';
import { startProtocol } from '../support/protocol.js';
import type { Protocol } from '../support/protocol.js';
import type { Login, TestSite } from '../support/site.js';

/** Answers only once all of them have begun: who asks for one after the other waits for ever. */
function together(count: number): () => Promise<void> {
  let all!: () => void;
  const begun = new Promise<void>((done) => {
    all = done;
  });
  let left = count;
  return async () => {
    if ((left -= 1) === 0) all();
    await begun;
  };
}

describe('round trips to the short-lived store (PERFORMANCE 4)', () => {
  let at: Protocol<'site'>;
  let site: TestSite;
  let store: ShortLived;
  let login: Login;

  beforeAll(async () => {
    at = await startProtocol({ site: {} });
    site = at.sites.site;
    store = at.service.app.get(ShortLived);
    await at.asks(site, { prompt: 'none' });
    login = site.lastLogin;
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(async () => at.close());

  const kindOf = (key: string) => key.split(':')[1] ?? '';
  const userinfo = async (): Promise<number> =>
    (
      await fetch(`${at.service.origin}/oidc/userinfo`, {
        headers: { authorization: `Bearer ${login.tokens.access_token}` },
      })
    ).status;

  it('a token’s session and grant are asked for together with the time since when its account counts', async () => {
    const met = together(3);
    const [get, getFields] = [store.get.bind(store), store.getFields.bind(store)];
    jest.spyOn(store, 'get').mockImplementation(async (key) => {
      if (['valid-from', 'Grant'].includes(kindOf(key))) await met();
      return get(key);
    });
    jest.spyOn(store, 'getFields').mockImplementation(async (key, names) => {
      await met();
      return getFields(key, names);
    });
    expect(await userinfo()).toBe(200);
  });

  it('a token is written together with its grant’s index of it', async () => {
    const met = together(2);
    const [set, addMember] = [store.set.bind(store), store.addMember.bind(store)];
    const order: string[] = [];
    const meet = async (name: string): Promise<void> => {
      order.push(name);
      if (order.length <= 2) await met();
    };
    jest.spyOn(store, 'addMember').mockImplementation(async (...member) => {
      await meet('index');
      return addMember(...member);
    });
    jest.spyOn(store, 'set').mockImplementation(async (...value) => {
      if (kindOf(value[0]) === 'AuthorizationCode') await meet('code');
      return set(...value);
    });
    expect((await at.asks(site, { prompt: 'none' })).title).toBe('logged in');
    expect(order.slice(0, 2)).toEqual(['index', 'code']);
  });

  it('a store that is away meanwhile is a 503, and nothing worse', async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', note);
    const get = store.get.bind(store);
    jest.spyOn(store, 'getFields').mockRejectedValue(new Unavailable('redis'));
    jest.spyOn(store, 'get').mockImplementation(async (key) => {
      if (kindOf(key) === 'valid-from') await new Promise((done) => setImmediate(done));
      return kindOf(key) === 'Grant' ? Promise.reject(new Unavailable('redis')) : get(key);
    });
    expect(await userinfo()).toBe(503);
    jest.restoreAllMocks();
    expect(await userinfo()).toBe(200);
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
  });
});
