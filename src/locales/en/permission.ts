import type { zh } from '../zh.js';

export const permission: typeof zh.permission = {
  title: (v) => `${v.site} asks for the following about you`,
  intro: 'It is given to the site only if you agree.',
  account: (v) => `Account: ${v.name}`,
  scopes: { phone: 'Mobile number', real_name: 'Name and ID number', offline_access: 'Use while you are away' },
  name: 'Name',
  idNumber: 'ID number',
  minor: 'Under age',
  minorText: 'that you are under 18',
  phone: 'Mobile number',
  offline: 'Keep using the above while you are away, for 30 days at most',
  purpose: 'What for',
  noPurpose: 'The site has not said what for. Think before you agree.',
  duration: 'How long',
  durationText: 'Agree once and you are not asked again when you log in to this site.',
  takeBack: 'Take it back',
  takeBackText: (v) => `You can take it back at any time in “${v.centre} › Permissions”.`,
  submit: 'Agree and continue',
  deny: 'Do not agree, return',
};
