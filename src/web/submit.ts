import type { ServerResponse } from 'node:http';
import type { VNode } from 'preact';
import { Refusal } from '../shared/refusal.js';
import { parseForm, typed } from './fields.js';
import { render } from './render.js';

/** A post of a form: parsed, done, and on refusal the same page again with what was typed. */
export interface Submission<F, R> {
  do: (form: F) => Promise<R>;
  /** What follows the deed: an answer is sent. */
  done: (result: R) => unknown;
  // oxlint-disable-next-line typescript/no-explicit-any -- any page's node renders
  refused: (values: Record<string, string>, refusal: Refusal) => VNode<any> | Promise<VNode<any>>;
}

/** Answers a refused form: 422 (429 when it is a wait), the same page again, nothing lost (DESIGN 7). */
export async function submit<F extends object, R>(
  Form: new () => F,
  body: unknown,
  response: ServerResponse,
  { do: work, done, refused }: Submission<F, R>,
): Promise<void> {
  let result: R;
  try {
    result = await work(parseForm(Form, body));
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const page = await refused(typed(body), refusal);
    response.statusCode = refusal.status;
    if (refusal.retryAfter !== undefined) response.setHeader('retry-after', String(refusal.retryAfter));
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('cache-control', 'no-store');
    response.end(render(page));
    return;
  }
  await done(result);
}
