import type { zh } from '../zh.js';

export const entityRequests: typeof zh.entityRequests = {
  facts: {
    name: 'Name of the organisation',
    creditCode: 'Unified social credit code',
    type: 'Type of organisation',
    askedAt: 'Asked at',
    from: 'Asked from',
    until: 'Answer before',
  },
  asking: {
    title: 'The code cannot be passed on?',
    text: 'The representative can log in to their own account and confirm there. They are told by text message and have 72 hours; you may close the browser and come back with the credit code and your password.',
    button: 'Ask the representative to log in and confirm',
    continue: 'Continue a request that waits',
  },
  waiting: {
    title: 'The representative’s confirmation',
    findIntro: 'Enter the credit code of the organisation and the password you chose, to continue that request.',
    find: 'Find the request',
    password: 'The password you chose then',
    waits: 'Waiting for the representative',
    waitsText: (v) =>
      `The representative was told by text message. Before ${v.time} they log in to their own account and answer at “Requests to confirm”. You may close the browser and come back by “Continue a request that waits” on the registration page.`,
    refresh: 'See how it stands now',
    withdraw: 'Take the request back',
    byCode: 'Use the code by text message instead',
    confirmed: 'The representative has confirmed',
    confirmedText: (v) => `Finish the registration before ${v.time}; then you are logged in as the entity.`,
    finish: 'Finish the registration',
    over: 'This request cannot go on',
    again: 'Register again',
    login: 'Log in as the legal entity',
  },
  answering: {
    title: 'Requests to confirm',
    intro:
      'The register names you as the legal representative of these organisations. They wait for you; if you did not charge anybody with it, say no.',
    none: 'Nothing waits for you now.',
    kinds: {
      registration: 'Register a legal entity',
      representative: 'Make you the representative of its account',
      contact: 'Change the contact number of its account',
    },
    approve: 'I agree',
    deny: 'I do not agree',
    revoke: 'Take my word back',
    confirmed: 'You have agreed; whoever asked has not finished yet.',
    newPhone: 'New contact number',
    proved: 'It is you; please go on',
    approved: 'You have agreed. Whoever asked can go on now.',
    denied: 'You have not agreed; whoever asked will see it.',
  },
};
