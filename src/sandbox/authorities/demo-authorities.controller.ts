import { Body, Controller, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CreditCode } from '../../shared/credit-code.js';
import { EntityName } from '../../shared/entity-name.js';
import { assertStrictDer } from '../../shared/pki/der.js';
import { base64Bytes } from '../../shared/pki/intake.js';
import { publicKeyOf } from '../../shared/pki/keys.js';
import { Refusal } from '../../shared/refusal.js';
import { Parsed, parseForm } from '../../web/fields.js';
import { DemoEntities } from '../demo-entities.service.js';
import { DemoCertificates } from './demo-certificates.service.js';
import { DemoAuthorities } from './demo-authorities.service.js';
import { DEFINITIONS } from './fictional-authorities.js';
import type { FictionalId } from './fictional-authorities.js';

/** @throws {Refusal} request.malformed for what is no key of a kind that is certified */
function publicKey(raw: string): Buffer {
  const spki = base64Bytes(raw);
  try {
    if (spki) assertStrictDer(spki);
    if (spki && publicKeyOf(spki).kind !== 'other') return spki;
  } catch {
    // No key at all: the same answer.
  }
  throw new Refusal('request.malformed');
}

/** What an authority's counter would be told. */
export class CertificateOrderForm {
  @Parsed((raw) => EntityName.parse(raw))
  name!: EntityName;

  @Parsed((raw) => CreditCode.parse(raw))
  creditCode!: CreditCode;

  /** SubjectPublicKeyInfo, DER in base64. */
  @Parsed(publicKey)
  publicKey!: Buffer;
}

/** The fictional authorities as the outside meets them: who they are, what they issue, what they have revoked. */
@Controller('sandbox/authorities')
export class DemoAuthoritiesController {
  constructor(
    private readonly authorities: DemoAuthorities,
    private readonly entities: DemoEntities,
    private readonly certificates: DemoCertificates,
  ) {}

  /** Who issues here, and the legal entities that can log in already. */
  @Get()
  all(): object {
    const authorities = this.authorities.ids().map((id) => {
      const { name, nameEn, algorithm } = DEFINITIONS[id];
      return { id, name, nameEn, algorithm };
    });
    const entities = this.entities
      .list()
      .filter(({ state }) => state !== 'cancelled')
      .map(({ name, creditCode }) => ({ name, creditCode }));
    return { authorities, entities };
  }

  /** Issues to whoever asks: a demonstration's counter looks at no licence. */
  @Post(':id/certificates')
  async issue(@Param('id') id: string, @Body() body: unknown): Promise<{ certificates: string[] }> {
    const known = this.known(id);
    const { name, creditCode, publicKey } = parseForm(CertificateOrderForm, body);
    const issued = this.authorities.issue(known, { name: name.reveal(), code: creditCode }, publicKey);
    await this.certificates.bindFirst(creditCode, issued);
    return { certificates: issued.map((der) => der.toString('base64')) };
  }

  @Get(':id/:which.crl')
  list(@Param('id') id: string, @Param('which') which: string, @Res() response: Response): void {
    if (which !== 'root' && which !== 'issuer') throw new NotFoundException();
    response.type('application/pkix-crl').send(this.authorities.list(this.known(id), which));
  }

  private known(id: string): FictionalId {
    const known = this.authorities.ids().find((one) => one === id);
    if (!known) throw new NotFoundException();
    return known;
  }
}
