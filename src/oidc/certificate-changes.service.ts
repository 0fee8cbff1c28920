import { Injectable } from '@nestjs/common';
import { Entities } from '../identity/accounts/entities.service.js';
import { CertificateBindings } from '../identity/certificates/bindings.service.js';
import type { ProvedCertificate } from '../identity/certificates/certificate-judge.service.js';
import { Notices } from '../identity/notices/notices.service.js';
import { Database } from '../storage/transactions.js';
import type { Tx } from '../storage/transactions.js';
import { CertificateEndings } from './certificate-endings.service.js';
import { Sessions } from './sessions.service.js';

type Told = 'certificate-bound' | 'certificate-unbound' | 'certificate-revoked';

const nothing = async (): Promise<void> => undefined;

/** What follows whenever an account's certificates change, in one place (DESIGN 6). */
@Injectable()
export class CertificateChanges {
  constructor(
    private readonly db: Database,
    private readonly bindings: CertificateBindings,
    private readonly entities: Entities,
    private readonly notices: Notices,
    private readonly endings: CertificateEndings,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Binds a certificate that has proved itself for this account, which is told.
   * @param within what belongs to the same commit, a proof that is used up above all
   * @throws {Refusal} as `CertificateBindings.bind`, and nothing has changed
   */
  async add(
    accountId: string,
    proved: ProvedCertificate,
    within: (tx: Tx) => Promise<unknown> = nothing,
  ): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.bindings.bind(tx, accountId, proved);
      await within(tx);
      await this.tell(tx, accountId, 'certificate-bound');
    });
  }

  /** As `add`, in a session, which gains its means. @throws {Refusal} as `CertificateBindings.bind` */
  async bind(
    { accountId, uid }: { accountId: string; uid: string },
    proved: ProvedCertificate,
    within?: (tx: Tx) => Promise<unknown>,
  ): Promise<void> {
    await this.add(accountId, proved, within);
    await this.sessions.gain(uid, proved.amr);
  }

  /**
   * Unbinds one: from the commit on nothing that a certificate of the account has made counts, and it ends; the account
   * is told. The session that asks for it goes on by what else it was proved by, or ends as well.
   * @param why its owner's wish, or its authority's word @param how.uid the session that asks
   * @param how.within what belongs to the same commit
   * @returns whether it was there: of any number at once, one unbinds it
   */
  async unbind(
    accountId: string,
    id: string,
    why: Exclude<Told, 'certificate-bound'>,
    { uid, within = nothing }: { uid?: string; within?: (tx: Tx) => Promise<unknown> } = {},
  ): Promise<boolean> {
    const done = await this.db.transaction(async (tx) => {
      if (!(await this.bindings.unbind(tx, accountId, id, why))) return false;
      await within(tx);
      await this.endings.promise(tx, accountId);
      await this.tell(tx, accountId, why);
      return true;
    });
    if (!done) return false;
    await this.endings.endNow(accountId, uid);
    return true;
  }

  /** A representative may stand for several entities: the message names this one. */
  private async tell(tx: Tx, account: string, purpose: Told): Promise<void> {
    const object = (await this.entities.find(account, tx))?.name.reveal();
    await this.notices.tell(tx, { account, purpose, object });
  }
}
