import type { accountRegister as zh } from '../zh/account-register.js';

export const accountRegister: typeof zh = {
  title: 'Register entry',
  intro: 'What was checked at registration is compared with the register once a day, at login. No login waits for it.',
  stepTitle: 'The register does not confirm this organisation',
  stepIntro: (v) => `${v.site} needs a legal entity that the register confirms. What it says now:`,
  askedAt: 'Last compared',
  answer: 'Result',
  differs: 'Differs: see below',
  says: {
    agrees: 'Agrees',
    'name-differs':
      'The name differs from the registered one. After a change of name enter the new one below: it is updated as soon as the register agrees. Until then, sites get no confirmation of this organisation.',
    cancelled:
      'According to the register this organisation has been cancelled: sites get no confirmation of it any more. You can export the data and close the account.',
    revoked:
      'According to the register the licence of this organisation has been revoked: sites get no confirmation of it any more. Compare again here once it has been restored.',
    'not-found':
      'The register does not know this organisation: for now sites get no confirmation of it. Turn to the registration authority, then compare again here.',
  },
  representativeLeft:
    'The register names another legal representative. The number of the former one no longer counts for this account; until the present one takes over, the password cannot be reset, certificates cannot be changed and the account cannot be closed.',
  takeOver: 'The present representative takes over',
  leave: 'Export the data, close the account',
  newName: 'New name',
  rename: 'Compare and update',
  ask: 'Compare again',
};
