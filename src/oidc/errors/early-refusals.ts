import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Sites } from '../sites/sites.service.js';
import { basicUser } from './asked.js';
import { ENDPOINTS } from './endpoints.js';
import type { Endpoint } from './endpoints.js';
import type { Failures } from './failures.service.js';
import type { Fault } from './fault.js';
import { errorGuide } from './guide.js';
import { redacted } from './redact.js';

const ENDPOINT_AT = new Map(Object.entries(ENDPOINTS).map(([endpoint, path]) => [path, endpoint as Endpoint]));
const REFUSALS = {
  'content-type': { status: 415, error: 'invalid_request', parameter: 'Content-Type' },
  'too-large': { status: 413, error: 'invalid_request', parameter: 'Content-Length' },
  'wrong-host': { status: 421, error: 'misdirected_request', parameter: 'Host' },
} as const;

interface Refused {
  cause: keyof typeof REFUSALS;
  expected: string;
  /** As it came, nothing of it believed. */
  came?: string;
  /** What has been read of the body. */
  body?: string;
}

/**
 * What is refused before the engine sees it. Where the request names a registered site, it is that one's failure and has an
 * error id; of nobody's nothing is kept, since whoever looks for hosts and holes would fill the table.
 */
export class EarlyRefusals {
  constructor(
    private readonly failures: Failures,
    private readonly sites: Sites,
    private readonly issuer: string,
  ) {}

  /** Answers in plain text: the error, its id, and where it is explained. */
  refuse(request: IncomingMessage, response: ServerResponse, refused: Refused): void {
    const { status, error } = REFUSALS[refused.cause];
    const fault = this.faultOf(request, refused);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    if (!fault) return void response.end(`${error}\n`);
    const id = fault.site ? ` (error id ${this.failures.idOf(fault)})` : '';
    if (fault.site) this.failures.add(fault);
    response.end(`${error}${id}\n${this.issuer}${errorGuide(fault)}\n`);
  }

  /** Nothing at an address that is none of the endpoints. */
  private faultOf(request: IncomingMessage, { cause, expected, came, body = '' }: Refused): Fault | undefined {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const endpoint = ENDPOINT_AT.get(path);
    if (!endpoint) return undefined;
    const { error, parameter } = REFUSALS[cause];
    const named = [
      new URLSearchParams(query).get('client_id'),
      new URLSearchParams(body).get('client_id'),
      basicUser(request.headers.authorization ?? ''),
    ];
    const site = named.map((id) => this.sites.remembered(id ?? '')?.id).find(Boolean) ?? '';
    return { site, endpoint, error, cause, parameter, expected: [expected], came: redacted(parameter, came, {}) };
  }
}
