import type { certificateBindingRefusals as zh } from '../zh/certificate-binding-refusals.js';

export const certificateBindingRefusals: typeof zh = {
  'certificate.too-many':
    'An account holds at most {most} certificates. Unbind one that is no longer used, then bind this one.',
};
