import type { zh } from '../zh.js';

export const lostNumber: typeof zh.lostNumber = {
  link: 'I no longer have this number',
  title: 'I no longer have this number',
  intro:
    'If your old number no longer receives messages, the account can move to a new number. Enter name and ID number as they were verified, and the new number.',
  name: 'Name',
  idNumber: 'Resident ID number',
  phone: 'New mobile number',
  phoneProved: 'The new number is proved; no code is needed.',
  next: 'Next',
  unverified:
    'An account without real-name verification cannot be changed here. If you know the password, log in with it and change the number there; if not, register anew with the new number.',
  backToLogin: 'Remembered it? Log in',
  proofTitle: 'Prove that it is you',
  proofIntro: (v) => `The new number ${v.phone} is proved. Choose a way to prove that the account is yours.`,
  waysLabel: 'Ways to prove it',
  ways: { password: 'Password', 'recovery-code': 'Code from a service hall', none: 'None of these' },
  passwordText: 'With the right password the number changes at once and the password stays. All other logins end.',
  password: 'Password',
  submit: 'Change the number',
  recoveryText:
    'Bring your ID card to a service hall. The staff check it and give you a one-time code; with it the number changes at once, and you set a new password.',
  recoveryCode: 'One-time code',
  recoveryCodeHint: '10 letters and digits, upper or lower case',
  waitText: (v) => `Without the password and without a visit you can ask for a change in ${v.days} days:`,
  waitSteps: (v) => [
    'The old number gets a message at once, and devices that are logged in to the account show a notice.',
    `If somebody stops it within ${v.days} days, nothing changes.`,
    'If nobody does, log in with the new number after that and set a new password first. All other logins end.',
  ],
  waitSubmit: (v) => `Ask for a change in ${v.days} days`,
  backToNumber: 'Back to correct something',
  askedTitle: 'Your request has arrived',
  askedIf: (v) =>
    `If name and ID number are those of a verified account, this account moves to ${v.phone} on ${v.date}.`,
  askedWhy: 'To protect personal data this page does not say whether there is such an account.',
  askedNextTitle: 'What comes next',
  askedNext: (v) => [
    `On ${v.date} a message to ${v.phone} says whether the number was changed.`,
    'After the change log in with the new number and set a new password as asked.',
    'If it is urgent, bring your ID card to a service hall: it is done on the spot.',
  ],
  askedStopTitle: 'How to stop it',
  askedStop:
    'The message to the old number holds a stop code; entering it stops the change. Whoever is logged in to the account can stop it on the account page.',
  stopLink: 'Stop a change of number',
  stopTitle: 'Stop a change of number',
  stopIntro:
    'If you got a message about a change of number that you did not ask for, enter the stop code from it. The number of the account stays.',
  stopCode: 'Stop code',
  stopCodeHint: '10 letters and digits from the message, upper or lower case',
  stopSubmit: 'Stop the change',
  stoppedTitle: 'Stopped: the number stays',
  stoppedText: (v) =>
    `Both numbers get a message. For ${v.days} days nobody without the password can ask for another change of this account.`,
  stoppedAdvice: 'If you fear for your account, log in, change the password and look at the recent activity.',
  logIn: 'Log in',
  accountIntroNow: 'It is you. Enter the new number; we send it a code, and the number changes at once.',
  accountIntroLater: (v) =>
    `You gave name and ID number as proof, so the number changes in ${v.days} days: the old number gets a message first, and the change can be stopped until then. After it you set a new password, and all logins end.`,
  accountByPassword: 'Remember the password? Use it, and the number changes at once',
  waitingTitle: 'This account is to move to another number',
  waiting: (v) =>
    `Somebody asked to move this account to ${v.phone} on ${v.date}. All logins end then and the password no longer works. If it was not you, stop it now.`,
  goOn: (v) => `It was me: go on to ${v.site}`,
  back: 'Back',
};
