import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { shownName } from '../../shared/pki/certificate.js';
import type { Certificate } from '../../shared/pki/certificate.js';
import { certificatesOf } from '../../shared/pki/intake.js';
import { FieldCipher } from '../../storage/field-cipher.js';
import { Database } from '../../storage/transactions.js';
import type { Reader, Tx } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';
import { BoundCertificateEntity } from './bound-certificate.entity.js';
import type { ProvedCertificate } from './certificate-judge.service.js';
import { TrustedAuthorities } from './trusted-authorities.service.js';

/** A certificate that is bound to an account. */
export interface BoundCertificate {
  /** Says nothing of the certificate: safe in a page. */
  id: string;
  accountId: string;
  /** SHA-256 of its DER, hex. */
  thumbprint: string;
  authorityId: string;
  /** As the operator calls it; once it is trusted no longer, as the certificate calls its issuer. */
  authorityName: Readonly<Record<'zh-CN' | 'en', string>>;
  /** Whether its authority is trusted now: without that nobody logs in by it. */
  trusted: boolean;
  /** Whose it is, as it says itself. */
  holder: string;
  /** Hex, as encoded. */
  serial: string;
  notBefore: Date;
  notAfter: Date;
  boundAt: Date;
  /** When it was last known not to be revoked. */
  checkedAt: Date;
  amr: 'hwk' | 'swk';
}

export type BindingOf = Pick<BoundCertificate, 'id' | 'accountId'>;

const MEANING = 'certificate.chain';
const NOTHING = '00000000-0000-0000-0000-000000000000';
export const DAY_MS = 86_400_000;

/** The table of bound certificates: sealed, opened, read. */
@Injectable()
export class BoundCertificates {
  constructor(
    private readonly db: Database,
    private readonly cipher: FieldCipher,
    private readonly authorities: TrustedAuthorities,
    private readonly clock: Clock,
  ) {}

  /** @param blindIndex of its thumbprint */
  async add(tx: Tx, accountId: string, proved: ProvedCertificate, blindIndex: Buffer): Promise<void> {
    const { chain, authority, amr, certificate } = proved;
    const now = this.clock.now();
    const text = chain.slice(0, -1).map(({ der }) => der.toString('base64'));
    await tx.insert(BoundCertificateEntity, {
      id: uuidv7(now.getTime()),
      accountId,
      blindIndex,
      authorityId: authority.id,
      chain: await this.cipher.seal(tx, accountId, MEANING, text.join()),
      amr,
      notAfter: certificate.notAfter,
      boundAt: now,
      checkedAt: now,
      checkDue: new Date(now.getTime() + DAY_MS),
    });
  }

  /** @returns its row, when it was there: of any number of requests at once, one removes it */
  async remove(tx: Tx, accountId: string, id: string): Promise<Pick<BoundCertificateEntity, 'blindIndex'> | undefined> {
    const sql =
      'delete from bound_certificates where id = $1 and account_id = $2 returning blind_index as "blindIndex"';
    const [[row]] = (await tx.query(sql, [id, accountId])) as [{ blindIndex: Buffer }[], number];
    return row;
  }

  async removeAll(tx: Tx, accountId: string): Promise<void> {
    await tx.delete(BoundCertificateEntity, { accountId });
  }

  async count(tx: Tx, accountId: string): Promise<number> {
    return tx.countBy(BoundCertificateEntity, { accountId });
  }

  /** The binding of a certificate that is at hand: nothing is opened for it. */
  async of(accountId: string, certificate: Certificate, blindIndex: Buffer): Promise<BoundCertificate | undefined> {
    const row = await this.db.manager.findOneBy(BoundCertificateEntity, { accountId, blindIndex });
    return row ? this.bound(row, certificate) : undefined;
  }

  /** The account's, the oldest binding first. */
  async list(accountId: string): Promise<BoundCertificate[]> {
    const rows = await this.db.manager.find(BoundCertificateEntity, { where: { accountId }, order: { id: 'asc' } });
    return Promise.all(rows.map(async (row) => this.bound(row, (await this.chainOf(row))[0] as Certificate)));
  }

  /** Bindings of an authority's certificates in the order of their ids. @param after the last one that was seen */
  async ofAuthority(authorityId: string, after: string | undefined, most: number): Promise<BindingOf[]> {
    return this.db.query<BindingOf>(
      `select id, account_id as "accountId" from bound_certificates
       where authority_id = $1 and id > $2 order by id limit $3`,
      [authorityId, after ?? NOTHING, most],
    );
  }

  /** Those whose time has come, the oldest first; until `lease` nobody else gets them. */
  async takeDue(most: number, lease: Date): Promise<BoundCertificateEntity[]> {
    const [rows] = (await this.db.query(
      `update bound_certificates set check_due = $3
       where id in (select id from bound_certificates where check_due <= $1 order by check_due limit $2
                    for update skip locked)
       returning id, account_id as "accountId", chain`,
      [this.clock.now(), most, lease],
    )) as unknown as [BoundCertificateEntity[], number];
    return rows;
  }

  /** It is good today. @param authorityId which may be another entry of the operator's by now */
  async passed(id: string, authorityId: string, checkDue: Date): Promise<void> {
    await this.db.manager.update(
      BoundCertificateEntity,
      { id },
      { authorityId, checkedAt: this.clock.now(), checkDue },
    );
  }

  async askAgain(id: string, checkDue: Date): Promise<void> {
    await this.db.manager.update(BoundCertificateEntity, { id }, { checkDue });
  }

  /** Asks after it again soon: it was seen to be revoked, and whether it is bound is not for the one who sees it. */
  async suspect(accountId: string, blindIndex: Buffer): Promise<void> {
    await this.db.manager.update(BoundCertificateEntity, { accountId, blindIndex }, { checkDue: this.clock.now() });
  }

  /** The certificate and what leads to its anchor, apart from the anchor. */
  async chainOf(row: BoundCertificateEntity, reader: Reader = this.db.manager): Promise<Certificate[]> {
    return certificatesOf(await this.cipher.open(row.accountId, MEANING, row.chain, reader));
  }

  private bound(row: BoundCertificateEntity, certificate: Certificate): BoundCertificate {
    const authority = this.authorities.get(row.authorityId);
    const issuer = shownName(certificate.issuerParts);
    const { id, accountId, authorityId, boundAt, checkedAt, amr } = row;
    const { thumbprint, serial, notBefore, notAfter } = certificate;
    return {
      id,
      accountId,
      thumbprint,
      authorityId,
      authorityName: authority?.name ?? { 'zh-CN': issuer, en: issuer },
      trusted: authority !== undefined,
      holder: shownName(certificate.subjectParts),
      serial,
      notBefore,
      notAfter,
      boundAt,
      checkedAt,
      amr,
    };
  }
}
