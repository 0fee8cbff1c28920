import type { appRefusals as zh } from '../zh/app-refusals.js';

export const appRefusals: typeof zh = {
  'app.token': 'The app is not logged in, or its login has ended. Log in again in the app.',
  'app.scope': 'This app cannot confirm logins. Use the government service app.',
  'app.login-old':
    'The app has been logged in for more than 30 days. To be safe, log out in the app, log in again and scan again.',
  'app.login-scanned':
    'The app itself was logged in by a scan, so it cannot confirm other logins. Log in to the app by password or another way.',
  'app.number-missing': 'Choose the two-digit number that the page on the computer shows.',
  'ticket.unknown': 'There is no such code, or it ended long ago. Get a new code on the computer and scan again.',
  'ticket.expired': 'The code has expired. Press “Another code” and scan again.',
  'ticket.scanned': 'This code has been scanned already. If that was not you, get another code on the computer.',
  'ticket.not-scanned': 'This code has not been scanned yet. Scan it first, then confirm.',
  'ticket.other-app':
    'This code was scanned by another account or another login, so you cannot confirm it. Get another code and scan it yourself.',
  'ticket.over': 'This code has been used or refused already. Get another code on the computer and scan again.',
  'ticket.wrong-number':
    'The number is not the one on the computer, so this login has been cancelled. If you did not open that page yourself, do not scan again.',
  'ticket.closed':
    'Wrong numbers were chosen too often. To be safe, your account cannot log in by scanning for {minutes} minutes. Use another way.',
  'ticket.not-confirmed':
    'Nothing has been confirmed on the phone yet. Scan the code, choose the number, then press “I have confirmed on my phone”.',
  'ticket.app-ended':
    'The app was logged out after it had confirmed, so this login has been cancelled. Log in to the app and scan again.',
};
