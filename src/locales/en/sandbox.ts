import type { zh } from '../zh.js';

export const sandbox: typeof zh.sandbox = {
  title: 'Sandbox',
  intro:
    'This page stands in for the SMS operator, the identity register and other outside parties. It exists in demonstrations only.',
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
  taken: 'matches, but belongs to the verified account below',
  accounts: 'Accounts ready to log in with',
  password: 'Password',
  state: 'State',
  states: { unverified: 'not verified', verified: 'verified', disabled: 'disabled' },
};
