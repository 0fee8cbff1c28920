import type { zh } from '../zh.js';

export const numberHolder: typeof zh.numberHolder = {
  title: 'Please confirm that the account is yours',
  intro: (v) =>
    `The account of ${v.phone} is verified but has not been used for more than ${v.days} days. The number may have a new owner, so please enter the name and resident ID number that this account was verified with.`,
  submit: 'Next',
  newHolder: 'I am the new owner of this number',
  back: 'Back to login',
};
export const numberHandover: typeof zh.numberHandover = {
  title: 'I am the new owner of this number',
  intro: (v) =>
    `${v.phone} belongs to somebody else's account. If you are its new owner you can free it and then register an account of your own.`,
  loses: (v) =>
    `The owner of that account loses ${v.phone}: it can no longer be used for logging in, messages or a new password. We send a text message about this to the number.`,
  gets: (v) => `${v.phone} can then be used for a new account. You do not receive anything of the old one.`,
  undo: (v) => `If the owner of the old account still has this number, it can be restored for ${v.days} days.`,
  confirm: 'Free the number and register',
  back: 'The old account is mine; go back',
};
export const numberRestore: typeof zh.numberRestore = {
  title: 'Restore the number',
  intro: (v) =>
    `${v.phone} was freed by somebody who said to be its new owner. If you still have the number you can restore it until ${v.date}.`,
  how: (v) =>
    `First confirm that you have ${v.phone}: we send it a code. An unverified account that was registered with it meanwhile loses it.`,
  submit: 'Restore the number',
  other: 'I no longer have this number; use another one',
  done: 'The number is restored',
  doneText:
    'Other devices are logged out. For your safety the password cannot be changed, data exported or the account closed for 24 hours.',
  back: 'Back',
};
