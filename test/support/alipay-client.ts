import type { AlipayAccount, AlipayApp } from '../../src/config/alipay-account.js';
import type { Env } from '../../src/config/env.js';
import { AlipayClient } from '../../src/gateways/alipay/alipay.client.js';
import { AlipayRefused } from '../../src/gateways/alipay/alipay.gateway.js';
import { OutboundFetch } from '../../src/gateways/outbound.js';
import { KEYS, envelope } from './alipay.js';
import type { AlipayAtHome, AlipayQuestion } from './alipay.js';

export const APP: AlipayApp = { userId: 'open_id', fields: ['certified', 'name', 'id-number', 'phone'] };
export const APP_ID = '2021000000000001';
export const CALLBACK = 'https://sso.example.gov.cn/alipay/callback';
export const TOKEN = 'alipay_system_oauth_token_response';
export const USER = 'alipay_user_info_share_response';
export const token = {
  open_id: '061P',
  access_token: 'authusrB1',
  expires_in: 1296000,
  refresh_token: 'r',
  re_expires_in: 1,
};
export const wang = {
  code: '10000',
  msg: 'Success',
  open_id: '061P',
  user_type: '2',
  user_status: 'T',
  is_certified: 'T',
  cert_type: '0',
  cert_no: '42050219990101003 8',
  user_name: '王小明',
  mobile: '13800000000',
  nick_name: '"sign":"x"',
};
export const outbound = new OutboundFetch({ outboundAllow: ['127.0.0.0/8'] } as unknown as Env);

export const accountOf = (home: AlipayAtHome, more: Partial<AlipayAccount> = {}): AlipayAccount => ({
  appId: APP_ID,
  appKey: KEYS.app.privateKey,
  publicKey: KEYS.alipay.publicKey,
  authorizeUrl: 'https://openauth.alipay.com/oauth2/publicAppAuthorize.htm',
  gatewayUrl: home.url,
  ...more,
});
/** Our client, asking that gateway. */
export const clientOf = (home: AlipayAtHome, app: Partial<AlipayApp> = {}, more: Partial<AlipayAccount> = {}) =>
  new AlipayClient(async () => accountOf(home, more), { ...APP, ...app }, outbound, CALLBACK);

/** What Alipay says of both questions; a good answer where nothing else is given. */
export const answers =
  (bodies: { token?: string; user?: string }) =>
  ({ all }: AlipayQuestion) =>
    all['method'] === 'alipay.system.oauth.token'
      ? (bodies.token ?? envelope(TOKEN, token))
      : (bodies.user ?? envelope(USER, wang));

export const failure = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** The fault that was told, or the class of what was thrown. */
export const faultOf = async (work: Promise<unknown>) => {
  const error = await failure(work);
  return error instanceof AlipayRefused ? error.fault : (error as Error).constructor;
};
