import type { entityResetRefusals as zh } from '../zh/entity-reset-refusals.js';

export const entityResetRefusals: typeof zh = {
  'entity-reset.over':
    'This proof has been used, or its certificate is bound no more; the password has not been changed. Please start again at “Organisation”.',
  'entity-reset.not-bound':
    'This certificate is not bound to an account, so it resets no password. Use one that is bound, or a code sent to your representative or contact.',
  'proof.speaker-wrong':
    'The name or the ID number differs from the account’s. Compare them with the ID card; {left} tries are left today.',
};
