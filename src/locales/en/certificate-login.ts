import type { certificateLogin as zh } from '../zh/certificate-login.js';

export const certificateLogin: typeof zh = {
  intro:
    'Plug in the USB key, pick the signing certificate that is bound to your organisation’s account, and sign with it.',
  submit: 'Log in with the certificate',
  replaceTitle: 'The certificate is good: bind it to log in with it',
  replace: 'Bind this certificate',
  registerTitle: 'The certificate is good: register first, then bind it',
  register: 'Register a legal-entity account',
  replacementTitle: 'Bind a new certificate',
  replacementIntro: (v) =>
    `This certificate belongs to “${v.entity}” and is not bound to its legal-entity account yet. Give one more proof to bind it and log in; certificates that are bound already stay so.`,
  facts: { authority: 'Authority', until: 'Valid until', serial: 'Last four of the serial number' },
  password: 'Password of the legal-entity account',
  replacementSubmit: 'Bind and log in',
  byPassword: 'Prove it by password',
  byCertificate: 'Prove it by another bound certificate',
  otherIntro: 'Plug in the USB key, pick another signing certificate that is bound to this account, and sign with it.',
  back: 'Do not bind, back to login',
};
