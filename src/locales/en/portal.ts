import type { zh } from '../zh.js';

export const portal: typeof zh.portal = {
  welcome: (v) => `Welcome to ${v.site}`,
  intro:
    'Look up services and apply for them here. Log in once with the unified account: every site of the province knows you.',
  logIn: (v) => `Log in: ${v.kind.toLowerCase()}`,
  register: (v) => `Register: ${v.kind.toLowerCase()}`,
  logOut: 'Log out',
  youAre: 'Who you are here',
  notLoggedIn: 'You are not logged in. You can look around and fill in forms all the same.',
  name: 'Name',
  kind: 'Kind of user',
  level: 'Authentication level',
  levels: ['Not verified (level 0)', 'Verified (level 1)', 'High (level 2)', 'Digital certificate (level 3)'],
  allowsLittle:
    'You can look around and fill in forms. Before online business you will be asked for real-name verification.',
  allowsBusiness: 'You can do business online.',
  unnamed: 'Unverified user',
  other: (v) => `Go to ${v.site}`,
  otherSignedIn: (v) => `Go to ${v.site} (no second login)`,
  items: 'Services',
  itemOnline: "Senior citizen's card",
  itemsInPerson: [
    'Change of a household registration entry',
    'Registration of an individual business',
    'Search of real-estate records',
  ],
  itemReport: 'Annual report of an organisation (legal entities, by digital certificate)',
  reportOpen: 'Report online',
  reportTitle: 'Annual report online',
  reportIntro:
    'A legal entity reports with its account, confirmed by its digital certificate. After that and with your permission the unified account gives its data.',
  reportReady:
    'The organisation below is confirmed by its digital certificate and can report. The demonstration ends here: there is no form to fill in.',
  reportBegin: 'Continue with legal-entity account and certificate',
  entityName: 'Name of the organisation',
  creditCode: 'Unified social credit code',
  inPerson: '(at a service hall)',
  apply: 'Apply online',
  applyTitle: "Apply online: senior citizen's card",
  applyIntro:
    'You can fill in the form first and log in later. Once you save the draft or submit, what you entered is kept for a day and survives login and verification.',
  applicant: 'Applicant',
  applicantFrom: 'Given by the unified account; cannot be changed here.',
  applicantLater:
    'You need not enter your name, ID number and mobile number: after login, verification and your permission the unified account gives them.',
  fill: 'Log in first and fill in the applicant',
  idNumber: 'ID number',
  phone: 'Mobile number',
  sections: { where: 'Residence', contact: 'Contact and care', card: 'Collecting the card' },
  questions: {
    street: 'Street office (township)',
    community: 'Community (village)',
    address: 'Address',
    since: 'Living there since',
    contactName: 'Emergency contact',
    contactPhone: 'Telephone of the contact',
    relation: 'Relation to the contact',
    needs: 'Care needed',
    office: 'Service hall to collect the card at',
    note: 'Anything else',
  },
  hints: { since: 'For example June 2015', office: 'Name the district or county and the hall' },
  save: 'Save the draft',
  submit: 'Submit the application',
  logInAgain: 'Log in again and go on',
  notices: {
    saved: 'The draft is saved. You can leave and go on within a day.',
    ready: 'The applicant is filled in. Check the form, then submit the application.',
    sessionEnded: 'Your login has ended; your draft is kept. Log in again to go on.',
    declined:
      'You chose not to log in, not to be verified or not to give the information, so nothing was submitted. What you entered is still here; go on whenever you like.',
    unreachable:
      'The authentication level that this service asks for cannot be reached at the moment, so nothing was submitted. What you entered is still here.',
    certified: 'Confirmed by digital certificate; the data of the organisation is filled in.',
    certificateDeclined:
      'You did not confirm with a digital certificate, or did not give your permission, so you cannot report yet. Come back whenever you like.',
    entitiesOnly:
      'Legal entities report. Log in with a legal-entity account, then confirm with the digital certificate.',
    personsOnly:
      'People apply for this themselves; a legal entity cannot. Log out and log in with a personal account; what you entered is kept for this account.',
    otherPerson:
      'That form was filled in with another account. It was not submitted; it is kept as a draft of that account. Below is the form of the account you are using now.',
    expired:
      'This page was open for too long and nothing was submitted. What you entered is still here: check it and press again. If this goes on, allow cookies in your browser.',
    loginFailed: 'The login was not completed. Please try again. If this goes on, allow cookies in your browser.',
    loginDeclined: 'You cancelled the login. You can log in whenever you like.',
    signedOut:
      'You are logged out, here and at the other sites. On a shared computer, close all windows of the browser.',
    providerRefused:
      'The unified account did not accept this request. Please try again; if it fails again, call the hotline and name the error code.',
    away: 'The unified account does not answer at the moment. Please try again shortly.',
  },
  receiptTitle: 'Your application has been submitted',
  receiptNumber: 'Number',
  receiptNext: 'Please keep the number. The result will be sent to your phone.',
  away: 'The unified account cannot be reached',
  awayText: 'It may be starting or recovering. You have lost nothing; please try again shortly.',
  retry: 'Try again',
  home: 'Front page',
};
