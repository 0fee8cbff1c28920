import { jest } from '@jest/globals';
import { GatewayDown, NotTaken, OutsideParty } from './outside-party.js';

const refused = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });

describe('an outside party', () => {
  let asked = 0;
  let ahead = 0;
  const fails = async (): Promise<never> => {
    asked += 1;
    throw new Error('down');
  };
  const downOf = async (work: Promise<unknown>): Promise<GatewayDown> =>
    work.catch((error: GatewayDown) => error) as never;

  beforeEach(() => {
    asked = 0;
    ahead = 0;
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
  });
  afterEach(() => jest.restoreAllMocks());

  it('is asked nothing for ten seconds after five failures in a row, then by one for all', async () => {
    const party = new OutsideParty('x');
    for (let tries = 0; tries < 8; tries += 1) await expect(party.ask(fails)).rejects.toThrow(GatewayDown);
    expect(asked).toBe(5);
    ahead = 11_000;
    await Promise.allSettled(Array.from({ length: 20 }, async () => party.ask(fails)));
    expect(asked).toBe(6);
    ahead = 22_000;
    expect(await party.ask(async () => 'up')).toBe('up');
    expect(await party.ask(async () => 'up')).toBe('up');
  });

  it('a crowd does not wait for the one that asks again', async () => {
    const party = new OutsideParty('x');
    for (let tries = 0; tries < 5; tries += 1) await downOf(party.ask(fails));
    ahead = 11_000;
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = party.ask(async () => promise);
    await expect(party.ask(async () => 'second')).rejects.toThrow(GatewayDown);
    resolve('up');
    expect(await first).toBe('up');
    expect(await party.ask(async () => 'third')).toBe('third');
  });

  it('is asked once more when there was no connection, and never when something has left', async () => {
    let tries = 0;
    const later = async (): Promise<string> => {
      tries += 1;
      if (tries === 1) throw refused;
      return 'up';
    };
    expect(await new OutsideParty('x').ask(later)).toBe('up');
    expect(tries).toBe(2);
    await downOf(new OutsideParty('x').ask(fails));
    expect(asked).toBe(1);
  });

  it('takes a late answer for none, ends the question, and counts it as a failure', async () => {
    const party = new OutsideParty('x', 20);
    const ended: boolean[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      const down = await downOf(
        party.ask(async (signal) => new Promise(() => signal.addEventListener('abort', () => ended.push(true)))),
      );
      expect(down).toBeInstanceOf(GatewayDown);
      expect(down.mayHaveArrived).toBe(tries < 5);
    }
    expect(ended).toHaveLength(5);
  });

  it.each([
    ['nothing has left', refused, false],
    ['the other side did nothing', new NotTaken('Throttling.User'), false],
    ['the answer was lost', Object.assign(new TypeError('fetch failed'), { cause: { code: 'UND_ERR_SOCKET' } }), true],
    ['the answer was no answer', new SyntaxError('not JSON'), true],
  ])('says whether what was asked may have been done: %s', async (_what, error, mayHaveArrived) => {
    const down = await downOf(
      new OutsideParty('x').ask(async () => {
        throw error;
      }),
    );
    expect(down).toMatchObject({ mayHaveArrived, cause: error });
  });
});
