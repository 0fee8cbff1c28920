import type { zh } from '../zh.js';

export const home: typeof zh.home = {
  title: (v) => `${v.name}: unified account`,
  intro: (v) =>
    `Register once, prove who you are once, log in once, and use all ${v.count} government sites of ${v.province}.`,
  logIn: 'Log in',
  register: 'Register',
  sites: 'All sites',
  sitesIntro: 'One account works at each of these sites.',
  levels: { province: 'Province', city: 'Cities and prefectures', county: 'Counties and districts' },
  agreementTitle: 'Registration agreement',
  version: (v) => `Version ${v.version}`,
  privacyTitle: 'Privacy',
  accessibilityTitle: 'Accessibility',
  accessibilityText: [
    'Each page works with the keyboard alone, with a screen reader, and without scripts.',
    'At the top right you can switch to large text and to Chinese; the choice is remembered. All text has a contrast of at least 4.5.',
    'If you cannot see the picture code, your browser can compute a proof instead.',
    'If something does not work for you, call the government service hotline: we will help you and mend it.',
  ],
};
