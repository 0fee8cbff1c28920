import { checks } from './en-checks.js';

/** Texts of the tester, for developers: names of the protocol stay as they are. */
export const en = {
  help: `npm run try -- <portal address> [options]

Tries your portal before it goes live, and says what to change. For example:
  npm run try -- http://localhost:8088 --login /login --page / \\
    --level-page /apply --logout /logout --backchannel /backchannel-logout

1. Start it: it plays the provider at http://localhost:3010.
2. Set that address as the issuer of your portal, and start the portal anew.
   Client id and secret stay as they are.
3. It waits until a login leads to it, and prints a line for each check.

Without the -- after "npm run try" npm keeps the options to itself.
Every option: docs/connect-a-site.md, section 8.`,
  results: { passed: 'PASS   ', failed: 'FAIL   ', skipped: 'SKIPPED' },
  lines: {
    why: ' ({why})',
    seen: 'seen',
    fix: 'fix',
    guide: 'docs/connect-a-site.md, section {section}',
    listening: 'The trial provider is at {issuer}. Set it as the issuer of your portal, and leave the client as it is.',
    waiting:
      'Waiting up to {seconds} s for {login} to lead to it; start your portal anew now if it reads its settings at the start.',
    noAnswer: '{portal} does not answer: {reason}.',
    total: '{passed} passed, {failed} failed, {skipped} skipped',
    after: 'Set the issuer of your portal back to where it was; --json report.json writes the report for the operator.',
    written: 'The report is in {file}.',
    failed: '{failed} of the checks failed',
  },
  unreachable: {
    ECONNREFUSED: 'nothing listens there ({code}): start the portal, or correct host and port',
    ECONNRESET: 'the connection was broken off ({code}): see the log of the portal, and whether it is http or https',
    ENOTFOUND: 'this host name is not known ({code}): correct it, or add it to the name service or the hosts file',
    EAI_AGAIN: 'the name service does not answer ({code}): try again, or use an address that needs none',
    ETIMEDOUT: 'no answer in time ({code}): see whether a firewall or a proxy stands between',
    EHOSTUNREACH: 'there is no way to this host ({code}): see whether this machine is in the right network',
    CERTIFICATE: 'its certificate is not trusted here ({code}): name the file of its authority by NODE_EXTRA_CA_CERTS',
  },
  checks,
  seen: {
    missing: '`{name}` is missing',
    short: '`{name}` is too short to be random',
    same: '`{name}` is the same in two logins',
    changing: '`{name}` differs from login to login',
    otherThan: '`{name}` is not {value}',
    wrongAtToken: '`{name}` at the token endpoint is not that of the authorization request',
    noSecret: 'a client without a secret and without PKCE',
    issuerTaken: 'the portal went on with metadata of another issuer',
    notRead: 'nobody asked for /.well-known/openid-configuration',
    notAsked: 'the login led to {page}, not to the authorization endpoint of the trial provider',
    ownForm:
      'nothing at {page} leads to the trial provider but a login form of its own, which is never sent; name the link or button by --login-press',
    notRedeemed: 'the code was not redeemed; the browser is at {page}',
    notLoggedIn: 'nobody is logged in; the browser is at {page}',
    sameEitherWay:
      'the page does not tell: {closed} before, {open} after; name a text that it shows only then, by {option}',
    loggedIn: 'somebody is logged in; tried: {tried}',
    loggedOut: 'the session has ended; tried: {tried}',
    open: 'the page is open; tried: {tried}',
    closed: 'the page is closed; the browser is at {page}',
    notAskedFor: 'the request does not ask for {value}',
    loop: 'the browser was sent to the login again at once; tried: {tried}',
    crash: 'the browser is at {page}; tried: {tried}',
    noWayOn: '{page} has neither link nor form; tried: {tried}',
    markup: 'the page holds the markup that `{name}` brought',
    keyNotTaken: 'the new key was not accepted in {seconds} s',
    noSessionCookie: 'no single cookie was found without which nobody is logged in',
    cookieWithout: 'the cookie `{name}` is without {attribute}',
    cookieLives: 'the cookie `{name}` lives longer than {hours} hours',
    status: 'the answer is {status}',
    notToLogout: 'the logout led to {page}, not to end_session_endpoint',
    broke: 'the check broke off: {message}',
  },
  skipped: {
    option: '{option} is not given',
    needs: '{id} has not passed',
    only: 'not among --only',
    readBefore: 'the portal had read the metadata before the trial began',
    notReadYet: 'the portal keeps its metadata or does not read them at a login',
    noUserinfo: 'the portal does not read userinfo',
    noMaxAge: 'the portal does not ask for `max_age`',
    highest: 'there is no higher level',
  },
};

export type Words = typeof en;
