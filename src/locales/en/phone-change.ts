import type { zh } from '../zh.js';

export const phoneChange: typeof zh.phoneChange = {
  title: 'Change the number',
  oldTitle: 'Change the number: first the present one',
  newTitle: 'Change the number: now the new one',
  oldIntro: (v) => `First confirm that you have ${v.phone}: we send it a code.`,
  newIntro: 'Enter the new number; we send it a code. Afterwards you log in with the new number.',
  phone: 'New number',
  next: 'Next',
  submit: 'Change',
  done: (v) => `The number is now ${v.phone}`,
  doneText:
    'Both numbers are told by a text message. Other devices are logged out. For your safety the password cannot be changed, data exported or the account closed for 24 hours.',
  back: 'Back',
};
