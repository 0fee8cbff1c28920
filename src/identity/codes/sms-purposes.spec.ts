import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import type { CodePurpose } from '../../gateways/sms/sms.gateway.js';
import { SentMessages } from '../../gateways/sms/sent-messages.js';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { SmsCodes } from './sms-codes.service.js';

const PURPOSES: Record<CodePurpose, string> = {
  registration: '注册',
  login: '登录',
  reset: '重新设置',
  level: '实名认证',
  'phone-old': '原手机号',
  'phone-new': '设为',
  'lost-number': '原手机号不用',
  'alipay-link': '支付宝绑定',
  'entity-registration': '只可告知您委托的经办人',
  'entity-contact': '联系手机号',
  'entity-reset': '法人帐号的登录密码',
  'certificate-bind': '帐号绑定数字证书',
  'certificate-unbind': '解除绑定数字证书',
  'representative-change': '变更武汉站法人帐号的法定代表人',
  'contact-change': '更换武汉站法人帐号的联系手机号',
};

describe('what an SMS code is for', () => {
  let service: RunningService;
  let codes: SmsCodes;
  let next = 13_250_000_000;
  beforeAll(async () => {
    service = await startService('hubei');
    codes = service.app.get(SmsCodes);
  });
  afterAll(async () => service.close());

  const purposes = Object.keys(PURPOSES) as CodePurpose[];
  const prove = async (purpose: CodePurpose, phone: Phone, code: string, binding: string): Promise<string> =>
    codes.prove({ purpose, phone, binding, code }).then(
      () => 'done',
      (refusal: Refusal) => refusal.code,
    );

  it.each(purposes)('one for %s says so, and counts for nothing else in the same journey', async (purpose) => {
    const phone = Phone.parse(String((next += 1)));
    const binding = `of-${purpose}`;
    await codes.send({ purpose, phone, binding, address: '192.0.2.9', captcha: 'not-needed', object: '武汉站' });
    const [message] = await service.app.get(SentMessages).of(phone);
    const code = message?.code as string;
    expect(message?.text).toContain(PURPOSES[purpose]);
    for (const other of purposes.filter((one) => one !== purpose)) {
      expect(await prove(other, phone, code, binding)).toBe('sms-code.none');
    }
    expect(await prove(purpose, phone, code, binding)).toBe('done');
  });
});
