import { stringify } from 'node:querystring';
import { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import type { OutboundFetch } from './outbound.js';
import { NotTaken } from './outside-party.js';

/** An access key of Alibaba Cloud, and where its service is. */
export interface AliyunAccount {
  url: string;
  keyId: string;
  secret: string;
}

type Config = $OpenApiUtil.Config;
/** What every client of the SDK is: its operations end in this one method. */
interface SdkClient {
  callApi: (params: $OpenApiUtil.Params, request: $OpenApiUtil.OpenApiRequest, runtime: never) => Promise<object>;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';
type Signed = Parameters<typeof OpenApiUtil.getAuthorization>[0];

/** Alibaba's codes are words without data: `Throttling.User`; its messages may repeat what was asked. */
function codeIn(text: string): string {
  const [, code = '-'] = /"Code"\s*:\s*"([\w.]{1,80})"/.exec(text) ?? [];
  return code;
}

/**
 * Alibaba Cloud's OpenAPI as its SDK speaks it, over our guarded fetch: the SDK's clients name operations and types, its
 * `OpenApiUtil` signs (V3), and nothing of its own HTTP client runs (docs/decisions/0011).
 */
export class AliyunDoor {
  constructor(
    private readonly account: AliyunAccount,
    private readonly outbound: OutboundFetch,
  ) {}

  /**
   * An SDK client for one question, without the secret and without a way out of its own: each of its operations ends in
   * `callApi`, and that is ours. It throws `NotTaken` when Alibaba has done nothing, other errors when it may have.
   * @param nonce our number of the question. Alibaba takes one once only, so that a repeated question is not done twice,
   * whoever repeats it.
   */
  client<C extends SdkClient>(Client: new (config: Config) => C, nonce: string, signal: AbortSignal): C {
    const client = new Client(new $OpenApiUtil.Config({ endpoint: new URL(this.account.url).host }));
    const callApi: SdkClient['callApi'] = async (params, request) => this.carry(params, request, nonce, signal);
    return Object.assign(client, { callApi });
  }

  private async carry(
    params: $OpenApiUtil.Params,
    request: $OpenApiUtil.OpenApiRequest,
    nonce: string,
    signal: AbortSignal,
  ) {
    const target = new URL(params.pathname, this.account.url);
    target.search = stringify(request.query);
    const { headers, body } = this.signed(params, request, { host: target.host, nonce });
    const answer = await this.outbound.fetch(target, { method: params.method, headers, body, signal });
    const text = await answer.text();
    if (answer.status >= 400 && answer.status < 500) throw new NotTaken(`${answer.status} ${codeIn(text)}`);
    if (answer.status !== 200) throw new Error(`answered ${answer.status} ${codeIn(text)}`);
    return { statusCode: 200, headers: Object.fromEntries(answer.headers), body: JSON.parse(text) as unknown };
  }

  private signed(
    { action, version, method, pathname }: $OpenApiUtil.Params,
    { query, body: fields }: $OpenApiUtil.OpenApiRequest,
    { host, nonce }: { host: string; nonce: string },
  ) {
    const body = OpenApiUtil.toForm(fields);
    const hash = OpenApiUtil.hash(Buffer.from(body), ALGORITHM).toString('hex');
    const headers: Record<string, string> = {
      host,
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'x-acs-action': action,
      'x-acs-version': version,
      'x-acs-date': OpenApiUtil.getTimestamp(),
      'x-acs-signature-nonce': nonce,
      'x-acs-content-sha256': hash,
    };
    const { keyId, secret } = this.account;
    const request = { method, pathname, query, headers } as unknown as Signed;
    headers['authorization'] = OpenApiUtil.getAuthorization(request, ALGORITHM, hash, keyId, secret);
    return { headers, body };
  }
}
