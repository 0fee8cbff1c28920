import type { alipay as zh } from '../zh/alipay.js';

export const alipay: typeof zh = {
  logIn: 'Log in by Alipay',
  register: 'Register by Alipay',
  levelWay: 'Verify by Alipay: advanced verification',
  raise: 'Verify by Alipay',
  failedTitle: 'The login at Alipay was not completed',
  raiseFailedTitle: 'Not verified by Alipay',
  backToVerification: 'Back to verification',
  again: 'Log in at Alipay once more',
  backToLogin: 'Back to the login page',
  otherTitle: 'You have changed to another browser',
  otherText:
    'On a phone Alipay often opens another browser. The page in the browser you came from is still there, and you can go on in it.',
  startAgain: (v) => `Start again in this browser: ${v.site}`,
  bySms: 'You can also choose “SMS code” on the login page and do without Alipay.',
  registerTitle: 'Register by Alipay',
  certifiedIntro:
    'Alipay has confirmed who you are. When you accept the agreement you have a verified account, and no password is needed.',
  numberIntro:
    'Alipay gave no certified name and ID number. Prove your mobile number to register; real-name verification follows.',
  name: 'Name',
  idNumber: 'ID number',
  fixed: 'As confirmed by Alipay; it cannot be changed after you have registered.',
  phone: 'Mobile number',
  registerSubmit: 'Accept and register',
  haveAccount: 'Have an account? Back to the login page',
  linkTitle: 'You have an account already',
  linkIntro: (v) =>
    `${v.name} (${v.idNumber}), whom Alipay has confirmed, has an account. Prove once that it is yours; from then on Alipay logs you in to it.`,
  linkPassword: 'Password',
  linkEither: 'Not needed when you enter the code',
  linkCode: (v) => `Password forgotten? A code by SMS to ${v.phone} will do instead.`,
  linkNoCode: 'This account has no number that a code could go to, so its password is needed.',
  linkSubmit: 'Bind and log in',
  accountTitle: 'Alipay',
  bound: 'Bound',
  notBound: 'Not bound',
  boundSince: (v) => `Bound (${v.day})`,
  since: 'Bound since',
  accountIntro: (v) => `When an Alipay is bound to the account ${v.account}, it can log in to it.`,
  raises: 'Where the identity known to Alipay agrees with the account, the level rises to advanced verification.',
  identityFirst:
    'An account that is not verified yet is verified by the name and ID number that Alipay confirms; they cannot be changed then.',
  bind: 'Bind at Alipay',
  raiseAgain: 'Verify at Alipay and raise the level',
  unbind: 'Unbind',
  unbindText:
    'Alipay cannot log in to the account any more then, and you are logged out on all other devices. The level stays as it is.',
  boundNotice: 'Alipay is bound',
  raisedNotice: 'Alipay is bound and the level is raised',
  unboundNotice: 'Alipay is unbound',
  raiseText:
    'The name and ID number that Alipay confirms must agree with the account. An account that is not verified yet is verified by them; they cannot be changed then.',
  demanded: (v) => `${v.site} demands advanced verification. Verify by your own Alipay.`,
};
