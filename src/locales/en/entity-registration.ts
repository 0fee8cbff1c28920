import type { zh } from '../zh.js';

export const entityRegistration: typeof zh.entityRegistration = {
  title: 'Register a legal entity',
  steps: ['The organisation', 'Confirmation and password', 'Certificate'],
  intro:
    'What you enter is compared with the register of organisations. Representative and person in charge are compared with the register of persons.',
  introRepresentative:
    'What you enter is compared with the register of organisations. The legal representative needs a verified personal account first and confirms by a code in a text message.',
  sessionTitle: 'The present session will end',
  sessionEnds: (v) =>
    `${v.name} is logged in now. Once the legal entity is registered, you are logged in as the entity.`,
  entityType: 'Type of organisation',
  choose: 'Choose',
  entityName: 'Name of the organisation',
  entityNameHint: 'The full name as on the licence or certificate of registration',
  creditCode: 'Unified social credit code',
  creditCodeHint: '18 digits and capital letters',
  representativeName: 'Name of the legal representative',
  representativeIdNumber: 'ID number of the legal representative',
  managerName: 'Name of the person in charge',
  managerIdNumber: 'ID number of the person in charge',
  check: 'Check and continue',
  representativeRegister: "Register the representative's personal account (and come back here)",
  accountTitle: 'Confirmation and password',
  representativeConfirms: 'The legal representative confirms',
  representativeText:
    "The code goes to the number of the legal representative's personal account. A representative who agrees may tell it to whoever fills this in, and to nobody else.",
  representativeSend: 'Send a code to the representative',
  representativeCode: 'Code that the representative received',
  sentToRepresentative: (v) => `A code was sent to the representative's number. It is valid for ${v.minutes} minutes.`,
  userName: 'User name',
  userNameHint: '4 to 20 letters and digits, beginning with a letter; for logging in',
  phone: 'Contact number',
  phoneHint: "For notices, not for logging in. If it is the representative's number, one code is enough",
  correct: 'Correct the details',
};
