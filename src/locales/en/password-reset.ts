import type { zh } from '../zh.js';

export const passwordReset: typeof zh.passwordReset = {
  steps: ['Your number', 'Proof that it is you', 'New password'],
  title: 'Set a new password',
  intro:
    'Whether you have forgotten the password or never had one: enter the number you registered with, and we send it a code.',
  phone: 'Mobile number',
  next: 'Next',
  contactIntro: (v) =>
    `${v.phone} may be the number of an account that was registered by Alipay. Enter the verified name and the last 6 characters of the ID number to set a password.`,
  notMine: 'None of these is mine: register with this number',
  personIntro: (v) =>
    `The account of ${v.phone} is verified. A code proves a number only, so please enter your name and the last 6 characters of the ID number.`,
  name: 'Name',
  idNumberLast6: 'Last 6 characters of the ID number',
  idNumberLast6Hint: 'The last one may be X',
  passwordIntro: (v) =>
    `Set a new password for the account of ${v.phone}. The account is then logged out everywhere else.`,
  password: 'New password',
  submit: 'Set it and log in',
  backToLogin: 'Remembered it? Log in',
};
