import type { zh } from '../zh.js';

export const sandbox: typeof zh.sandbox = {
  title: 'Sandbox',
  intro:
    'This page stands in for the SMS operator, the identity register and other outside parties. It exists in demonstrations only.',
  terminal: 'Sandbox (messages, people, accounts)',
  end: (v) => `${v.keys} ends everything`,
  walk: 'A first walk',
  steps: (v) => [
    `Open ${v.city} at ${v.cityAddress} and press “${v.register}”.`,
    `Enter any mobile number such as 13800000000 and a password of your own; where there is a picture, its characters; press “${v.getCode}”.`,
    `The 6 digits of the text message are at ${v.sandbox} : enter them, tick the agreement, press “${v.submit}”.`,
    `Enter name and ID number of one of the people for real-name verification and press “${v.verify}”: you are back at ${v.city}, logged in.`,
    `Press “${v.other}”.`,
    `Press “${v.logOut}”: you are out at both sites.`,
  ],
  messages: 'Recent messages',
  noMessages: 'No messages yet.',
  messagesFor: 'Messages to one number',
  phone: 'Mobile number',
  look: 'Show',
  people: 'People for real-name verification (fictional)',
  name: 'Name',
  idNumber: 'ID number',
  answer: 'Answer of the register',
  answers: {
    match: 'match',
    mismatch: 'mismatch',
    'not-found': 'not found',
    down: 'does not answer',
    slow: 'times out',
  },
  taken: 'match, but on an account already',
  accounts: 'Accounts ready to log in with',
  password: 'Password',
  state: 'State',
  states: { unverified: 'not verified', verified: 'verified', disabled: 'disabled' },
};
