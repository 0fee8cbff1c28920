import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { GatewayDown } from '../../gateways/outside-party.js';
import { IdentityVerifier } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import type { Comparison } from '../../gateways/identity-verifier/identity-verifier.gateway.js';
import { secondsLeftOfChinaDay } from '../../shared/china-time.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import { Accounts } from './accounts.service.js';
import { RealName } from './real-name.service.js';

const NAME = PersonName.parse('周舟');
const NUMBER = ResidentId.fromCanonical('131002198707070117');

describe('real-name verification (R-3.1)', () => {
  let service: RunningService;
  let realName: RealName;
  let asked: number;
  let answer: () => Promise<Comparison>;
  let next = 13_400_000_000;

  beforeAll(async () => {
    service = await startService('hubei');
    realName = service.app.get(RealName);
    service.app.get(IdentityVerifier).compare = async () => {
      asked += 1;
      return { answer: await answer(), reference: `R-${asked}` };
    };
  });
  afterAll(async () => service.close());
  beforeEach(() => {
    asked = 0;
    service.clock.advance(secondsLeftOfChinaDay(service.clock.now()) + 1);
  });

  const account = async (): Promise<string> =>
    service.app
      .get(Database)
      .transaction(async (tx) =>
        service.app.get(Accounts).createPerson(tx, { phone: Phone.parse(String((next += 1))) }),
      );
  const verify = async (id: string, name = NAME, number = NUMBER): Promise<string> =>
    realName.verify(id, name, number, '192.0.2.7').then(
      () => 'verified',
      (refusal: Refusal) => refusal.code,
    );
  const mismatch = async (): Promise<Comparison> => 'mismatch';

  it('asks the authority five times a day for an account, though many tries come at once', async () => {
    answer = async () => {
      await new Promise((done) => {
        setImmediate(done);
      });
      return 'mismatch';
    };
    const id = await account();
    const codes = await Promise.all(Array.from({ length: 50 }, async () => verify(id)));
    expect(asked).toBe(5);
    expect(codes.filter((code) => code === 'verification.mismatch')).toHaveLength(4);
    expect(codes.filter((code) => code === 'verification.closed-till-tomorrow')).toHaveLength(46);
  });

  it('counts a name and a number over all accounts that try them', async () => {
    answer = mismatch;
    for (let tries = 0; tries < 5; tries += 1) await verify(await account());
    const someone = PersonName.parse('吴童');
    const another = ResidentId.fromCanonical('42010620150601012X');
    expect(await verify(await account(), NAME, another)).toBe('verification.closed-till-tomorrow');
    expect(await verify(await account(), someone, NUMBER)).toBe('verification.closed-till-tomorrow');
    expect(await verify(await account(), someone, another)).toBe('verification.mismatch');
  });

  it('opens again on the next China day', async () => {
    answer = mismatch;
    const id = await account();
    for (let tries = 0; tries < 6; tries += 1) await verify(id);
    expect(await verify(id)).toBe('verification.closed-till-tomorrow');
    service.clock.advance(86_400);
    expect(await verify(id)).toBe('verification.mismatch');
  });

  it('an authority that is down costs no try and changes nothing', async () => {
    answer = async () => {
      throw new GatewayDown('identity verifier');
    };
    const id = await account();
    for (let tries = 0; tries < 7; tries += 1) expect(await verify(id)).toBe('verification.unavailable');
    expect((await service.app.get(Accounts).standing(id))?.level).toBe(0);
    answer = mismatch;
    expect(await verify(id)).toBe('verification.mismatch');
  });

  it('R-3.4 of 50 accounts at once one gets the number; the others are told where to go', async () => {
    answer = async () => 'match';
    const ids: string[] = [];
    for (let made = 0; made < 50; made += 1) ids.push(await account());
    const codes = await Promise.all(ids.map(async (id) => verify(id)));
    expect(codes.filter((code) => code === 'verified')).toHaveLength(1);
    expect(codes.filter((code) => code === 'verification.id-taken')).toHaveLength(49);
    const late = await realName.verify(await account(), NAME, NUMBER, '192.0.2.7').catch((refusal: Refusal) => refusal);
    expect((late as Refusal).values['hotline']).toBeDefined();
  });

  it('a verified account asks the authority nothing', async () => {
    answer = async () => 'match';
    const id = await account();
    const number = ResidentId.fromCanonical('429004199303030104');
    expect(await verify(id, PersonName.parse('黄河'), number)).toBe('verified');
    expect(await verify(id, PersonName.parse('杨柳'), ResidentId.fromCanonical('420704199808150099'))).toBe(
      'verification.already-verified',
    );
    expect(asked).toBe(1);
  });
});
