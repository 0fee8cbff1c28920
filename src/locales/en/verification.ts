import type { zh } from '../zh.js';

export const verification: typeof zh.verification = {
  title: 'Real-name verification',
  intro: 'Before you can do business online, we need to know who you are.',
  demanded: (v) => `${v.site} requires real-name verification before online business.`,
  wished: (v) => `${v.site} recommends real-name verification.`,
  account: (v) => `This verifies the account ${v.phone}.`,
  explanation:
    'Name and ID number are compared with the register of the public security authority. Then they are kept encrypted, shown masked only, and not even you can change them.',
  name: 'Name',
  nameHint: 'Exactly as on your ID card',
  idNumber: 'Resident ID number',
  idNumberHint: '18 characters; the last may be X',
  submit: 'Verify',
  skip: 'Skip this step (no online business for now)',
  decline: (v) => `Not now, return to ${v.site}`,
  help: 'What if it fails?',
  helpText: (v) =>
    `If you have just changed your name or your card, or your name has a rare character, the register may not be up to date. Bring your ID card to a service hall, or call ${v.hotline}.`,
  doneTitle: 'You are verified',
  done: 'You will not need to do this again.',
  raiseTitle: 'Please confirm once more that it is you',
  raiseIntro: (v) =>
    `${v.site} needs a higher level. Your account has it, but you logged in by an SMS code, which shows whose number it is and not who you are.`,
  raiseAccount: (v) => `Account ${v.phone}: enter your password, or verify with Alipay.`,
  raiseSubmit: 'Confirm by password',
  raiseSkip: 'Go on without it',
};
