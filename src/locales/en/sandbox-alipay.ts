import type { sandboxAlipay as zh } from '../zh/sandbox-alipay.js';

export const sandboxAlipay: typeof zh = {
  title: 'Log in at Alipay (demonstration)',
  intro:
    'This page stands in for Alipay and exists in demonstrations only. Users and passwords are fictional; the demonstration tools list them.',
  byPassword: 'By password',
  account: 'Alipay account or mobile number',
  password: 'Password at Alipay',
  wrong: 'The account or the password at Alipay is wrong. The demonstration tools list those that work.',
  logIn: 'Log in and permit',
  byScan: 'By scan with a phone',
  code: 'QR code',
  scanLink: 'No second device? Open the address of the code in a new window',
  scanCheck: 'I have confirmed on the phone',
  notYet: 'The phone has not confirmed yet',
  deny: 'Do not permit, go back',
  scanTitle: 'Alipay scan (demonstration)',
  scanIntro: 'On a real phone somebody is logged in to Alipay already. Choose here who you are.',
  asWhom: 'User of Alipay',
  nameless: 'Not certified',
  scanConfirm: 'Confirm the login',
  scannedTitle: 'Confirmed',
  scanned:
    'Go back to the page on the computer: it goes on by itself. If it does not, choose “I have confirmed on the phone” there.',
  faultTitle: 'Alipay does not take this request',
  fault: (v) => `A parameter from the app is wrong: ${v.fault}.`,
  users: 'Users of Alipay (fictional)',
  certified: 'Certified',
  yes: 'Certified',
  no: 'Not certified',
};
