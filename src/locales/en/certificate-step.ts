import type { certificateStep as zh } from '../zh/certificate-step.js';

export const certificateStep: typeof zh = {
  bindTitle: 'Bind a certificate',
  bindIntro:
    'The account is registered. If your organisation has a digital certificate, you can bind it now and log in with it from then on.',
  bindSubmit: 'Bind the certificate',
  skip: (v) => `Skip this step (you can bind one later in the ${v.centre.toLowerCase()})`,
  signTitle: 'Confirm with the certificate',
  demanded: (v) => `${v.site} asks for a confirmation by your organisation’s digital certificate before you go on.`,
  wished: (v) =>
    `${v.site} would like a confirmation by your organisation’s digital certificate. You can go on without it, but some business may not be possible.`,
  signIntro: (v) =>
    `Plug in the USB key, pick the signing certificate that is bound to the account of “${v.entity}”, and sign with it.`,
  signSubmit: 'Confirm with the certificate',
  unboundIntro: (v) =>
    `No certificate is bound to the account of “${v.entity}” yet. Bind one in the account first; from there you come back to this page.`,
  bindFirst: 'Bind a certificate',
  bindAnother: 'Bind this certificate',
  decline: (v) => `Without a certificate, return to ${v.site}`,
  goOn: 'Go on without the certificate',
};
