import type { zh } from '../zh.js';

export const level: typeof zh.level = {
  title: 'Authentication level',
  now: 'Your level now',
  how: 'How to raise it',
  byIdCard:
    'By ID card: first we check that you have your number at hand, then you enter your name and ID number. After that you can do business online.',
  byIdCardAlone: 'By ID card: enter your name and ID number. After that you can do business online.',
  steps: ['Your number', 'Name and ID number'],
  codeIntro: (v) => `We send a code to ${v.phone}.`,
  next: 'Next',
  fixed: 'Name, sex, date of birth and ID number are as they were verified and cannot be changed any more.',
  fixedHelp: (v) =>
    `If your name or ID number was changed by law, bring your ID card to a service hall to have it corrected, or call ${v.hotline}.`,
  facts: {
    level: 'Level',
    sex: 'Sex',
    birthDate: 'Date of birth',
    method: 'Verified by',
    minor: 'Under age',
  },
  sexes: { male: 'Male', female: 'Female' },
  methods: { 'id-card': 'Resident ID card', alipay: 'Alipay' },
  minor: 'Under 18; sites where you do business are told so',
};
