import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Env } from '../config/env.js';
import { Clock } from '../shared/clock.js';
import { PersonName } from '../shared/person-name.js';
import { Phone } from '../shared/phone.js';
import { ResidentId } from '../shared/resident-id.js';
import { GatewayDown } from './circuit-breaker.js';
import { IdentityVerifierClient } from './identity-verifier/identity-verifier.client.js';
import { OutboundFetch } from './outbound.js';
import { AliyunSmsClient, signedParameters } from './sms/aliyun-sms.client.js';

const guard = (outboundAllow: string[]): OutboundFetch => new OutboundFetch({ outboundAllow } as unknown as Env);
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

describe('the real clients', () => {
  const received: { headers: Record<string, unknown>; body: string }[] = [];
  let answer = '{}';
  let status = 200;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end(answer);
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterAll(() => server.close());

  it('identity verifier: signs time, nonce and body, and reads the three answers', async () => {
    const client = new IdentityVerifierClient({ url, keyId: 'key', secret: 'secret' }, guard(LOOPBACK), new Clock());
    const name = PersonName.parse('张三');
    const id = ResidentId.fromCanonical('420106199003071019');
    for (const result of ['match', 'mismatch', 'not-found']) {
      answer = JSON.stringify({ result });
      expect(await client.compare(name, id)).toBe(result);
    }
    const { headers, body } = received.at(-1) as (typeof received)[number];
    expect(JSON.parse(body)).toEqual({ name: '张三', idNumber: '420106199003071019' });
    const signed = `${String(headers['x-timestamp'])}\n${String(headers['x-nonce'])}\n${body}`;
    expect(headers['x-signature']).toBe(createHmac('sha256', 'secret').update(signed).digest('base64'));
    answer = '{"result":"perhaps"}';
    await expect(client.compare(name, id)).rejects.toThrow(GatewayDown);
    status = 500;
    answer = '{"result":"match"}';
    await expect(client.compare(name, id)).rejects.toThrow(GatewayDown);
    status = 200;
  });

  it('Aliyun SMS: the published example of the signature, and a refusal of the operator', async () => {
    const example = {
      AccessKeyId: 'testId',
      Action: 'SendSms',
      Format: 'XML',
      OutId: '123',
      PhoneNumbers: '15300000001',
      RegionId: 'cn-hangzhou',
      SignName: '阿里云短信测试专用',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '45e25e9b-0a6f-4070-8c85-2956eda1b466',
      SignatureVersion: '1.0',
      TemplateCode: 'SMS_71390007',
      TemplateParam: '{"customer":"test"}',
      Timestamp: '2017-07-12T02:42:19Z',
      Version: '2017-05-25',
    };
    const [, signature = '', canonical = ''] =
      /^Signature=([^&]+)&(.*)$/.exec(signedParameters(example, 'testSecret')) ?? [];
    const signed = (method: string) =>
      createHmac('sha1', 'testSecret&')
        .update(`${method}&%2F&${encodeURIComponent(canonical)}`)
        .digest('base64');
    // Aliyun's documents give the signature of the GET; only the method's name differs in ours.
    expect(signed('GET')).toBe('zJDF+Lrzhj/ThnlvIToysFRq6t4=');
    expect(decodeURIComponent(signature)).toBe(signed('POST'));

    const account = { keyId: 'a', secret: 'b', sign: '湖北政务', templates: { registration: 'SMS_1' } };
    const client = new AliyunSmsClient(account, guard(LOOPBACK), new Clock(), url);
    const message = { purpose: 'registration', code: '123456', object: '武汉', minutes: 5 } as const;
    answer = '{"Code":"OK"}';
    await client.send(Phone.parse('13800000000'), message);
    const sent = new URLSearchParams(received.at(-1)?.body);
    expect(sent.get('PhoneNumbers')).toBe('13800000000');
    expect(JSON.parse(sent.get('TemplateParam') as string)).toEqual({ code: '123456', object: '武汉', minutes: '5' });
    answer = '{"Code":"isv.BUSINESS_LIMIT_CONTROL"}';
    for (let refused = 0; refused < 6; refused += 1) {
      await expect(client.send(Phone.parse('13800000000'), message)).rejects.toThrow(GatewayDown);
    }
    answer = '{"Code":"OK"}';
    await client.send(Phone.parse('13900000000'), message);
    await expect(client.send(Phone.parse('13900000000'), { ...message, purpose: 'reset' })).rejects.toThrow(
      'no template',
    );
  });
});
