import type { certificateRefusals as zh } from '../zh/certificate-refusals.js';

export const certificateRefusals: typeof zh = {
  'certificate.missing':
    'No certificate arrived. Plug in the USB key and pick your organisation’s certificate from the list.',
  'certificate.malformed':
    'What arrived is not a whole certificate. Pick the certificate again with the certificate assistant, or ask the authority that issued it.',
  'certificate.weak':
    'The algorithm or the key of this certificate is too weak to be used. Get a new certificate from the authority “{authority}”.',
  'certificate.untrusted':
    'The authority “{authority}” that issued this certificate is not among those trusted in this province. Use another certificate, or ask the authority.',
  'certificate.forged':
    'The authority’s signature on this certificate does not hold, so it cannot be used. Please contact the authority “{authority}”.',
  'certificate.not-yet-valid': 'This certificate is valid from {from} on. Use it then, or use another one.',
  'certificate.expired':
    'This certificate expired on {until}. Renew it at the authority “{authority}”, then come back to bind it.',
  'certificate.wrong-use':
    'This certificate is not meant for signing (it may be the encryption certificate). Pick the signing certificate from the list.',
  'certificate.unsupported':
    'This certificate carries a restriction that we cannot process. Please contact the authority “{authority}”.',
  'certificate.revoked':
    'This certificate has been revoked by the authority “{authority}”. Get a new certificate there.',
  'certificate.revocation-unknown':
    'We cannot find out at the moment whether this certificate has been revoked. Try again in a few minutes, or log in by password.',
  'certificate.code-missing':
    'This certificate holds no unified social credit code. Pick your organisation’s certificate, or have it replaced at the authority “{authority}”.',
  'certificate.code-ambiguous':
    'This certificate holds two different unified social credit codes. Have it replaced at the authority “{authority}”.',
  'certificate.code-differs':
    'This certificate belongs to another organisation: its unified social credit code is not this account’s. Pick your own organisation’s certificate.',
  'certificate.not-bound':
    'This certificate is not bound to your organisation’s account yet. You can bind it after a proof by password or by another bound certificate.',
  'certificate.no-account':
    'The organisation of this certificate has no legal-entity account yet. Register first; then you can bind this certificate.',
  'certificate.not-own':
    'This certificate is not bound to the account that is logged in now. Pick one that is; to use this one, bind it in the account first.',
  'certificate.not-waiting':
    'Another certificate is now waiting to be bound. Check the one on the page, then enter the password again.',
  'certificate.bound-elsewhere': 'This certificate is bound to another account. Unbind it there first.',
  'certificate.already-bound':
    'This certificate is bound to this account already. There is nothing left to do: log in with it.',
  'challenge.missing': 'The text to be signed did not arrive. Reload the page and sign again.',
  'challenge.used': 'This text has been signed and used already. Sign the new one on the page.',
  'challenge.expired': 'The text to be signed has expired (it lasts 3 minutes). Sign the new one on the page.',
  'challenge.not-yours': 'This text to be signed does not belong to this page. Sign the new one on the page.',
  'signature.missing': 'No signature arrived. Sign with the certificate assistant, then send the form.',
  'signature.malformed':
    'The signature that arrived is not in a form we can read. Sign again with the certificate assistant.',
  'signature.invalid':
    'The signature does not hold: another certificate was used, or another text was signed. Pick the certificate and sign again.',
};
