import type { zh } from '../zh.js';

export const login: typeof zh.login = {
  title: (v) => `Log in to the unified account of ${v.name}`,
  backTo: (v) => `After this you return to: ${v.site}`,
  kindLabel: 'Kind of user',
  methodLabel: 'Way to log in',
  methods: { password: 'Password', sms: 'Text message', alipay: 'Alipay', qr: 'QR code', certificate: 'Certificate' },
  identifier: {
    phone: 'Mobile number',
    'resident-id': 'ID number',
    'user-name': 'User name',
    'credit-code': 'Unified social credit code',
  },
  or: ' or ',
  password: 'Password',
  submit: 'Log in',
  forgotten: 'Forgotten password',
  register: 'No account yet? Register',
  cancel: (v) => `Do not log in, return to ${v.site}`,
  entityHint: 'For businesses, cooperatives, organisations and public bodies.',
  otherKindTitle: 'Log in with another account',
  otherKind: (v) =>
    `${v.site} accepts only accounts of this kind: ${v.kind}. You are logged in with an account of another kind.`,
  otherKindSubmit: (v) => `Log in as: ${v.kind}`,
};
