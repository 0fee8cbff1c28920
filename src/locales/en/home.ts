import type { zh } from '../zh.js';

export const home: typeof zh.home = {
  title: (v) => `${v.name}: unified account`,
  intro: (v) =>
    `Register once, prove who you are once, log in once, and use all ${v.count} government sites of ${v.province}.`,
  logIn: 'Log in',
  register: 'Register',
  sites: 'All sites',
  sitesIntro: (v) => `One account works at each of these ${v.count} sites.`,
  agreementTitle: 'Registration agreement',
  version: (v) => `Version ${v.version}`,
  privacyTitle: 'Privacy',
  accessibilityTitle: 'Accessibility',
};
