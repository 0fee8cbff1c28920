import { Sensitive } from '../../shared/sensitive.js';

/** Who somebody is to one app of ours at Alipay: `open_id|<app>|<number>`. Another app knows them by another number. */
export class AlipayUser extends Sensitive {
  static of(kind: 'open_id' | 'user_id', appId: string, number: string): AlipayUser {
    return new AlipayUser(`${kind}|${appId}|${number}`);
  }

  static fromCanonical(canonical: string): AlipayUser {
    return new AlipayUser(canonical);
  }

  masked(): string {
    return '***';
  }
}
