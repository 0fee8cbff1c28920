import type { zh } from '../zh.js';

export const registration: typeof zh.registration = {
  title: 'Register a unified account',
  intro: 'Register with your mobile number; one account works at every government site of the province.',
  steps: ['Your details', 'Real-name verification'],
  phone: 'Mobile number',
  phoneHint: '11-digit number of mainland China, for receiving codes',
  password: 'Password',
  passwordHint: '8 to 128 characters, at least two of digits, letters and symbols such as ~!_@#$%*',
  agree: (v) => `I have read and accept the ${v.title}`,
  agreementNewTab: 'Open the full text in a new window',
  submit: 'Register',
  haveAccount: 'Have an account? Log in',
  takenTitle: 'This number has an account already',
  takenText: (v) =>
    `You have proved that ${v.phone} is your number. It has a unified account already; there is no need to register again.`,
  takenLogIn: 'Log in',
  takenReset: 'Forgotten the password? Set a new one now',
  phoneProved: 'This number has been proved by a text message; no further code is needed.',
  agreementTitle: 'The registration agreement has changed',
  agreementText: 'Please read the new agreement. Accept it to continue.',
  agreementSubmit: 'Accept and continue',
  agreementDecline: 'Decline and return',
};
