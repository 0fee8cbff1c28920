import type { zh } from '../zh.js';

export const qrLogin: typeof zh.qrLogin = {
  scanWith: (v) => `Scan this code with “${v.app}” to log in at ${v.site}.`,
  beware:
    'Scan only a code on a page that you opened yourself. Never scan a code or open a link that somebody sent you.',
  picture: (v) => `Login code, to be scanned with “${v.app}”`,
  open: 'Open the app on this phone',
  left: (v) => `The code is good for ${v.seconds} more seconds.`,
  check: 'I have confirmed on my phone',
  another: 'Another code',
  noScript: 'This page renews itself every 15 seconds, and logs you in once you have confirmed.',
  scannedTitle: 'Scanned: now choose the number on your phone',
  linkTitle: 'Opened by its link: now choose the number on your phone',
  byLink: 'This login was opened by a link, not by a scan. If somebody sent you the link, refuse it on your phone.',
  number: 'Choose this number on your phone',
  numberHint: 'The number is shown here only. Tell it to nobody.',
  deniedTitle: 'The login was refused on the phone',
  denied: 'If it is you who wants to log in, get another code and scan again.',
  wrongTitle: 'Another number was chosen on the phone',
  wrong: 'This login has been cancelled. Get another code, scan it, and choose the number shown here.',
  expiredTitle: 'The code has expired',
  expired: 'A code is good for 2 minutes. Get another one and scan again.',
  usedTitle: 'This code has been used already',
  used: 'Get another one and scan again.',
};
