import type { Texts } from '../texts.js';

export const consoleDeliveries: Texts['consoleDeliveries'] = {
  title: 'Logout notices',
  intro:
    "What this site's server was told when people logged out or their sessions were ended. The last 7 days, newest first, without personal data.",
  none: 'No notice has been sent in the last 7 days.',
  noAddress: 'No back-channel logout address is registered: the site is not told when somebody logs out elsewhere.',
  noAddressLink: 'Register an address',
  summary: {
    told: (v) =>
      v.told === 1
        ? 'The site has taken the one notice of the last 7 days.'
        : `The site has taken all ${v.told} notices of the last 7 days.`,
    untold: (v) => `Of ${v.all} notices of the last 7 days, the site has not taken ${v.untold}.`,
    noneTold: (v) =>
      v.all === 1
        ? 'The site has not taken the one notice of the last 7 days.'
        : `The site has taken none of the ${v.all} notices of the last 7 days.`,
    first: (v) => `The first was at ${v.since}.`,
    broken: (v) => `It has taken none since ${v.since}.`,
    recovered: (v) => `The first that it did not take was at ${v.since}; it last took one at ${v.at}.`,
    short: (v) => `${v.all} in the last 7 days, of which the site has not taken ${v.untold}`,
    shortTold: (v) => `${v.all} in the last 7 days, all taken`,
    shortNone: 'none in the last 7 days',
  },
  reasonsTitle: 'Why they were not taken, and what to do',
  times: (v) => (v.count === 1 ? 'once' : `${v.count} times`),
  guide: 'Guide',
  listTitle: 'Every notice',
  columns: { at: 'Time', state: 'Outcome', tries: 'Sent' },
  states: { told: 'Taken', waiting: 'To be sent again', 'given-up': 'Given up', dropped: 'No longer sent' },
  nextAt: (v) => `next: ${v.at}`,
  answered: (v) => `answered ${v.status}`,
  test: 'test',
  older: 'Older notices',
  newest: 'Back to the newest notices',
  trial: {
    title: 'Send the site a test notice',
    text: 'Sends a logout token that is truly signed to the registered address, and shows at once what the site answers. Person and session in it are made up: nobody is logged out.',
    address: 'Sent to',
    submit: 'Send a test notice',
    closed: 'The site is disabled, and nothing is sent to it. It can be tested once it is enabled.',
    told: (v) => `The site has taken the test notice, in ${v.seconds} s`,
    toldText:
      'It believes signature and content, and counts a session that it does not know as logged out, which is right. Whether it refuses forged ones is tried by the tester in the guide.',
    untold: 'The site has not taken the test notice',
    refused: (v) => `${v.what}: answered ${v.status} in ${v.seconds} s.`,
    unanswered: (v) => `${v.what}: given up after ${v.seconds} s.`,
    unsent: 'The test notice has not been sent',
  },
  troubled: {
    pageName: 'Sites not told',
    title: 'Sites that take no logout notices',
    intro:
      'For an hour these sites have taken none of the notices sent to them: people who have logged out may still be logged in there.',
    none: 'There is no such site.',
    columns: { site: 'Site', since: 'Since', failed: 'Not taken', reason: 'Latest reason' },
    notice: (v) =>
      v.count === 1
        ? 'One site has taken no logout notice for an hour'
        : `${v.count} sites have taken no logout notice for an hour`,
    noticeText: 'People who have logged out may still be logged in there.',
    link: 'See which',
  },
  guideTitle: 'Logout notices that were not taken',
  reason: 'Reason',
  cure: 'What to do',
};
