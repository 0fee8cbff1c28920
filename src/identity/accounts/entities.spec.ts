import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { stubEnterprises } from '../../gateways/enterprise-register/enterprise-register.stub.js';
import { secondsLeftOfChinaDay } from '../../shared/china-time.js';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import { Closing } from '../closing/closing.service.js';
import { Accounts } from './accounts.service.js';
import { Entities } from './entities.service.js';
import { EntityChecks } from './entity-checks.service.js';
import type { EntityClaims } from './entity-checks.service.js';
import { HeldDataOfAccounts } from './held-data.service.js';
import { Profiles } from './profiles.service.js';

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (refusal: Refusal) => refusal.code,
  );

/** The fictional entity that is named so. */
function claims(name: string, more: Partial<EntityClaims> = {}): EntityClaims {
  const known = stubEnterprises().find((one) => one.name === name);
  if (!known) throw new Error(`no ${name} in the register`);
  return {
    type: known.type as EntityClaims['type'],
    name: EntityName.fromCanonical(known.name),
    creditCode: CreditCode.fromCanonical(known.creditCode),
    representative: {
      name: PersonName.fromCanonical(known.representative.name),
      idNumber: ResidentId.fromCanonical(known.representative.idNumber),
    },
    ...more,
  };
}

const WUHAN = '武汉示例科技有限公司';
const somebody = {
  name: PersonName.fromCanonical('张三'),
  idNumber: ResidentId.fromCanonical('420106199003071019'),
};

describe('legal entities (R-5)', () => {
  let service: RunningService;
  let db: Database;
  let entities: Entities;
  let address = 0;
  const check = async (claim: EntityClaims): Promise<string> =>
    codeOf(service.app.get(EntityChecks).check(claim, `192.0.2.${(address += 1)}`));
  const create = async (name: string, more: { phone?: Phone; representativeAccount?: string } = {}) =>
    db.transaction(async (tx) =>
      entities.create(tx, { ...claims(name), checked: { at: service.clock.now(), reference: 'R-1' }, ...more }),
    );

  beforeAll(async () => {
    service = await startService('hubei');
    db = service.app.get(Database);
    entities = service.app.get(Entities);
  });
  afterAll(async () => service.close());
  beforeEach(() => {
    service.clock.advance(secondsLeftOfChinaDay(service.clock.now()) + 1);
  });

  it.each([
    ['done', claims(WUHAN)],
    ['entity-type.unsuited', claims(WUHAN, { type: 'cooperative' })],
    ['register.not-found', claims(WUHAN, { creditCode: CreditCode.fromCanonical('91420100MA4KABC22H') })],
    ['register.name-differs', claims(WUHAN, { name: EntityName.fromCanonical('武汉示范科技有限公司') })],
    ['register.representative-differs', claims(WUHAN, { representative: somebody })],
    ['register.cancelled', claims('已注销示例有限公司')],
    ['register.revoked', claims('已吊销示例有限公司')],
    ['register.unavailable', claims('无应答示例有限公司')],
  ])('R-5.3 the register decides: %s', async (answer, claim) => {
    expect(await check(claim)).toBe(answer);
  });

  it('R-5.3 that one is struck off is told to nobody who does not know its representative', async () => {
    expect(await check(claims('已注销示例有限公司', { representative: somebody }))).toBe(
      'register.representative-differs',
    );
  });

  it('asks five times a day about a code that does not agree, from wherever; a register that is down costs no try', async () => {
    const wrong = claims(WUHAN, { representative: somebody });
    const codes = await Promise.all(Array.from({ length: 20 }, async () => check(wrong)));
    expect(codes.filter((code) => code === 'register.representative-differs')).toHaveLength(4);
    expect(await check(claims(WUHAN))).toBe('register.closed-till-tomorrow');
    for (let tries = 0; tries < 7; tries += 1)
      expect(await check(claims('无应答示例有限公司'))).toBe('register.unavailable');
    service.clock.advance(86_400);
    expect(await check(claims(WUHAN))).toBe('done');
  });

  it('R-5.1 gives a code to one account, of 50 that are asked for at once', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, async () => codeOf(create('武昌示例水果店'))));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes.filter((code) => code === 'entity.taken')).toHaveLength(49);
  });

  it('R-1.4 is an account of its own kind, level 1, masked on pages and sealed in the database', async () => {
    const id = await create(WUHAN);
    expect(await service.app.get(Accounts).standing(id)).toMatchObject({ kind: 'entity', level: 1, state: 'active' });
    expect(await service.app.get(Profiles).of(id)).toMatchObject({
      maskedName: WUHAN,
      entity: { type: 'enterprise', maskedCreditCode: '9142************1X', maskedRepresentative: '李*' },
    });
    const [row] = await db.query<Record<string, unknown>>('select * from legal_entities where account_id = $1', [id]);
    const stored = JSON.stringify(row, (_key, value: { type?: string; data?: number[] } | string) =>
      typeof value === 'object' && value?.type === 'Buffer' ? Buffer.from(value.data ?? []).toString() : value,
    );
    for (const plain of [WUHAN, '91420100MA4KABC11X', '李四', '420106198506121028'])
      expect(stored).not.toContain(plain);
    expect((await service.app.get(HeldDataOfAccounts).of(id)).entity?.creditCode.reveal()).toBe('91420100MA4KABC11X');
  });

  it('R-5.1 is told at its contact number, or at its representative’s; closed, it frees its code and is known no more', async () => {
    const phone = Phone.parse('13811112222');
    const representativeAccount = await db.transaction(async (tx) =>
      service.app.get(Accounts).createPerson(tx, { phone }),
    );
    const id = await create('湖北示例图书馆', { representativeAccount });
    expect((await service.app.get(Profiles).phoneOf(id))?.reveal()).toBe(phone.reveal());
    const contact = Phone.parse('13811113333');
    const other = await create('示例市数据局', { representativeAccount, phone: contact });
    expect((await service.app.get(Profiles).phoneOf(other))?.reveal()).toBe(contact.reveal());
    const close = async (one: string) => db.transaction(async (tx) => service.app.get(Closing).close(tx, one));
    expect((await close(id)).phone?.reveal()).toBe(phone.reveal());
    expect((await close(other)).phone?.reveal()).toBe(contact.reveal());
    expect(await entities.find(id)).toBeUndefined();
    expect(await codeOf(create('湖北示例图书馆'))).toBe('done');
  });
});
