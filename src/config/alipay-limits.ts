import { Count } from './rules.js';

/** The way back from Alipay: `limits.alipay`. */
export class AlipayLimits {
  /** Codes that came back from Alipay, each of which is asked about there. */
  @Count()
  perAddressHour!: number;

  @Count()
  serviceHour!: number;
}
