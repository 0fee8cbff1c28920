import type { zh } from '../zh.js';

export const passwordChange: typeof zh.passwordChange = {
  title: 'Change the password',
  intro: 'The account is then logged out on every other device; this one stays logged in.',
  none: 'This account has no password yet. Log out and choose “Forgotten password” on the login page to set one.',
  current: 'Present password',
  next: 'New password',
  submit: 'Change the password',
  done: 'The password is changed; other devices are logged out.',
  back: 'Back',
};
