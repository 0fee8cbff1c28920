import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { AlipayGateway, AlipayRefused } from '../../gateways/alipay/alipay.gateway.js';
import type { AlipayFault, AlipayPerson } from '../../gateways/alipay/alipay.gateway.js';
import { AlipayUser } from '../../gateways/alipay/alipay-user.js';
import { GatewayDown } from '../../gateways/outside-party.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { Refusal } from '../../shared/refusal.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Records } from '../../storage/records.js';
import { Limits } from '../limits/limits.service.js';
import { AlipayStates } from './alipay-states.service.js';

/** A person as the short-lived store keeps one, sealed. */
interface Kept {
  user: string;
  certified: boolean;
  name?: string;
  idNumber?: string;
  phone?: string;
}

const VISIT = 'alipay-visit';
const LIFE_SECONDS = 20 * 60;
const STATUS: Record<AlipayFault, number> = { 'code-used': 410, clock: 503, untrusted: 502, company: 403 };

const plain = ({ user, certified, name, idNumber, phone }: AlipayPerson): Kept => ({
  user: user.reveal(),
  certified,
  name: name?.reveal(),
  idNumber: idNumber?.reveal(),
  phone: phone?.reveal(),
});

const read = ({ user, certified, name, idNumber, phone }: Kept): AlipayPerson => ({
  user: AlipayUser.fromCanonical(user),
  certified,
  name: name === undefined ? undefined : PersonName.fromCanonical(name),
  idNumber: idNumber === undefined ? undefined : ResidentId.fromCanonical(idNumber),
  phone: phone === undefined ? undefined : Phone.fromCanonical(phone),
});

/** Whom Alipay has logged in for a journey or a session of ours: asked once, kept until something follows from it. */
@Injectable()
export class AlipayVisits {
  constructor(
    private readonly states: AlipayStates,
    private readonly gateway: AlipayGateway,
    private readonly records: Records,
    private readonly limits: Limits,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /**
   * Asks Alipay whom the code is of that has come back, if one has; a reload finds whom it was.
   * @returns nobody when nothing has come back, or too long ago
   * @throws {Refusal} alipay.denied, .code-used, .clock, .untrusted, .company, .unavailable; limit.wait
   */
  async receive(place: string, address: string): Promise<AlipayPerson | undefined> {
    const back = await this.states.take(place);
    if (!back) return this.of(place);
    await this.drop(place);
    if (back.authCode === undefined) throw new Refusal('alipay.denied', { status: 403 });
    const { perAddressHour, serviceHour } = this.jurisdiction.limits.alipay;
    await this.limits.count('alipay', 'address', address, perAddressHour, 'hour');
    await this.limits.count('alipay', 'service', '', serviceHour, 'hour');
    const person = await this.gateway.whose(back.authCode).catch(refused);
    await this.records.put(VISIT, place, plain(person), LIFE_SECONDS);
    return person;
  }

  async of(place: string): Promise<AlipayPerson | undefined> {
    const kept = await this.records.get<Kept>(VISIT, place);
    return kept && read(kept);
  }

  /** @throws {Refusal} alipay.gone (410) */
  async require(place: string): Promise<AlipayPerson> {
    const person = await this.of(place);
    if (!person) throw new Refusal('alipay.gone', { status: 410 });
    return person;
  }

  /** Something has followed from it, or nothing will. */
  async drop(place: string): Promise<void> {
    await this.records.drop(VISIT, place);
  }
}

/** What went wrong there, in words for the person; the cause stays with it, for the log. */
function refused(cause: unknown): never {
  if (cause instanceof AlipayRefused) {
    throw Object.assign(new Refusal(`alipay.${cause.fault}`, { status: STATUS[cause.fault] }), { cause });
  }
  if (cause instanceof GatewayDown) {
    throw Object.assign(new Refusal('alipay.unavailable', { status: 503 }), { cause });
  }
  throw cause;
}
