import type { certificateBindingRefusals as zh } from '../zh/certificate-binding-refusals.js';

export const certificateBindingRefusals: typeof zh = {
  'certificate.too-many':
    'An account holds at most {most} certificates. Unbind one that is no longer used, then bind this one.',
  'certificate.unknown':
    'This certificate is not on the list any more; it may have been unbound elsewhere. The list below is the present one.',
  'certificate.no-number':
    'The account has no number that a code could be sent to. Update the legal representative or the contact number first, or call {hotline}.',
};
