import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import { GatewayDown } from '../../gateways/outside-party.js';
import { SentMessages } from '../../gateways/sms/sent-messages.js';
import { SmsGateway } from '../../gateways/sms/sms.gateway.js';
import type { CodePurpose } from '../../gateways/sms/sms.gateway.js';
import { secondsLeftOfChinaDay } from '../../shared/china-time.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { MemoryShortLived } from '../../storage/memory.short-lived.js';
import { ShortLived } from '../../storage/short-lived.js';
import { Captchas } from './captchas.service.js';
import { SmsCaptcha } from './sms-captcha.service.js';
import { SmsCodes } from './sms-codes.service.js';

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (refusal: Refusal) => refusal.code,
  );
const wrongFor = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe.each(['on', 'off'])('SMS codes with LIMITS=%s (R-2.1)', (limits) => {
  let service: RunningService;
  let codes: SmsCodes;
  let next = 13_300_000_000;
  /** To the first second of a China day: caps of hours and days then hold as long as a test needs. */
  const nextDay = () => service.clock.advance(secondsLeftOfChinaDay(service.clock.now()) + 1);
  const freshPhone = () => Phone.parse(String((next += 1)));

  beforeAll(async () => {
    service = await startService('hubei', { LIMITS: limits });
    codes = service.app.get(SmsCodes);
  });
  afterAll(async () => service.close());

  const send = async (phone: Phone, more: { binding?: string; purpose?: CodePurpose } = {}): Promise<string> => {
    const { binding = 'journey', purpose = 'registration' } = more;
    await codes.send({ purpose, phone, binding, address: '192.0.2.9', captcha: 'not-needed', object: '武汉站' });
    const [message] = await service.app.get(SentMessages).of(phone);
    return message?.code as string;
  };
  const prove = async (
    phone: Phone,
    code: string,
    more: { binding?: string; purpose?: CodePurpose } = {},
  ): Promise<string> => {
    const { binding = 'journey', purpose = 'registration' } = more;
    return codeOf(codes.prove({ purpose, phone, binding, code }));
  };

  it('counts once, of 50 who type it at once', async () => {
    const phone = freshPhone();
    const code = await send(phone, { binding: 'once' });
    const answers = await Promise.all(Array.from({ length: 50 }, async () => prove(phone, code, { binding: 'once' })));
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(await prove(phone, code, { binding: 'once' })).toBe('sms-code.used');
  });

  it('has five tries, though 50 come at once; then the right one is refused too', async () => {
    const phone = freshPhone();
    const code = await send(phone);
    const answers = await Promise.all(Array.from({ length: 50 }, async () => prove(phone, wrongFor(code))));
    expect(answers.filter((answer) => answer === 'sms-code.wrong')).toHaveLength(4);
    expect(answers.filter((answer) => answer === 'sms-code.too-many-tries')).toHaveLength(46);
    expect(await prove(phone, code)).toBe('sms-code.too-many-tries');
  });

  it('is bound to purpose, journey and number', async () => {
    const phone = freshPhone();
    const code = await send(phone, { binding: 'bound' });
    expect(await prove(phone, code, { binding: 'bound', purpose: 'reset' })).toBe('sms-code.none');
    expect(await prove(phone, code, { binding: 'another' })).toBe('sms-code.none');
    expect(await prove(freshPhone(), code, { binding: 'bound' })).toBe('sms-code.other-number');
    expect(await prove(phone, '', { binding: 'bound' })).toBe('sms-code.missing');
    expect(await prove(phone, ` ${code.slice(0, 3)} ${code.slice(3)}`, { binding: 'bound' })).toBe('done');
  });

  it('only the newest counts, for five minutes by the clock', async () => {
    const phone = freshPhone();
    const first = await send(phone);
    service.clock.advance(60);
    const second = await send(phone);
    if (first !== second) expect(await prove(phone, first)).toBe('sms-code.wrong');
    service.clock.advance(299);
    expect((await codes.sent('registration', 'journey'))?.phone.masked()).toBe(phone.masked());
    service.clock.advance(1);
    expect(await codes.sent('registration', 'journey')).toBeUndefined();
    expect(await prove(phone, second)).toBe('sms-code.expired');
  });

  it('is kept without number and code in plain', async () => {
    const phone = freshPhone();
    const code = await send(phone, { binding: 'kept' });
    const dump = (service.app.get(ShortLived) as MemoryShortLived).dump();
    const text = [dump, ...[...dump.matchAll(/[\w+/=-]{16,}/g)].map(([part]) => Buffer.from(part, 'base64'))].join();
    expect(text).not.toContain(phone.national);
    expect(text).not.toContain(`"${code}"`);
  });

  it('an operator that is down: told as such, and neither wait nor answer is used up', async () => {
    const gateway = service.app.get(SmsGateway);
    const works = gateway.send.bind(gateway);
    const phone = freshPhone();
    gateway.send = async () => {
      throw new GatewayDown('sms operator');
    };
    const refusal = await send(phone).catch((error: Refusal) => error);
    expect(refusal).toMatchObject({ code: 'sms.unavailable', status: 503 });
    gateway.send = works;
    expect(await codeOf(send(phone))).toBe('done');
  });

  it('a lost answer sends no second message within the minute; if the first arrives, its code counts', async () => {
    const gateway = service.app.get(SmsGateway);
    const works = gateway.send.bind(gateway);
    const phone = freshPhone();
    gateway.send = async (to, message) => {
      await works(to, message);
      throw new GatewayDown('sms operator', undefined, true);
    };
    const refusal = await send(phone, { binding: 'lost' }).catch((error: Refusal) => error);
    expect(refusal).toMatchObject({ code: 'sms.unclear', status: 503, field: 'smsCode', retryAfter: 60 });
    gateway.send = works;
    if (limits === 'on') {
      service.clock.advance(59);
      expect(await codeOf(send(phone, { binding: 'lost' }))).toBe('sms.too-soon');
    }
    const messages = await service.app.get(SentMessages).of(phone);
    expect(messages).toHaveLength(1);
    expect(await prove(phone, messages[0]?.code as string, { binding: 'lost' })).toBe('done');
  });

  it('a fault of ours is no operator that is down', async () => {
    const gateway = service.app.get(SmsGateway);
    const works = gateway.send.bind(gateway);
    gateway.send = async () => {
      throw new TypeError('a bug');
    };
    await expect(send(freshPhone())).rejects.toThrow(TypeError);
    gateway.send = works;
  });

  it('the message says purpose and site, holds no link, and warns', async () => {
    const phone = freshPhone();
    for (const purpose of ['registration', 'login', 'reset'] as const) {
      await send(phone, { purpose });
      service.clock.advance(61);
      const [message] = await service.app.get(SentMessages).of(phone);
      expect(message?.text).toMatch(/^【.+】.*武汉站.*工作人员不会向您索要验证码。$/);
      expect(message?.text).not.toMatch(/https?:|www\./);
    }
  });

  describe('the picture before it', () => {
    const answered = async (binding: string) => {
      const id = await service.app.get(Captchas).issue(binding);
      return { id, text: await service.app.get(Captchas).answer(id) };
    };
    const ask = async (phone: Phone, captcha: { id?: string; text?: string } = {}): Promise<string> =>
      codeOf(codes.send({ purpose: 'login', phone, binding: 'pic', address: '192.0.2.9', captcha, object: '武汉站' }));

    it('R-2.2 covers the message and two resends to the same number', async () => {
      nextDay();
      const phone = freshPhone();
      expect(await ask(phone)).toBe('captcha.missing');
      expect(await ask(phone, await answered('pic'))).toBe('done');
      for (let resend = 0; resend < 2; resend += 1) {
        service.clock.advance(61);
        expect(await service.app.get(SmsCaptcha).isCovered('pic', phone)).toBe(true);
        expect(await ask(phone)).toBe('done');
      }
      service.clock.advance(61);
      expect(await service.app.get(SmsCaptcha).isCovered('pic', phone)).toBe(false);
      expect(await ask(phone)).toBe('captcha.missing');
      expect(await ask(freshPhone())).toBe('captcha.missing');
    });

    it('R-2.2 covers ten minutes, by the clock', async () => {
      const phone = freshPhone();
      expect(await ask(phone, await answered('pic'))).toBe('done');
      service.clock.advance(601);
      expect(await ask(phone)).toBe('captcha.missing');
    });

    if (limits === 'on') {
      it('R-2.2 is not used up by a resend that comes too soon', async () => {
        const phone = freshPhone();
        expect(await ask(phone, await answered('pic'))).toBe('done');
        for (let soon = 0; soon < 4; soon += 1) expect(await ask(phone)).toBe('sms.too-soon');
        service.clock.advance(61);
        expect(await ask(phone)).toBe('done');
      });
    }
  });

  it('wrong tries spread over fresh codes are counted, and closed till tomorrow when limits are on', async () => {
    nextDay();
    const phone = freshPhone();
    const answers: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const code = await send(phone);
      for (let tries = 0; tries < 5; tries += 1) answers.push(await prove(phone, wrongFor(code)));
      service.clock.advance(round === 3 ? 3600 : 61);
    }
    const closed = answers.filter((answer) => answer === 'sms-code.day-cap').length;
    expect(closed).toBe(limits === 'on' ? 5 : 0);
    nextDay();
    const code = await send(phone);
    expect(await prove(phone, code)).toBe('done');
  });
});
