import type { entityRequestRefusals as zh } from '../zh/entity-request-refusals.js';

export const entityRequestRefusals: typeof zh = {
  'entity-request.waits-already':
    'A request of this organisation already waits for its representative. Ask the representative to answer that one first; if it is yours, continue it; if it is urgent, use the code by text message.',
  'entity-request.day-cap':
    'The representative was asked too often today. Try again tomorrow, or use the code by text message.',
  'entity-request.not-found':
    'There is no such request. Check the credit code and the password you chose then; after 7 days a request is deleted, so register again.',
  'entity-request.gone':
    'This request is not there any more, or was not made to you. Open the page again; if need be, the organisation asks again.',
  'entity-request.waiting': 'The representative has not confirmed yet. Continue once they have.',
  'entity-request.confirmed': 'This request is confirmed already; there is nothing left to do.',
  'entity-request.denied':
    'The representative did not agree to this request. If need be, talk to the representative and ask again.',
  'entity-request.withdrawn': 'The organisation has taken this request back; there is nothing left to do.',
  'entity-request.overtaken': 'The organisation has done this in another way; this request counts no more.',
  'entity-request.finished': 'This request has been carried out; there is nothing left to do.',
  'entity-request.expired': 'This request is older than 72 hours and counts no more. If need be, ask again.',
};
