import type { alipayRefusals as zh } from '../zh/alipay-refusals.js';

export const alipayRefusals: typeof zh = {
  'alipay.unavailable':
    'Alipay does not answer at the moment. Your account is as it was. Try again in a few minutes, or log in another way.',
  'alipay.untrusted':
    'The answer from Alipay could not be checked and was not used. Your account is as it was. Try again; if that does not help, use another way or call the hotline.',
  'alipay.code-used':
    'This permission from Alipay has been used or is too old. Your account is as it was. Log in at Alipay once more.',
  'alipay.clock':
    'Our clock and that of Alipay differ, so Alipay cannot be used now. Your account is as it was. Use another way, or try again later.',
  'alipay.company': "This is a company's Alipay and cannot be used for a personal account. Use your own Alipay.",
  'alipay.denied':
    'You did not give your permission at Alipay. Your account is as it was. You can try again or use another way.',
  'alipay.other-browser':
    'The login at Alipay did not begin in this browser, so it was not used, and nobody is logged in by it.',
  'alipay.state-used': 'This login at Alipay has been used, is too old or is not whole. It was not used. Start again.',
  'alipay.gone': 'The result of the login at Alipay is too old. Log in at Alipay once more.',
  'alipay.unknown': 'This Alipay belongs to no account yet. Go on to register.',
  'alipay.bound-elsewhere':
    'This Alipay is bound to another account. Log in to that one and unbind it there; if you did not bind it, call the hotline.',
  'alipay.account-has-another':
    'Another Alipay is bound to this account. Log in with that one or by password, unbind it in the user centre, then bind this one.',
  'alipay.person-differs':
    'Alipay knows you by another name or ID number than the one verified here, so nothing was bound. Use your own Alipay.',
  'alipay.uncertified':
    'Alipay gave no certified name and ID number, so nobody can be verified by it. Complete real-name verification at Alipay, or verify by ID card.',
  'alipay.only-way-in':
    'Alipay is the only way into this account and cannot be unbound now. Bind a mobile number first, or log out and choose “Forgotten password” on the login page to set a password.',
  'alipay.not-bound': 'No Alipay is bound to this account any more. This is how things are now.',
  'alipay.not-own':
    'This Alipay is not bound to the account that is logged in. Use the one that is, or confirm in another way.',
  'alipay.password-or-code': 'Enter your password, or get a code by SMS and enter it.',
};
