import type { entityReset as zh } from '../zh/entity-reset.js';

export const entityReset: typeof zh = {
  title: 'A new password for a legal entity',
  steps: ['Organisation', 'Who you are', 'New password'],
  another: 'Another organisation, or another way',
  sentTitle: 'Look at the messages',
  representative: {
    intro:
      'Here you set a new password for the account of a legal entity. First enter the unified social credit code: a code goes to the number of the legal representative’s own account.',
    sent: (v) =>
      `If this organisation has an account, a code was sent to the number of its legal representative’s own account. It is valid for ${v.minutes} minutes.`,
    personIntro:
      'A code proves a number, not a person: enter the name and the full ID number of the legal representative too.',
  },
  contact: {
    intro:
      'Here you set a new password for the account of a legal entity, and see its user name. First enter the unified social credit code: a code goes to the account’s contact number.',
    sent: (v) =>
      `If this organisation has an account, a code was sent to its contact number. It is valid for ${v.minutes} minutes.`,
    personIntro:
      'A code proves a number, not a person: enter the name and the full ID number of the legal representative or the person in charge too.',
  },
  byCertificate: 'By digital certificate',
  certificateIntro:
    'A signature of a bound certificate proves the organisation: a new password can be set without a code.',
  passwordIntro: 'All other logins of this account will end.',
};
