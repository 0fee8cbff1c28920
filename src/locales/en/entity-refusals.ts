import type { entityRefusals as zh } from '../zh/entity-refusals.js';

export const entityRefusals: typeof zh = {
  'credit-code.missing': 'Enter the unified social credit code.',
  'credit-code.malformed':
    'A unified social credit code has 18 digits and capital letters, none of them I, O, S, V or Z. Compare it with the business licence.',
  'credit-code.checksum':
    'One character of the unified social credit code is wrong. Compare it with the business licence, one by one.',
  'credit-code.fifteen-digits':
    'This is an old registration number of 15 digits, which is no longer used. Have the licence reissued with the 18-character unified social credit code first, then register.',
  'entity-name.missing': 'Enter the name of the organisation.',
  'entity-name.malformed':
    'The name of an organisation has letters, digits, brackets and the like only. Enter it as on the licence or certificate of registration.',
  'entity-name.too-long':
    'The name is too long: 100 characters at most. Enter it as on the licence or certificate of registration.',
};
