import { readFile } from 'node:fs/promises';
import { TrustedAuthorities } from '../identity/certificates/trusted-authorities.service.js';
import type { TrustedAuthority } from '../identity/certificates/authority-record.js';
import { CertificateEndings } from '../oidc/certificate-endings.service.js';
import { shownName } from '../shared/pki/certificate.js';
import type { Certificate } from '../shared/pki/certificate.js';
import { Database } from '../storage/transactions.js';
import type { Command } from './commands.js';

const day = (date: Date): string => date.toISOString().slice(0, 10);
const line = (role: string, one: Certificate): string =>
  `  ${role}  ${shownName(one.subjectParts)}  ${one.key.kind}  until ${day(one.notAfter)}  ${one.thumbprint}`;

const lines = (authority: TrustedAuthority): string[] => [
  `${authority.id}  ${authority.name['zh-CN']}  keys in ${authority.keys}`,
  ...authority.anchors.map((one) => line('anchor      ', one)),
  ...authority.intermediates.map((one) => line('intermediate', one)),
  `  credit code in ${authority.codePlaces.map((place) => ('extension' in place ? place.extension : place.attribute)).join(', ')}`,
  `  revocation ${JSON.stringify(authority.revocation)}`,
];

/** Which certificate authorities are trusted. */
export const AUTHORITY_COMMANDS: readonly Command[] = [
  {
    name: 'ca list',
    about: 'the certificate authorities that are trusted',
    run: async (app, _words, say) => {
      for (const { id, name, anchors } of app.get(TrustedAuthorities).all()) {
        say(`${id}  ${name['zh-CN']}  ${anchors.map(({ key }) => key.kind).join(' ')}`);
      }
    },
  },
  {
    name: 'ca show',
    parameters: ['id'],
    about: 'one of them: its certificates, where it writes the credit code, how revocation is asked after',
    run: async (app, [id], say) => {
      const authority = app.get(TrustedAuthorities).get(id as string);
      if (!authority) throw new Error(`no authority ${id} is trusted`);
      lines(authority).forEach(say);
    },
  },
  {
    name: 'ca add',
    parameters: ['file'],
    about: 'trusts the authorities of a file (as AUTHORITIES_FILE); others stay',
    run: async (app, [file], say) => {
      const authorities = app.get(TrustedAuthorities);
      const entries = authorities.check(JSON.parse(await readFile(file as string, 'utf8')));
      await authorities.apply(entries);
      say(`${entries.length} trusted; every process sees it within five seconds`);
    },
  },
  {
    name: 'ca disable',
    parameters: ['id'],
    about: 'trusts an authority no longer, and ends the sessions made with its certificates',
    run: async (app, [id], say) => {
      const done = await app
        .get(Database)
        .transaction(async (tx) => app.get(TrustedAuthorities).disable(tx, id as string));
      if (!done) throw new Error(`no authority ${id} is trusted`);
      await app.get(CertificateEndings).endAuthority(id as string);
      say('disabled; sessions made with its certificates have ended; every process sees it within five seconds');
    },
  },
];
