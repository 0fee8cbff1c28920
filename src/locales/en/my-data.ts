import type { zh } from '../zh.js';

export const myData: typeof zh.myData = {
  title: 'My data',
  held: 'What we hold about you',
  heldItems: [
    [
      'Identity',
      'Your mobile number; after real-name verification also name, resident ID number, when and by whom they were checked. Encrypted for each account, shown masked.',
    ],
    ['Password', 'Only a one-way hash of it.'],
    ['Agreements', 'Which version of the registration agreement you accepted, and when.'],
    ['Permissions and releases', 'Which sites may receive which data; what was given to which site, and when.'],
    [
      'Activity and logins',
      'When you logged in, changed something or gave a permission; the kind of device and its coarse network.',
    ],
    ['Changes to come', 'A change of number or a closing that was asked for and has not taken effect yet.'],
  ],
  export: 'Export',
  exportText:
    'All of it as one file, downloaded to this device. The file holds your full name and numbers: keep it safe, and do not download it on a shared computer. We tell you by text message afterwards.',
  exportSubmit: 'Export my data',
  deregister: 'Close the account',
  deregisterText:
    'When you no longer need the unified account you can close it. The next page says what you lose and what stays; after confirming you still have some days to change your mind.',
  deregisterSubmit: 'Close the account',
  waiting: (v) => `Your account will be closed on ${v.date}`,
  waitingText: 'Until then everything works as usual. If you change your mind, or it was not you, keep the account.',
  cancel: 'Keep the account',
  news: {
    proved: 'You have been recognised. Press “Export my data” to download the file',
    cancelled: 'No closing is waiting; the account works as usual',
  },
  deregistration: {
    title: 'Close the account',
    intro: (v) =>
      `Account ${v.account}: if you confirm now, it will be closed on ${v.date}. Until then everything works as usual and you can change your mind after logging in; once closed it cannot be restored.`,
    lost: 'What you lose',
    lostItems: [
      'This account no longer logs in anywhere. Every device is logged out, and the sites are told.',
      'Number, name, resident ID number and password are destroyed: nobody can open them again, in a backup neither.',
      'All permissions end: sites receive nothing about you from here any more.',
      'Business in progress and answers at the sites may no longer be reached by the account. Finish or save them first.',
    ],
    kept: 'What stays, and why',
    keptItems: [
      'Records of what was done and of data given to sites: the law asks us to keep network logs for at least six months. They hold a code, times and a coarse network instead of name and numbers.',
      'Which version of the agreement you accepted, and when: it shows that the processing had a basis. It too holds the code only.',
      'What a site has received is kept by that site under the law. Ask the site to inspect or delete it.',
    ],
    again:
      'After that the same mobile number and resident ID number can register again. It is a new account without any link to this one.',
    confirm: (v) => `Confirm: close on ${v.date}`,
    back: 'Leave it, go back',
  },
  reminder: {
    title: (v) => `Your account will be closed on ${v.date}`,
    text: (v) =>
      `Closing the account ${v.account} was asked for; until then everything works as usual. If you change your mind, or it was not you, keep the account.`,
    cancel: 'Keep the account',
    goOn: (v) => `Leave it, log in to ${v.site}`,
  },
};
