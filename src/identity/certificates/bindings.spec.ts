import { ALGORITHMS, TestCa } from '../../../test/support/ca.js';
import type { Issued } from '../../../test/support/ca.js';
import { dumpEverything } from '../../../test/support/dump.js';
import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { authoritiesFile, certifies } from '../../../test/support/signing.js';
import { freshDatabase } from '../../../test/support/database.js';
import { stubEnterprises } from '../../gateways/enterprise-register/enterprise-register.stub.js';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { PersonName } from '../../shared/person-name.js';
import { Thumbprint } from '../../shared/pki/thumbprint.js';
import type { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Database } from '../../storage/transactions.js';
import { Accounts } from '../accounts/accounts.service.js';
import { Entities } from '../accounts/entities.service.js';
import { Identifiers } from '../accounts/identifiers.service.js';
import { Closing } from '../closing/closing.service.js';
import { CertificateBindings, MOST_BOUND } from './bindings.service.js';
import type { ProvedCertificate } from './certificate-judge.service.js';
import { TrustedAuthorities } from './trusted-authorities.service.js';

const roots = ALGORITHMS.map((algorithm) => TestCa.root(algorithm, 'Operator root'));
const WUHAN = '武汉示例科技有限公司';
const entry = (name: string) =>
  stubEnterprises().find((one) => one.name === name) as ReturnType<typeof stubEnterprises>[0];
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (refusal: Refusal) => refusal.code,
  );

describe('which certificate opens which account (R-6.1 – R-6.3)', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let service: RunningService;
  let db: Database;
  let bindings: CertificateBindings;

  beforeAll(async () => {
    database = await freshDatabase();
    service = await startService('hubei', { AUTHORITIES_FILE: authoritiesFile(roots), DATABASE_URL: database.url });
    db = service.app.get(Database);
    bindings = service.app.get(CertificateBindings);
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  const company = async (name: string): Promise<string> => {
    const { type, creditCode, representative } = entry(name);
    return db.transaction(async (tx) =>
      service.app.get(Entities).create(tx, {
        type: type as 'enterprise',
        name: EntityName.fromCanonical(name),
        creditCode: CreditCode.fromCanonical(creditCode),
        representative: {
          name: PersonName.fromCanonical(representative.name),
          idNumber: ResidentId.fromCanonical(representative.idNumber),
        },
        checked: { at: service.clock.now(), reference: 'R-1' },
      }),
    );
  };
  const issued = (name = WUHAN, ca = roots[0] as TestCa): Issued => certifies(ca, entry(name));
  const proved = ({ certificate }: Issued, name = WUHAN): ProvedCertificate => {
    const authority = service.app.get(TrustedAuthorities).all()[0] as ProvedCertificate['authority'];
    const creditCode = CreditCode.fromCanonical(entry(name).creditCode);
    return { certificate, chain: [certificate, authority.anchors[0] as never], authority, creditCode, amr: 'swk' };
  };
  const bind = async (account: string, one: ProvedCertificate) =>
    codeOf(db.transaction(async (tx) => bindings.bind(tx, account, one)));
  const unbind = async (account: string, id: string) => db.transaction(async (tx) => bindings.unbind(tx, account, id));
  const close = async (account: string) => db.transaction(async (tx) => service.app.get(Closing).close(tx, account));

  it('R-6.2 binds what carries the account’s code, of 20 at once one; finds it by thumbprint; lists it; seals it', async () => {
    const account = await company(WUHAN);
    const certificate = issued();
    const codes = await Promise.all(Array.from({ length: 20 }, async () => bind(account, proved(certificate))));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes.filter((code) => code === 'certificate.already-bound')).toHaveLength(19);
    const found = await bindings.find(certificate.certificate);
    expect(found).toMatchObject({ accountId: account, holder: WUHAN, amr: 'swk', trusted: true });
    expect(await bindings.list(account)).toEqual([found]);
    expect(await bindings.find(issued().certificate)).toBeUndefined();
    const { thumbprint, serial, der } = { ...certificate, ...certificate.certificate };
    const dump = await dumpEverything({ databaseUrl: database.url });
    for (const plain of [WUHAN, thumbprint, serial, der.toString('base64').slice(40, 80)])
      expect(dump).not.toContain(plain);
    await close(account);
  });

  it('R-6.2 refuses another entity’s certificate, and a person’s account', async () => {
    const account = await company(WUHAN);
    const other = '武昌示例水果店';
    expect(await bind(account, proved(issued(other), other))).toBe('certificate.code-differs');
    expect(await bindings.list(account)).toEqual([]);
    await close(account);
    expect(await bind(account, proved(issued()))).toBe('account.ended');
  });

  it('R-6.2 a certificate that another account holds stays there', async () => {
    const account = await company(WUHAN);
    const elsewhere = await company('武昌示例水果店');
    const certificate = issued();
    await db.transaction(async (tx) =>
      service.app.get(Identifiers).take(tx, elsewhere, 'certificate', Thumbprint.of(certificate.certificate)),
    );
    expect(await bind(account, proved(certificate))).toBe('certificate.bound-elsewhere');
    await Promise.all([account, elsewhere].map(close));
  });

  it('an account holds so many, also of more at once', async () => {
    const account = await company(WUHAN);
    const many = Array.from({ length: MOST_BOUND + 3 }, () => proved(issued()));
    const codes = await Promise.all(many.map(async (one) => bind(account, one)));
    expect(codes.filter((code) => code === 'done')).toHaveLength(MOST_BOUND);
    expect(codes.filter((code) => code === 'certificate.too-many')).toHaveLength(3);
    expect(await bindings.list(account)).toHaveLength(MOST_BOUND);
    await close(account);
  });

  it('unbound, of 20 at once by one, it opens nothing and may be bound again; another account’s is not touched', async () => {
    const account = await company(WUHAN);
    const other = await company('武昌示例水果店');
    const certificate = issued();
    await bind(account, proved(certificate));
    const id = (await bindings.list(account))[0]?.id as string;
    expect(await unbind(other, id)).toBe(false);
    const done = await Promise.all(Array.from({ length: 20 }, async () => unbind(account, id)));
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await bindings.find(certificate.certificate)).toBeUndefined();
    expect(await bind(account, proved(certificate))).toBe('done');
    await Promise.all([account, other].map(close));
  });

  it('PIPL 47 the end of an account frees its certificates and erases what is known of them; a disabled one keeps them', async () => {
    const account = await company(WUHAN);
    const certificate = issued();
    await bind(account, proved(certificate));
    await db.transaction(async (tx) => service.app.get(Accounts).disable(tx, account));
    expect(await bindings.find(certificate.certificate)).toMatchObject({ accountId: account });
    const next = '武昌示例水果店';
    const ending = await company(next);
    const theirs = issued(next);
    await bind(ending, proved(theirs, next));
    await close(ending);
    expect(await bindings.find(theirs.certificate)).toBeUndefined();
    expect(await db.query('select 1 from bound_certificates where account_id = $1', [ending])).toEqual([]);
  });
});
