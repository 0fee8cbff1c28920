import { Refusal } from '../../shared/refusal.js';
import { AlipayGateway } from './alipay.gateway.js';

const gone = () => new Refusal('page.not-found', { status: 404 });

/** Production without an app at Alipay: no page speaks of it. */
export class NoAlipay extends AlipayGateway {
  async authorizationPage(): Promise<never> {
    throw gone();
  }

  async whose(): Promise<never> {
    throw gone();
  }
}
