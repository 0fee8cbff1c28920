import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMS_TEMPLATES } from './production.js';

/** What the stand-in does with the next questions. */
export type Mood =
  | 'answers'
  | 'throttles'
  | 'breaks'
  | 'never answers'
  | 'answers late'
  | 'talks nonsense'
  | 'says something else'
  | 'redirects'
  | 'floods'
  | 'hangs up';

/** A question that came in with a good signature and a fresh nonce: what the real service would do and charge for. */
export interface Taken {
  action: string;
  nonce: string;
  fields: Record<string, string>;
}

const KEY = { id: 'a-key-id', secret: 'a-secret-of-the-tests' };
const MINUTES_15 = 15 * 60_000;
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The V3 signature (ACS3-HMAC-SHA256) as Alibaba documents it, computed from a request as it came in. */
export function acs3Signature(
  secret: string,
  request: { method: string; path: string; query: URLSearchParams; headers: Record<string, string>; signed: string[] },
  bodyHash: string,
): string {
  const query = [...request.query].map(([name, value]) => `${encode(name)}=${encode(value)}`).toSorted();
  const headers = request.signed.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    request.path,
    query.join('&'),
    headers.join(''),
    request.signed.join(';'),
    bodyHash,
  ];
  const toSign = `ACS3-HMAC-SHA256\n${sha256(canonical.join('\n'))}`;
  return createHmac('sha256', secret).update(toSign).digest('hex');
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

const refusal = (status: number, Code: string): Answer => ({
  status,
  body: { Code, Message: 'said by the stand-in', RequestId: randomUUID() },
});

/**
 * Alibaba Cloud at home: identity verification and SMS. Checks signature, time and nonce on its own (not with the SDK),
 * answers like the documented services, and counts what it took.
 */
export class AliyunStandIn {
  readonly taken: Taken[] = [];
  /** Everything that arrived, good or not. */
  arrived = 0;
  mood: Mood = 'answers';
  /** `Code` of an SMS answer, and of the verifier's. */
  smsCode = 'OK';
  verifierCode = '200';
  private readonly nonces = new Set<string>();
  private readonly residents = new Map<string, { name: string; phone?: string }>();
  private waiting: (() => void)[] = [];
  private readonly late: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<AliyunStandIn> {
    const server = createServer();
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const standIn = new AliyunStandIn(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void standIn.serve(request, response));
    return standIn;
  }

  /** The environment of a service that asks this one whether people are who they say. */
  get verifierEnv(): NodeJS.ProcessEnv {
    return { ALIYUN_VERIFIER_KEY: `${KEY.id}:${KEY.secret}`, ALIYUN_VERIFIER_URL: this.origin };
  }

  /** The environment of a service that sends its messages here. */
  get smsEnv(): NodeJS.ProcessEnv {
    return {
      ALIYUN_SMS_KEY: `${KEY.id}:${KEY.secret}`,
      ALIYUN_SMS_URL: this.origin,
      ALIYUN_SMS_SIGN: '政务服务网',
      ALIYUN_SMS_TEMPLATES: SMS_TEMPLATES,
    };
  }

  /** What was sent to a number, newest first, as the template's variables. */
  messages(phone: string): { template: string; code?: string; object?: string }[] {
    return this.taken
      .filter(({ fields }) => fields['PhoneNumbers'] === phone)
      .map(({ fields }) => ({ template: fields['TemplateCode'], ...JSON.parse(fields['TemplateParam'] ?? '{}') }))
      .toReversed();
  }

  get account(): { url: string; keyId: string; secret: string } {
    return { url: this.origin, keyId: KEY.id, secret: KEY.secret };
  }

  knows(name: string, idNumber: string, phone?: string): void {
    this.residents.set(idNumber, { name, phone });
  }

  /** Resolves when so many questions have been taken. */
  async hasTaken(count: number): Promise<void> {
    while (this.taken.length < count) await new Promise<void>((done) => this.waiting.push(done));
  }

  /** Now the late answers come. */
  answerLate(): void {
    for (const answer of this.late.splice(0)) answer();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => {
      this.server.close(done);
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.arrived += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { status, body } = this.judge(request, Buffer.concat(chunks));
    const moods: Partial<Record<Mood, () => unknown>> = {
      'never answers': () => undefined,
      'answers late': () => this.late.push(() => response.end(JSON.stringify(body))),
      'hangs up': () => request.socket.destroy(),
      'talks nonsense': () => response.end('<html>504</html>'),
      'says something else': () => response.end('"OK"'),
      redirects: () => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      floods: () => response.end(JSON.stringify({ ...body, padding: 'x'.repeat(2 * 1024 * 1024) })),
    };
    const other = status === 200 ? moods[this.mood] : undefined;
    if (other) return void other();
    response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(body));
  }

  private judge(request: IncomingMessage, body: Buffer): Answer {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', this.origin);
    const headers = request.headers as Record<string, string>;
    const [, key, names = '', signature] =
      /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=(\w+)$/.exec(
        headers['authorization'] ?? '',
      ) ?? [];
    if (key !== KEY.id) return refusal(404, 'InvalidAccessKeyId.NotFound');
    const signed = names.split(';');
    const due = Object.keys(headers).filter((name) => name.startsWith('x-acs-'));
    const hash = sha256(body);
    const expected = acs3Signature(
      KEY.secret,
      { method: request.method ?? '', path: pathname, query, headers, signed },
      hash,
    );
    const complete = ['host', 'content-type', ...due].every((name) => signed.includes(name));
    if (signature !== expected || !complete || headers['x-acs-content-sha256'] !== hash) {
      return refusal(400, 'SignatureDoesNotMatch');
    }
    if (Math.abs(Date.parse(headers['x-acs-date'] ?? '') - Date.now()) > MINUTES_15) {
      return refusal(400, 'InvalidTimeStamp.Expired');
    }
    if (this.mood === 'throttles') return refusal(400, 'Throttling.User');
    const nonce = headers['x-acs-signature-nonce'] ?? '';
    if (nonce === '' || this.nonces.has(nonce)) return refusal(400, 'SignatureNonceUsed');
    this.nonces.add(nonce);
    const fields = Object.fromEntries([...query, ...new URLSearchParams(body.toString())]);
    return this.take({ action: `${headers['x-acs-action']} ${headers['x-acs-version']}`, nonce, fields });
  }

  private take(question: Taken): Answer {
    this.taken.push(question);
    for (const done of this.waiting.splice(0)) done();
    if (this.mood === 'breaks') return refusal(503, 'ServiceUnavailable');
    const actions: Record<string, (fields: Record<string, string>) => Record<string, unknown>> = {
      'Id2MetaVerify 2019-03-07': (fields) => this.compare(fields),
      'Mobile3MetaSimpleVerify 2019-03-07': (fields) => this.compare(fields),
      'SendSms 2017-05-25': () => ({ Code: this.smsCode, Message: this.smsCode, BizId: randomUUID() }),
    };
    const action = actions[question.action];
    if (!action) return refusal(404, 'InvalidAction.NotFound');
    return { status: 200, body: { RequestId: `R-${question.nonce}`, ...action(question.fields) } };
  }

  private compare({ UserName, IdentifyNum = '', Mobile, ParamType }: Record<string, string>): Record<string, unknown> {
    if (this.verifierCode !== '200' || ParamType !== 'normal') {
      return { Code: ParamType === 'normal' ? this.verifierCode : '401', Message: 'no' };
    }
    const person = this.residents.get(IdentifyNum);
    const same = person?.name === UserName && (Mobile === undefined || person?.phone === Mobile);
    const known = same ? '1' : '2';
    return { Code: '200', Message: 'success', ResultObject: { BizCode: person ? known : '3' } };
  }
}
