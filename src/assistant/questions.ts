import { Router } from 'express';
import type { SigningFault, SigningRequests } from './signing-requests.js';
import type { UsbKey } from './usb-key.js';

/** What the person can do something about is no fault of the page's. */
const STATUS: Record<SigningFault, number> = {
  malformed: 400,
  'not-a-challenge': 422,
  'other-issuer': 403,
  'unknown-certificate': 404,
  'no-key': 409,
  'pin-locked': 409,
  busy: 429,
};

/** What pages ask (docs/certificates.md): certificates, a signature, how it stands. */
export function questions(key: UsbKey, requests: SigningRequests): Router {
  const router = Router();
  router.get('/certificates', (_request, response) => {
    if (!key.inserted) return void response.status(409).json({ error: 'no-key' });
    return void response.json({ certificates: key.certificates() });
  });
  router.post('/signatures', (request, response) => {
    const asked = (request.body ?? {}) as Record<string, unknown>;
    const fault = requests.order(request.headers.origin as string, asked);
    if (fault) return void response.status(STATUS[fault]).json({ error: fault });
    return void response.status(202).json({ state: 'waiting' });
  });
  router.get('/signatures/:ticket', (request, response) => {
    const found = requests.get(request.params.ticket);
    const theirs = found?.origin === request.headers.origin ? found : undefined;
    if (!theirs) return void response.status(404).json({ error: 'unknown-ticket' });
    return void response.json(theirs.outcome);
  });
  return router;
}
