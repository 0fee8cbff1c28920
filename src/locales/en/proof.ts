import type { zh } from '../zh.js';

export const proof: typeof zh.proof = {
  title: 'Please confirm that it is you',
  intro: (v) =>
    `Account ${v.account}: before you ${v.act}, please confirm once more who you are. A text message proves a number, not a person.`,
  acts: {
    password: 'change the password',
    'user-name': 'set a user name',
    phone: 'change the number',
    'lost-number': 'change the number (old number lost)',
    export: 'export your data',
    deregister: 'close the account',
    'restore-number': 'restore the number',
    confirmation: 'confirm a request as legal representative',
    'certificate-bind': 'bind a digital certificate',
    'certificate-unbind': 'unbind a digital certificate',
    alipay: 'bind or unbind Alipay',
    representative: 'change the legal representative',
    contact: 'change the contact number',
    'site-edit': 'change the registration of a site',
    'site-decision': 'decide a change of a site',
    'site-secret': 'change the secret of a site',
    'site-state': 'disable or enable a site',
    'site-developer': 'add a developer to a site',
    'site-developer-end': 'take a developer’s role back',
  },
  password: 'Password',
  name: 'Name',
  idNumber: 'Resident ID number',
  submit: 'Confirm',
  byIdentity: 'Forgotten the password? Confirm by name and ID number',
  byPassword: 'Confirm by password',
  byAlipay: 'Confirm by Alipay',
  byCertificate: 'Use a bound digital certificate',
  certificateIntro: (v) =>
    `Account ${v.account}: before you ${v.act}, confirm once more who you are. Plug in the USB key and sign with a bound certificate.`,
  back: 'Leave it, go back',
};
