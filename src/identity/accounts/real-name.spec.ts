import { fictionalId } from '../../../test/support/fictional-id.js';
import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { GatewayDown } from '../../gateways/outside-party.js';
import { IdentityVerifier } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import type { Comparison, Question } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import { chinaDay, secondsLeftOfChinaDay } from '../../shared/china-time.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import { MemoryShortLived } from '../../storage/memory.short-lived.js';
import { ShortLived } from '../../storage/short-lived.js';
import { Accounts } from './accounts.service.js';
import { Persons } from './persons.service.js';
import { RealName } from './real-name.service.js';

const NAME = PersonName.parse('周舟');
const NUMBER = ResidentId.fromCanonical('131002198707070117');
const SOMEONE = PersonName.parse('刘洋');

describe('real-name verification (R-3.1)', () => {
  let service: RunningService;
  let realName: RealName;
  let asked: Question[];
  let answer: () => Promise<Comparison>;
  let next = 13_400_000_000;

  beforeAll(async () => {
    service = await startService('hubei');
    realName = service.app.get(RealName);
    service.app.get(IdentityVerifier).compare = async (question) => {
      asked.push(question);
      return { answer: await answer(), reference: `R-${question.transaction}` };
    };
  });
  afterAll(async () => service.close());
  beforeEach(() => {
    asked = [];
    service.clock.advance(secondsLeftOfChinaDay(service.clock.now()) + 1);
  });

  const account = async (): Promise<string> =>
    service.app
      .get(Database)
      .transaction(async (tx) =>
        service.app.get(Accounts).createPerson(tx, { phone: Phone.parse(String((next += 1))) }),
      );
  const attempt = async (accountId: string, name: PersonName, idNumber: ResidentId): Promise<Refusal | undefined> =>
    realName.verify({ accountId, name, idNumber, address: '192.0.2.7' }).then(
      () => undefined,
      (refusal: Refusal) => refusal,
    );
  const verify = async (accountId: string, name = NAME, number = NUMBER): Promise<string> =>
    (await attempt(accountId, name, number))?.code ?? 'verified';
  const mismatch = async (): Promise<Comparison> => 'mismatch';

  it('asks the authority five times a day for an account, though many tries come at once', async () => {
    answer = mismatch;
    const id = await account();
    const codes = await Promise.all(Array.from({ length: 7 }, async () => verify(id, NAME, fictionalId())));
    expect(asked).toHaveLength(5);
    expect(codes.filter((code) => code === 'verification.mismatch')).toHaveLength(4);
    expect(codes.filter((code) => code === 'verification.closed-till-tomorrow')).toHaveLength(3);
  });

  it('asks five times a day for one name, with however many numbers, over however many accounts', async () => {
    answer = mismatch;
    const codes = await Promise.all(
      Array.from({ length: 20 }, async () => verify(await account(), NAME, fictionalId())),
    );
    expect(asked).toHaveLength(5);
    expect(codes.filter((code) => code === 'verification.closed-till-tomorrow')).toHaveLength(16);
    expect(await verify(await account(), SOMEONE, fictionalId())).toBe('verification.mismatch');
  });

  it('asks five times a day for one number, with however many names, over however many accounts', async () => {
    answer = mismatch;
    const names = [...'甲乙丙丁戊己庚辛'].map((character) => PersonName.parse(`王${character}`));
    for (const name of names) await verify(await account(), name, NUMBER);
    expect(asked).toHaveLength(5);
    expect(await verify(await account(), SOMEONE, NUMBER)).toBe('verification.closed-till-tomorrow');
  });

  it('opens again on the next China day', async () => {
    answer = mismatch;
    const id = await account();
    for (let tries = 0; tries < 6; tries += 1) await verify(id, NAME, fictionalId());
    expect(await verify(id)).toBe('verification.closed-till-tomorrow');
    service.clock.advance(86_400);
    expect(await verify(id)).toBe('verification.mismatch');
  });

  it('a "no" stands for ten minutes, over all accounts: nobody is asked again, and no try is used', async () => {
    answer = mismatch;
    const [first, second] = [await account(), await account()];
    const refusals = [await attempt(first, NAME, NUMBER), await attempt(first, NAME, NUMBER)];
    expect(refusals.map((refusal) => refusal?.values['left'])).toEqual([4, 4]);
    answer = async () => 'not-found';
    expect(await verify(second)).toBe('verification.mismatch');
    expect(asked).toHaveLength(1);
    const number = fictionalId();
    await verify(second, SOMEONE, number);
    expect(await verify(first, SOMEONE, number)).toBe('verification.not-found');
    expect(asked).toHaveLength(2);
    service.clock.advance(601);
    answer = async () => 'match';
    expect(await verify(first, SOMEONE, number)).toBe('verified');
    expect(asked).toHaveLength(3);
  });

  it('from memory, too, an account at its fifth mismatch is closed', async () => {
    answer = mismatch;
    const [first, second] = [await account(), await account()];
    const number = fictionalId();
    await verify(first, SOMEONE, number);
    for (let tries = 0; tries < 5; tries += 1) await verify(second, NAME, fictionalId());
    expect(await verify(second, SOMEONE, number)).toBe('verification.closed-till-tomorrow');
  });

  it('a match is never remembered, and nothing of it is in the store in plain', async () => {
    answer = async () => 'match';
    const number = fictionalId();
    expect(await verify(await account(), SOMEONE, number)).toBe('verified');
    expect(await verify(await account(), SOMEONE, number)).toBe('verification.id-taken');
    expect(asked).toHaveLength(2);
    answer = mismatch;
    await verify(await account(), NAME, NUMBER);
    const dump = (service.app.get(ShortLived) as MemoryShortLived).dump();
    for (const plain of [NAME, NUMBER, SOMEONE, number]) expect(dump).not.toContain(plain.reveal());
  });

  it('an authority that is down costs no try, is not remembered, and changes nothing', async () => {
    answer = async () => {
      throw new GatewayDown('identity verifier');
    };
    const id = await account();
    for (let tries = 0; tries < 7; tries += 1) expect(await verify(id)).toBe('verification.unavailable');
    expect((await service.app.get(Accounts).standing(id))?.level).toBe(0);
    answer = mismatch;
    expect((await attempt(id, NAME, NUMBER))?.values['left']).toBe(4);
    expect(new Set(asked.map(({ transaction }) => transaction)).size).toBe(8);
  });

  it('a fault of ours is no authority that is down, and costs no try', async () => {
    answer = async () => {
      throw new TypeError('a bug');
    };
    const id = await account();
    await expect(realName.verify({ accountId: id, name: NAME, idNumber: NUMBER, address: '' })).rejects.toThrow(
      'a bug',
    );
    answer = mismatch;
    expect((await attempt(id, NAME, NUMBER))?.values['left']).toBe(4);
  });

  it('R-3.4 of 50 accounts at once one gets the number; the others are told where to go', async () => {
    answer = async () => 'match';
    const ids: string[] = [];
    for (let made = 0; made < 50; made += 1) ids.push(await account());
    const codes = await Promise.all(ids.map(async (id) => verify(id)));
    expect(codes.filter((code) => code === 'verified')).toHaveLength(1);
    expect(codes.filter((code) => code === 'verification.id-taken')).toHaveLength(49);
    const late = await attempt(await account(), NAME, NUMBER);
    expect(late?.values['hotline']).toBeDefined();
  });

  it('a verified account asks the authority nothing; two at once ask once', async () => {
    answer = async () => 'match';
    const id = await account();
    const codes = await Promise.all([verify(id, SOMEONE, fictionalId()), verify(id, SOMEONE, fictionalId())]);
    expect(codes.toSorted()).toEqual(['verification.already-verified', 'verified']);
    expect(await verify(id, SOMEONE, fictionalId())).toBe('verification.already-verified');
    expect(asked).toHaveLength(1);
  });

  it('one that has been at it for two seconds holds up no other for longer, and the other loses no try', async () => {
    const { promise, resolve } = Promise.withResolvers<Comparison>();
    answer = async () => promise;
    const id = await account();
    const first = verify(id, SOMEONE, fictionalId());
    const second = await attempt(id, SOMEONE, fictionalId());
    expect(second).toMatchObject({ code: 'verification.in-progress', status: 429, retryAfter: 2 });
    resolve('match');
    expect(await first).toBe('verified');
    expect(asked).toHaveLength(1);
  });

  it('what is kept: level, method, by whom, when, and the number of the answer, sealed', async () => {
    answer = async () => 'match';
    const id = await account();
    await verify(id, SOMEONE, fictionalId());
    const reference = `R-${asked[0]?.transaction}`;
    expect(await service.app.get(Persons).find(id)).toMatchObject({
      level: 1,
      verifiedMethod: 'id-card',
      verifiedBy: 'identity-verifier',
      verifiedReference: reference,
      verifiedAt: expect.any(Date),
    });
    const [row] = await service.app
      .get(Database)
      .query<{ verified_reference: Buffer }>('select * from natural_persons where account_id = $1', [id]);
    expect(row?.verified_reference.toString('latin1')).not.toContain(reference);
  });

  it('PIPL 31 for a child under 14 nobody is asked; from the birthday on, the authority is', async () => {
    answer = mismatch;
    const id = await account();
    const today = chinaDay(service.clock.now());
    const birthday = `${Number(today.slice(0, 4)) - 14}${today.slice(4)}`;
    const tomorrow = chinaDay(new Date(Date.parse(`${birthday}T12:00:00+08:00`) + 86_400_000));
    expect(await verify(id, NAME, fictionalId(tomorrow))).toBe('verification.under-fourteen');
    expect(asked).toHaveLength(0);
    expect(await verify(id, NAME, fictionalId(birthday))).toBe('verification.mismatch');
    expect(asked).toHaveLength(1);
  });
});
