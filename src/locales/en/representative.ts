import type {
  contact as zhContact,
  representative as zh,
  representativeRefusals as zhRefusals,
} from '../zh/representative.js';

export const representative: typeof zh = {
  title: 'Legal representative',
  left: 'The register names another representative now. The number of the former one no longer counts for this account; the present one takes over here.',
  name: 'Name',
  idNumber: 'ID number',
  since: 'Since',
  account: 'Personal account',
  hasAccount: 'Yes; it confirms what the organisation asks',
  noAccount: 'None',
  change: 'Change the representative',
  newTitle: 'The new representative',
  newIntro:
    'The registration authority comes first. What you enter is compared with the register of organisations, name and ID number with the register of persons.',
  newIntroFirst:
    'The registration authority comes first. What you enter is compared with the register of organisations; the new representative needs a verified personal account.',
  newName: 'Name of the new representative',
  newIdNumber: 'ID number of the new representative',
  check: 'Compare and go on',
  confirmTitle: 'The new representative confirms',
  byThem:
    'The code goes to the number of the new representative’s own account. If they agree, they may give it to whoever they charged with this, and to nobody else.',
  byContact: 'The new representative has no account of their own, so the code goes to the contact number.',
  byCertificate: 'The certificate of the organisation has proved this session; no code is needed.',
  submit: 'Change',
  useCertificate: 'Use the certificate of the organisation instead',
  certificateTitle: 'Change the representative by certificate',
  certificateIntro:
    'Sign with a certificate that is bound to the account of the organisation. It takes effect at once; the representative is not asked.',
  otherWays: 'Use another way',
  askText:
    'The representative can log in to their own account and confirm there. They are told by text message and have 72 hours; then come back to this page and finish.',
  waitsText: (v) =>
    `The representative was told by text message. Before ${v.time} they log in to their own account and answer at “Requests to confirm”; then open this page again.`,
  confirmedText: (v) => `Finish the change before ${v.time}.`,
  finish: { representative: 'Finish the change', contact: 'Finish the change' },
  changed: 'The representative is changed',
  changedText: 'Other sessions have ended; the former and the present number were told by text message.',
  back: 'Leave it and go back',
};

export const contact: typeof zhContact = {
  title: 'Contact number',
  intro: 'Messages about this account go here, and codes for a new password; you cannot log in with it.',
  change: 'Change the contact number',
  newTitle: 'The new contact number',
  newIntro: 'First a code proves the new number, then the legal representative confirms.',
  newPhone: 'New contact number',
  next: 'Next',
  confirmTitle: 'The legal representative confirms',
  byThem:
    'The code goes to the number of the representative’s own account. If they agree, they may give it to whoever they charged with this, and to nobody else.',
  byOld:
    'Enter name and ID number of the representative; the code goes to the present contact number. If that number is lost, log in with the certificate of the organisation first.',
  submit: 'Change',
  certificateTitle: 'Change the contact number by certificate',
  changed: 'The contact number is changed',
};

export const representativeRefusals: typeof zhRefusals = {
  'representative.same': 'This is the present representative already; there is nothing to change.',
  'representative.not-bound':
    'This certificate is not bound to the account of your organisation. Use one that is, or another way.',
};
