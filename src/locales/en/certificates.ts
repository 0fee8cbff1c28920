import type { zh } from '../zh.js';

export const certificates: typeof zh.certificates = {
  title: 'Digital certificates',
  intro:
    'Logging in with a bound certificate opens what asks for the highest authentication level. A certificate is bound to one account; an account may hold several.',
  noneTitle: 'No certificate is bound yet',
  none: 'Have your organisation’s USB key at hand and choose “Bind a certificate”. Without one you still log in by password, but what asks for a certificate stays closed.',
  certificate: 'Certificate',
  authority: 'Authority',
  serial: 'End of serial number',
  until: 'Valid until',
  boundAt: 'Bound on',
  act: 'Action',
  states: {
    valid: () => 'Valid',
    'not-yet': () => 'Not valid yet',
    expiring: (v) => `${v.days === 1 ? 'One day' : `${v.days} days`} left`,
    expired: () => 'Expired; it cannot log in',
    untrusted: () => 'Its authority is trusted no longer; it cannot log in',
  },
  warnings: {
    expiring: {
      title: 'A certificate expires soon',
      text: 'Renew it at its authority first, then bind the new one here. After its last day the old one cannot log in and may be unbound.',
    },
    expired: {
      title: 'A certificate has expired',
      text: 'It cannot log in any more. Renew it at its authority, bind the new one here and unbind the old one.',
    },
    untrusted: {
      title: 'The authority of a certificate is trusted no longer in this province',
      text: 'Its certificates cannot log in any more. Get one of another authority, bind it here and unbind the old one.',
    },
  },
  news: {
    bound: 'The certificate is bound. You can log in with it from now on.',
    unbound:
      'The certificate is unbound and cannot log in any more. Wherever else a certificate was used to log in, that has ended.',
  },
  add: 'Bind a certificate',
  goOn: (v) => `Continue to ${v.site}`,
  addAnother: 'Bind a new certificate',
  unbind: 'Unbind',
  acts: { 'certificate-bind': 'Bind a certificate', 'certificate-unbind': 'Unbind a certificate' },
  steps: ['SMS code', 'Certificate'],
  codeIntro: {
    'certificate-bind': (v) =>
      `Before a certificate is bound to ${v.entity}, get an SMS code. It is sent to ${v.phone}; ask whoever receives it.`,
    'certificate-unbind': (v) =>
      `Before this certificate of ${v.entity} is unbound, get an SMS code. It is sent to ${v.phone}; ask whoever receives it.`,
  },
  unbindText:
    'After this, nobody logs in with it any more, and wherever a certificate was used to log in, that ends. It can be bound again when needed.',
  next: 'Next',
  signIntro: (v) =>
    `Plug in the USB key, pick the certificate of ${v.entity} and sign with it. Its unified social credit code has to be this account’s.`,
  submit: 'Bind the certificate',
  back: 'Back to the list of certificates',
};
