import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Clock } from '../../shared/clock.js';
import type { EntityName } from '../../shared/entity-name.js';
import { Refusal } from '../../shared/refusal.js';
import type { RefusalCode } from '../../shared/refusal.js';
import { Entities } from '../accounts/entities.service.js';
import type { EntityData } from '../accounts/entities.service.js';
import { EntityChecks } from '../accounts/entity-checks.service.js';
import type { Confirmation } from '../accounts/entity-updates.service.js';
import { RegisterFindings } from './register-findings.service.js';

/** What an entity's register is asked before; a reset by its certificate or its person in charge needs no representative. */
export type StandingAct =
  'reset' | 'reset-without-representative' | 'certificate' | 'deregistration' | 'contact' | 'contact-by-certificate';

interface Bar {
  code: Extract<RefusalCode, `entity.${string}`>;
  holds: (entity: Confirmation) => boolean;
  acts: readonly StandingAct[];
}

/** An entity that has ended may still fetch its data and leave; one whose representative has changed gives nothing away. */
const BARS: readonly Bar[] = [
  {
    code: 'entity.representative-left',
    holds: ({ representativeLeft }) => representativeLeft,
    acts: ['reset', 'certificate', 'deregistration', 'contact'],
  },
  {
    code: 'entity.not-found',
    holds: ({ registerSays }) => registerSays === 'not-found',
    acts: ['reset', 'reset-without-representative', 'certificate', 'contact', 'contact-by-certificate'],
  },
  { code: 'entity.cancelled', holds: ({ registerSays }) => registerSays === 'cancelled', acts: ['certificate'] },
  { code: 'entity.revoked', holds: ({ registerSays }) => registerSays === 'revoked', acts: ['certificate'] },
];

/** While the register does not answer, what it said within a day still counts. */
const GRACE_MS = 24 * 3_600_000;

/** The enterprise register, asked again about an entity that has an account. */
@Injectable()
export class EntityStanding {
  constructor(
    private readonly entities: Entities,
    private readonly checks: EntityChecks,
    private readonly findings: RegisterFindings,
    private readonly clock: Clock,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * Asks now, writes down what it says and tells the entity of a change. Outside of any transaction.
   * @param address the client's; nobody's when nobody waits
   * @returns how the entity stands; `undefined` for what is no entity's account
   * @throws {Refusal} register.unavailable (503) when it does not answer and has not for a day; limit.wait
   */
  async renew(accountId: string, address?: string): Promise<Confirmation | undefined> {
    const entity = await this.entities.find(accountId);
    if (!entity) return undefined;
    try {
      return await this.findings.write(accountId, await this.checks.again(accountId, entity, address));
    } catch (refusal) {
      if (this.isKnown(entity, refusal))
        return { registerSays: entity.says, representativeLeft: entity.representativeLeft };
      throw refusal;
    }
  }

  /**
   * Takes a new name over, once the register says that it is the entity's.
   * @throws {Refusal} register.not-found, .name-differs (with tries left), .unavailable, .closed-till-tomorrow, limit.wait
   */
  async rename(accountId: string, name: EntityName, address: string): Promise<void> {
    const entity = await this.entities.find(accountId);
    if (!entity) return;
    await this.findings.write(accountId, await this.checks.newName({ ...entity, name }, address), name);
  }

  /**
   * Before an act that gives the account away: asks now, and lets nobody do it whom the register no longer names.
   * Nothing is asked about a person's account.
   * @throws {Refusal} entity.representative-left, .not-found, .cancelled, .revoked; register.unavailable, limit.wait
   */
  async require(accountId: string, act: StandingAct, address: string): Promise<void> {
    const now = await this.renew(accountId, address);
    const bar = now && BARS.find(({ acts, holds }) => acts.includes(act) && holds(now));
    if (bar) throw new Refusal(bar.code, { values: { hotline: this.jurisdiction.hotline.number } });
  }

  private isKnown({ askedAt }: EntityData, refusal: unknown): boolean {
    const down = refusal instanceof Refusal && refusal.code === 'register.unavailable';
    return down && this.clock.ms() - askedAt.getTime() < GRACE_MS;
  }
}
