import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { jest } from '@jest/globals';
import { AliyunStandIn, acs3Signature } from '../../test/support/aliyun.js';
import type { Mood } from '../../test/support/aliyun.js';
import type { Env } from '../config/env.js';
import { texts } from '../locales/texts.js';
import { PersonName } from '../shared/person-name.js';
import { Phone } from '../shared/phone.js';
import { ResidentId } from '../shared/resident-id.js';
import { AliyunVerifierClient } from './identity-verifier/aliyun-verifier.client.js';
import { OutboundFetch } from './outbound.js';
import { GatewayDown } from './outside-party.js';
import { AliyunSmsClient } from './sms/aliyun-sms.client.js';
import type { SmsPurpose } from './sms/sms.gateway.js';

const PHONE = Phone.parse('13800000000');
const PURPOSES = Object.keys(texts('zh-CN').sms) as SmsPurpose[];
const TEMPLATES = Object.fromEntries(PURPOSES.map((purpose, at) => [purpose, `SMS_${at}`])) as Record<
  SmsPurpose,
  string
>;
const MESSAGE = { purpose: 'level', code: '123456', object: '湖北政务服务网 (试*)', minutes: 5 } as const;
const FAULTS: Mood[] = [
  'throttles',
  'breaks',
  'never answers',
  'talks nonsense',
  'says something else',
  'redirects',
  'floods',
  'hangs up',
];

let transaction = 0;
const question = (name = '张三', idNumber = '420106199003071019') => ({
  name: PersonName.parse(name),
  idNumber: ResidentId.fromCanonical(idNumber),
  transaction: `T-${(transaction += 1)}`,
});
const downOf = async (work: Promise<unknown>): Promise<GatewayDown> => {
  const error = await work.catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(GatewayDown);
  return error as GatewayDown;
};

describe('Alibaba Cloud (docs/gateways.md)', () => {
  let standIn: AliyunStandIn;
  const outbound = new OutboundFetch({ outboundAllow: ['127.0.0.0/8'] } as unknown as Env);
  const verifier = () => new AliyunVerifierClient(standIn.account, outbound);
  const operator = () => new AliyunSmsClient({ ...standIn.account, sign: '湖北政务', templates: TEMPLATES }, outbound);

  beforeEach(async () => {
    standIn = await AliyunStandIn.start();
    standIn.knows('张三', '420106199003071019', '13800000000');
    standIn.knows('阿依古丽·买买提', '650102198808080062');
  });
  afterEach(async () => standIn.close());

  it('the stand-in computes the signature that Alibaba publishes as an example', () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const headers = {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': empty,
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    };
    const query = new URLSearchParams(
      'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
    );
    const request = { method: 'POST', path: '/', query, headers, signed: Object.keys(headers) };
    expect(acs3Signature('YourAccessKeySecret', request, empty)).toBe(
      '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('the documents name a template for every purpose', () => {
    const documents = readFileSync('docs/gateways.md', 'utf8');
    expect(PURPOSES.filter((purpose) => !documents.includes(`\`${purpose}\``))).toEqual([]);
  });

  it('the SDK’s own way out is never taken', async () => {
    const ways = [jest.spyOn(http, 'request'), jest.spyOn(https, 'request')];
    await verifier().compare(question());
    await operator().send(PHONE, MESSAGE);
    for (const way of ways) expect(way).not.toHaveBeenCalled();
    expect(standIn.taken).toHaveLength(2);
    jest.restoreAllMocks();
  });

  it('a wrong secret is refused by the stand-in: it does check', async () => {
    const client = new AliyunVerifierClient({ ...standIn.account, secret: 'another' }, outbound);
    expect((await downOf(client.compare(question()))).cause).toMatchObject({ message: '400 SignatureDoesNotMatch' });
    expect(standIn.taken).toEqual([]);
  });

  describe('identity verifier', () => {
    it.each([
      ['match', '张三', '420106199003071019'],
      ['match', '阿依古丽·买买提', '650102198808080062'],
      ['mismatch', '李四', '420106199003071019'],
      ['not-found', '张三', '420106198506121028'],
    ])('answers %s for %s %s, with its own number of the answer', async (answer, name, idNumber) => {
      const asked = question(name, idNumber);
      expect(await verifier().compare(asked)).toEqual({ answer, reference: `R-${asked.transaction}` });
      const fields = { ParamType: 'normal', UserName: name, IdentifyNum: idNumber };
      expect(standIn.taken).toEqual([{ action: 'Id2MetaVerify 2019-03-07', nonce: asked.transaction, fields }]);
    });

    it('with a phone number asks for three factors', async () => {
      expect((await verifier().compare({ ...question(), phone: PHONE })).answer).toBe('match');
      const other = Phone.parse('13900000000');
      expect((await verifier().compare({ ...question(), phone: other })).answer).toBe('mismatch');
      expect(standIn.taken.map(({ action, fields }) => [action, fields['Mobile']])).toEqual([
        ['Mobile3MetaSimpleVerify 2019-03-07', '13800000000'],
        ['Mobile3MetaSimpleVerify 2019-03-07', '13900000000'],
      ]);
    });

    it('does one transaction once, however often it is sent', async () => {
      const asked = question();
      expect((await verifier().compare(asked)).answer).toBe('match');
      expect((await downOf(verifier().compare(asked))).cause).toMatchObject({ message: '400 SignatureNonceUsed' });
      expect(standIn.taken).toHaveLength(1);
    });

    it.each(FAULTS)('is down for us when it %s, and is asked once', async (mood) => {
      standIn.mood = mood;
      await downOf(verifier().compare(question()));
      expect(standIn.arrived).toBe(1);
    });

    it.each(['400', '402', '410', '411', '412', '500', '999'])('is down for us with code %s', async (code) => {
      standIn.verifierCode = code;
      expect((await downOf(verifier().compare(question()))).cause).toMatchObject({ message: `answered ${code}` });
    });

    it('data that its rules do not take are not found; asked too often is no answer; neither says that it is down', async () => {
      const client = verifier();
      standIn.verifierCode = '401';
      for (let asked = 0; asked < 6; asked += 1) expect((await client.compare(question())).answer).toBe('not-found');
      standIn.verifierCode = '403';
      for (let asked = 0; asked < 6; asked += 1) await downOf(client.compare(question()));
      standIn.verifierCode = '200';
      expect((await client.compare(question())).answer).toBe('match');
      expect(standIn.taken).toHaveLength(13);
    });

    it('is left alone after five failures', async () => {
      standIn.mood = 'breaks';
      const client = verifier();
      for (let asked = 0; asked < 8; asked += 1) await downOf(client.compare(question()));
      expect(standIn.arrived).toBe(5);
    });

    it('is asked once more when nobody listens, and then is down', async () => {
      const client = verifier();
      await standIn.close();
      const down = await downOf(client.compare(question()));
      expect(down.mayHaveArrived).toBe(false);
      standIn = await AliyunStandIn.start();
    });
  });

  describe('SMS operator', () => {
    it('sends by the purpose’s own template, with its variables as text', async () => {
      const client = operator();
      for (const purpose of PURPOSES) await client.send(PHONE, { ...MESSAGE, purpose });
      expect(standIn.taken.map(({ fields }) => fields['TemplateCode'])).toEqual(Object.values(TEMPLATES));
      const [{ action, nonce, fields }] = standIn.taken as [(typeof standIn.taken)[number]];
      expect(action).toBe('SendSms 2017-05-25');
      expect(fields).toMatchObject({ PhoneNumbers: '13800000000', SignName: '湖北政务', OutId: nonce });
      expect(JSON.parse(fields['TemplateParam'] as string)).toEqual({
        code: '123456',
        object: '湖北政务服务网 (试*)',
        minutes: '5',
      });
    });

    it.each(FAULTS)('is asked once when it %s, and we know whether a message may be on its way', async (mood) => {
      standIn.mood = mood;
      const down = await downOf(operator().send(PHONE, MESSAGE));
      expect(down.mayHaveArrived).toBe(mood !== 'throttles');
      expect(standIn.arrived).toBe(1);
    });

    it('that refuses one number is up for the others; a system error may have sent', async () => {
      const client = operator();
      standIn.smsCode = 'isv.BUSINESS_LIMIT_CONTROL';
      for (let refused = 0; refused < 6; refused += 1) {
        expect((await downOf(client.send(PHONE, MESSAGE))).mayHaveArrived).toBe(false);
      }
      standIn.smsCode = 'isp.SYSTEM_ERROR';
      expect((await downOf(client.send(PHONE, MESSAGE))).mayHaveArrived).toBe(true);
      standIn.smsCode = 'OK';
      await client.send(PHONE, MESSAGE);
      expect(standIn.taken).toHaveLength(8);
    });

    it('not reached at all has sent nothing', async () => {
      const client = operator();
      await standIn.close();
      expect((await downOf(client.send(PHONE, MESSAGE))).mayHaveArrived).toBe(false);
      standIn = await AliyunStandIn.start();
    });
  });
});
