import type { entityStandingRefusals as zh } from '../zh/entity-standing.js';

export const entityStandingRefusals: typeof zh = {
  'entity.representative-left':
    'According to the register, your organisation has another legal representative: the former one can no longer do this. Log in, and let the present one take over in the user centre first. If the register is wrong, turn to the registration authority or call {hotline}.',
  'entity.not-found':
    'The register does not know this organisation any more, so this cannot be done for now. Turn to the registration authority first, or bring the registration certificate to a service hall; {hotline} answers questions.',
  'entity.cancelled':
    'According to the register, this organisation has been cancelled: its certificates cannot be changed any more. You can still log in, export the data and close the account. With questions turn to the registration authority or call {hotline}.',
  'entity.revoked':
    'According to the register, the licence of this organisation has been revoked: its certificates cannot be changed any more. You can still log in, export the data and close the account. Turn to the registration authority first, or call {hotline}.',
};
