import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Env } from '../../config/env.js';
import { sandboxAlipay } from '../../config/sandbox-alipay.js';
import type { SandboxAlipay } from '../../config/sandbox-alipay.js';
import { sandboxCertificates } from './alipay-certificates.js';
import type { SandboxCertificates } from './alipay-certificates.js';
import { AlipayDesk } from './alipay-desk.service.js';
import { faultIn, sealed } from './alipay-requests.js';
import type { Parameters } from './alipay-requests.js';
import type { AlipayMood, StubAlipayUser } from './alipay-users.js';

interface Ends {
  keys: SandboxAlipay;
  certificates: SandboxCertificates;
}

/** A question that is in order: how its answer is sealed, and by what it is named. */
interface Asked extends Ends {
  name: string;
  certificate?: string;
}

const ERROR = 'error_response';
const fault = (sub_code: string) => ({
  code: '40002',
  msg: 'Invalid Arguments',
  sub_code,
  sub_msg: 'said by the sandbox',
});
/** Long over our own limit. */
const SLOW_MS = 12_000;

/** What this Alipay's gateway answers. */
@Injectable()
export class AlipayAnswers {
  private ends?: Promise<Ends>;

  constructor(
    private readonly desk: AlipayDesk,
    private readonly env: Env,
  ) {}

  /** @returns the body; `undefined` for no answer worth the name */
  async to(all: Parameters): Promise<string | undefined> {
    const { keys, certificates } = await this.both();
    const wrong = faultIn(all, keys, certificates);
    const name = `${(all['method'] ?? '').replaceAll('.', '_')}_response`;
    const certificate = all['app_cert_sn'] === undefined ? undefined : certificates.alipaySerial;
    if (wrong) return sealed(ERROR, fault(wrong), keys.alipayKey, certificate);
    const asked: Asked = { keys, certificates, certificate, name };
    return all['method'] === 'alipay.user.info.share' ? this.user(all, asked) : this.token(all, asked);
  }

  private async token(all: Parameters, asked: Asked): Promise<string | undefined> {
    const { keys, name, certificate } = asked;
    const user = all['grant_type'] === 'authorization_code' ? this.desk.codes.take(all['code'] ?? '') : undefined;
    if (!user || user.answer === 'code-used') {
      return sealed(ERROR, fault('isv.code-invalid'), keys.alipayKey, certificate);
    }
    if (user.answer === 'clock') return sealed(ERROR, fault('isv.invalid-timestamp'), keys.alipayKey, certificate);
    if (user.answer === 'down') return undefined;
    if (user.answer === 'slow') await new Promise((done) => void setTimeout(done, SLOW_MS).unref());
    const times = { expires_in: 600, re_expires_in: 1200 };
    const access = this.desk.tokens.add(user);
    return sealed(
      name,
      { ...this.numberOf(user), access_token: access, refresh_token: `r${access}`, ...times },
      keys.alipayKey,
      certificate,
    );
  }

  private user(all: Parameters, asked: Asked): string {
    const { keys, name, certificate } = asked;
    const user = this.desk.tokens.get(all['auth_token'] ?? '');
    if (!user) {
      const said = { code: '20001', msg: 'Insufficient Token Permissions', sub_code: 'aop.invalid-auth-token' };
      return sealed(name, said, keys.alipayKey, certificate);
    }
    const answer = { code: '10000', msg: 'Success', ...this.numberOf(user), ...told(user) };
    const good = sealed(name, answer, keys.alipayKey, certificate);
    return user.answer ? (BAD[user.answer]?.(good, answer, asked) ?? good) : good;
  }

  /** An app knows a user by one number, which is no other app's. */
  private numberOf({ userId }: StubAlipayUser): Record<string, string> {
    const openId = `061${createHash('sha256').update(userId).digest('base64url').slice(0, 40)}`;
    return this.env.alipayApp.userId === 'user_id' ? { user_id: userId } : { open_id: openId };
  }

  private async both(): Promise<Ends> {
    this.ends ??= sandboxAlipay(this.env.dataDir).then((keys) => ({ keys, certificates: sandboxCertificates(keys) }));
    return this.ends;
  }
}

/** What is missing is left out, as Alipay does where an app has no right to it. */
const told = ({ name, idNumber, phone, certified, answer }: StubAlipayUser): object => ({
  nick_name: '沙箱 "sign":"用户"',
  is_certified: certified ? 'T' : 'F',
  user_type: answer === 'company' ? '1' : '2',
  user_status: 'T',
  ...(idNumber ? { cert_type: '0', cert_no: idNumber } : {}),
  ...(name ? { user_name: name } : {}),
  ...(phone ? { mobile: phone } : {}),
});

const FORGED = {
  code: '10000',
  msg: 'Success',
  is_certified: 'T',
  cert_type: '0',
  user_name: '李四',
  cert_no: '420106198506121028',
};

/** Answers that nobody may believe. The app's own key stands for a stranger's. */
const BAD: Partial<Record<AlipayMood, (good: string, answer: object, asked: Asked) => string>> = {
  garbage: () => '<html><body>502 Bad Gateway</body></html>',
  unsigned: (_good, answer, { name }) => JSON.stringify({ [name]: answer }),
  'wrong-key': (_good, answer, { name, keys, certificate }) => sealed(name, answer, keys.appKey, certificate),
  'other-text': (good) => good.replace('"is_certified"', '"user_name":"李四","is_certified"'),
  wrapped: (good, answer, { name }) => good.replace(/\}$/, `,"${name}":${JSON.stringify({ ...answer, ...FORGED })}}`),
  'unknown-certificate': (_good, answer, { name, keys }) => sealed(name, answer, keys.alipayKey, 'f'.repeat(32)),
};
