import type { zh } from '../zh.js';

export const oidc: typeof zh.oidc = {
  expiredTitle: 'This step has expired',
  expiredText:
    'It was left open too long, opened from a bookmark or with the back button, or cookies are off. Nothing of your account is lost; please start again.',
  startAgain: (v) => `Start again at ${v.site}`,
  sessionTitle: 'Your session has ended',
  sessionText: 'You have logged out or were away too long. What you entered was not sent; please log in again.',
  logInAgain: 'Log in again',
  logoutTitle: 'One more step: log out of all sites',
  logoutText: 'Press the button to log out of every site you have logged in to.',
  logoutSubmit: 'Log out of all sites',
  logoutStay: 'Stay logged in',
  signedOutTitle: 'You are logged out',
  signedOutText: 'You are logged out of the unified account.',
  told: 'You are logged out of these sites as well:',
  notTold: 'These sites have not answered yet; we will tell them again within ten minutes:',
  receiptAgain: 'See how it stands now',
  lastingTitle: 'Some sites you have to log out of yourself',
  lasting:
    'We cannot reach these sites, and your login there may go on until it lapses. Open the site and log out there:',
  shared: 'On a shared computer, close all browser windows.',
  errorTitle: "Something is wrong with the site's login request",
  errorText:
    'This is not your fault. Return to the site and try again; if it fails again, give the error code and the error id below to the operator of the site.',
  errorGuide: 'For the developer of the site: cause and cure',
  logoutErrorTitle: "Something is wrong with the site's logout request",
  logoutErrorText: 'This is not your fault, and you may still be logged in. Press the button to log out.',
  backToSite: (v) => `Back to ${v.site}`,
  expected: (v) => `For developers (demonstration): ${v.detail}`,
  registered: (v) => `Registered: ${v.address}`,
  came: (v) => `Came: ${v.parameter}`,
  formPostTitle: 'Going back to the site',
  formPostText: 'You are going back to the site. If nothing happens, please press the button.',
  formPostSubmit: 'Continue',
};
