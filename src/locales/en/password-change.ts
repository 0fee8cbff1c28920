import type { zh } from '../zh.js';

export const passwordChange: typeof zh.passwordChange = {
  title: 'Change the password',
  intro: 'The account is then signed out on every other device; this one stays.',
  none: 'This account never had a password. Sign out and choose "Forgotten the password" on the login page to set one.',
  current: 'Present password',
  next: 'New password',
  submit: 'Change the password',
  done: 'The password is changed; other devices are signed out.',
  back: 'Back',
};
