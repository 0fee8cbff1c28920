import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { Refusal } from '../../shared/refusal.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import { SigningKeys } from '../signing-keys.service.js';
import { ClientJudge } from './client-rules.js';
import type { Metadata } from './site-differences.js';
import type { SiteEntity } from './site.entity.js';
import { entryFaults } from './sites-file.js';
import { refusalsOf } from './site-faults.js';
import { siteOf } from './site-metadata.js';

/** Judges what a site would become: refuses it, each fault at its member. */
export type Judge = (row: SiteEntity, after: Metadata) => void;

/** The rules of a sites file, for a change of one site. */
@Injectable()
export class SiteJudge {
  constructor(
    private readonly env: Env,
    private readonly keys: SigningKeys,
    private readonly cipher: ServiceCipher,
  ) {}

  /** Made before a transaction, used in it. @returns a judge that throws Refusal site.* or site-change.sector */
  async ready(): Promise<Judge> {
    const engine = new ClientJudge(await this.keys.jwks());
    const production = this.env.realm === 'production';
    return (row, after) => {
      const entry = { ...after, client_secret: this.secretOf(row) };
      const refusals = refusalsOf(entry, production);
      if (refusals.length > 0) throw Refusal.all(refusals);
      const [said] = entryFaults(entry, production, engine);
      if (said !== undefined) throw new Refusal('site.metadata', { values: { said } });
      if (isOtherSector(row.metadata, after)) throw new Refusal('site-change.sector', { field: 'redirect_uris' });
    };
  }

  private secretOf({ clientId, secret }: SiteEntity): string | undefined {
    return secret ? this.cipher.open('site.secret', clientId, secret) : undefined;
  }
}

/** Another sector would make everybody somebody else to the site. */
function isOtherSector(before: Metadata, after: Metadata): boolean {
  const [one, other] = [siteOf(before), siteOf(after)];
  return one.subjectType === 'pairwise' && one.sector !== other.sector;
}
