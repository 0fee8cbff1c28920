import type { Texts } from '../texts.js';

export const deliveryReasons: Texts['deliveryReasons'] = {
  timeout: {
    title: 'No answer in time',
    cure: 'From connection to answer there are little more than two seconds. End the session, answer `200`, and do slow work afterwards. A firewall that drops packets looks the same: let the addresses of the service through.',
  },
  'name-not-found': {
    title: 'Host name not found',
    cure: 'Check the host name of the registered address; it has to resolve where the service runs. For a name of an inner network, agree with the operator on how it resolves.',
  },
  'connection-refused': {
    title: 'Connection refused',
    cure: 'The host was found, but nothing listens on this port. Check the port, that the site runs, and whether a firewall refuses the addresses of the service.',
  },
  'connection-lost': {
    title: 'Connection lost',
    cure: 'The connection ended without a whole answer. Look at the logs of the site and of the proxy before it at that moment: often the program crashed, or `http` is registered where the port speaks `https`.',
  },
  unreachable: {
    title: 'Network unreachable',
    cure: 'There is no way from the service to this address. Check what the host name resolves to; for a site in an inner network, ask the operator to open the way.',
  },
  tls: {
    title: 'No encrypted connection',
    cure: 'The certificate has to be issued by a public authority, in date, for this host name, and sent with its intermediate certificates. `openssl s_client -connect` shows what the site really sends.',
  },
  'address-refused': {
    title: 'The service does not send to this address',
    cure: 'Nothing was sent. The service calls public addresses, and those of inner networks that the operator has listed. Register a public address, or ask the operator to list it in `OUTBOUND_ALLOW`; metadata addresses of clouds are never called.',
  },
  'answer-too-large': {
    title: 'Answer too long',
    cure: '`200` with an empty body is enough.',
  },
  redirected: {
    title: 'The site redirects',
    cure: 'Redirects are not followed. Most often the address stands behind a login, lacks its last slash, or says `http` for `https`. Open it without a login, and register the final address.',
  },
  'answered-400': {
    title: 'The site does not believe the notice',
    cure: 'A check of the token has not passed. Most often: the key with this `kid` was not known and not fetched anew; `iss` or `aud` is compared with something else; the clock of the server is minutes off; a `nonce` is asked for, which a logout token has not; or an unknown `sid` is refused: a session that is not there counts as logged out, and the answer is `200`.',
  },
  'answered-403': {
    title: 'The site wants a login, or denies access',
    cure: 'This address may not stand behind a login, a check against cross-site requests or a list of addresses: a notice carries nothing of the person, and its signature is what proves it.',
  },
  'answered-404': {
    title: 'There is no such address at the site',
    cure: 'Check path, case and last slash of what is registered, and whether the proxy passes it on to the program.',
  },
  'answered-405': {
    title: 'The site does not take such a request',
    cure: 'Take a `POST` with a form-encoded body; the token is in `logout_token`.',
  },
  'answered-500': {
    title: 'A fault of the site',
    cure: 'Look at its log of that moment. Often: it cannot fetch the keys (its own way out is closed), the store of its sessions is away, or a token that cannot be parsed is not caught.',
  },
  answered: {
    title: 'The site answered neither `200` nor `204`',
    cure: 'Answer `200` once the notice is taken, and `400` to one that is not to be believed.',
  },
  'site-resting': {
    title: 'Not sent: the site had not answered just before, or too many were waiting for it',
    cure: 'Nothing of its own: with the reason before it solved, the next one is sent as usual.',
  },
  failed: {
    title: 'Not taken, for a reason that is not in this list',
    cure: 'Send a test notice and see what comes. If that does not tell, give the time to the operator, who looks into the log.',
  },
  'no-client': {
    title: 'The site is disabled, or takes no notices any more',
    cure: 'Nothing. To take them again, register a back-channel logout address, or ask the operator to enable the site.',
  },
  'logged-in-again': {
    title: 'The person has logged in again',
    cure: 'Nothing: a late notice would end the new login too, so it is no longer sent.',
  },
};
