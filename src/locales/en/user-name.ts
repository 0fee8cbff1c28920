import type { zh } from '../zh.js';

export const userName: typeof zh.userName = {
  title: 'User name',
  intro:
    'With a user name you can log in by it or by your mobile number. Only you see it; it is not given to any site.',
  label: 'User name',
  hint: '4 to 20 letters and digits, a letter first; upper and lower case do not matter',
  present: 'Present user name:',
  change:
    'A user name can be changed once in 30 days. The one from before goes on working for 30 days after the change.',
  submit: 'Set the user name',
  done: (v) => `Your user name is now ${v.name}`,
  doneText: 'You can log in by it from now on. We have sent you a text message about it.',
  offer: 'Would you like to log in by a user name? Choose one now (optional)',
  skip: 'Later; go on',
  back: 'Back',
};
