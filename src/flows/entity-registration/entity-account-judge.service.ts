import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { UserNameTries } from '../../identity/accounts/user-name-tries.service.js';
import { Password } from '../../identity/credentials/password.js';
import { Passwords } from '../../identity/credentials/passwords.service.js';
import { Limits } from '../../identity/limits/limits.service.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import type { SecretText } from '../../shared/secret-text.js';
import { UserName } from '../../shared/user-name.js';
import type { EntityAccountForm } from './entity-account.form.js';
import { EntityDrafts } from './entity-draft.service.js';

/** The second page's fields, each as it should be. */
export interface JudgedAccount {
  passwordHash: SecretText;
  userName?: UserName;
  phone?: Phone;
}

/** Judges the second page before any code is tried, all faults at once: a form refused for them spends no try. */
@Injectable()
export class EntityAccountJudge {
  constructor(
    private readonly drafts: EntityDrafts,
    private readonly passwords: Passwords,
    private readonly userNames: UserNameTries,
    private readonly limits: Limits,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @throws {Refusal} password.*, user-name.*, phone.*, agreement.*, limit.wait */
  async judge(cid: string, form: EntityAccountForm, address: string): Promise<JudgedAccount> {
    const refusals: Refusal[] = [];
    const read = async <T>(work: () => T | Promise<T>): Promise<T | undefined> => {
      try {
        return await work();
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        refusals.push(refusal);
        return undefined;
      }
    };
    const own = !this.jurisdiction.representativeFirst;
    const userName = own ? await read(async () => this.userName(cid, form, address)) : undefined;
    const phone = own ? await read(() => Phone.parse(form.phone ?? '')) : undefined;
    const passwordHash = await read(async () => this.keepPassword(cid, form, address));
    await read(async () => (own ? this.agreedBefore(cid) : this.agreed(form)));
    if (refusals.length > 0) throw Refusal.all(refusals);
    return { passwordHash: passwordHash as SecretText, userName, phone };
  }

  /** Hashes what was typed, which is counted; an empty field means the password from before. @throws {Refusal} password.* */
  async keepPassword(cid: string, { password, phone }: EntityAccountForm, address: string): Promise<SecretText> {
    const { passwordHash } = await this.drafts.of(cid);
    if (password.reveal() === '' && passwordHash) return passwordHash;
    const chosen = Password.parse(password.reveal(), this.numberOf(phone));
    const { perAddressHour, serviceHour } = this.jurisdiction.limits.registration;
    await this.limits.count('registration', 'address', address, perAddressHour, 'hour');
    await this.limits.count('registration', 'service', '', serviceHour, 'hour');
    const hash = await this.passwords.hash(chosen);
    await this.drafts.keepPassword(cid, hash);
    return hash;
  }

  /** The contact number, which the password may not be; whether it is one is told elsewhere. */
  private numberOf(typed = ''): Phone | undefined {
    try {
      return Phone.parse(typed);
    } catch {
      return undefined;
    }
  }

  private async userName(cid: string, form: EntityAccountForm, address: string): Promise<UserName> {
    const name = UserName.parse(form.userName ?? '');
    await this.userNames.judgeNew(cid, name, address);
    return name;
  }

  /** Accepted with the first page: it may have changed meanwhile. */
  private async agreedBefore(cid: string): Promise<void> {
    const { checked } = await this.drafts.of(cid);
    if (checked?.agreementVersion !== this.jurisdiction.agreement.version)
      throw new Refusal('entity.agreement-outdated');
  }

  private agreed({ agreement, agreementVersion }: EntityAccountForm): void {
    if (agreementVersion !== this.jurisdiction.agreement.version)
      throw new Refusal('agreement.outdated', { field: 'agreement' });
    if (agreement !== 'yes') throw new Refusal('agreement.not-accepted', { field: 'agreement' });
  }
}
