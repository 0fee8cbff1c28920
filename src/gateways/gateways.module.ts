/**
 * Gateways: the world outside, each a port with a real client and a stub; whether certificates are revoked; and the
 * guarded fetch, the only way out.
 * The stubs exist in demonstrations only. The clients' SDKs are loaded where they are configured.
 */
import { Module } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { sandboxAccount } from '../config/sandbox-alipay.js';
import { Clock } from '../shared/clock.js';
import { AlipayClient } from './alipay/alipay.client.js';
import { AlipayGateway } from './alipay/alipay.gateway.js';
import { NoAlipay } from './alipay/no-alipay.js';
import { EnterpriseRegisterClient } from './enterprise-register/enterprise-register.client.js';
import { EnterpriseRegister } from './enterprise-register/enterprise-register.gateway.js';
import { EnterpriseRegisterStub, stubEnterprises } from './enterprise-register/enterprise-register.stub.js';
import { IdentityVerifier } from './identity-verifier/identity-verifier.gateway.js';
import { IdentityVerifierStub, stubResidents } from './identity-verifier/identity-verifier.stub.js';
import { OutboundFetch } from './outbound.js';
import { OcspClient } from './revocation/ocsp.client.js';
import { RevocationLists } from './revocation/revocation-lists.service.js';
import { RevocationStore } from './revocation/revocation-store.service.js';
import { Revocation } from './revocation/revocation.service.js';
import { SentMessages } from './sms/sent-messages.js';
import { SmsGateway } from './sms/sms.gateway.js';
import { SmsStub } from './sms/sms.stub.js';

async function smsGateway(env: Env, outbound: OutboundFetch, messages: SentMessages, jurisdiction: Jurisdiction) {
  if (!env.aliyunSms && env.realm === 'production') throw new Error('ALIYUN_SMS_KEY: required in production');
  if (!env.aliyunSms) return new SmsStub(messages, jurisdiction);
  const { AliyunSmsClient } = await import('./sms/aliyun-sms.client.js');
  return new AliyunSmsClient(env.aliyunSms, outbound);
}

async function identityVerifier(env: Env, outbound: OutboundFetch) {
  if (!env.aliyunVerifier && env.realm === 'production') throw new Error('ALIYUN_VERIFIER_KEY: required in production');
  if (!env.aliyunVerifier) return new IdentityVerifierStub(stubResidents(env.stubResidentsFile));
  const { AliyunVerifierClient } = await import('./identity-verifier/aliyun-verifier.client.js');
  return new AliyunVerifierClient(env.aliyunVerifier, outbound);
}

function enterpriseRegister(env: Env, outbound: OutboundFetch, clock: Clock) {
  if (env.register) return new EnterpriseRegisterClient(env.register, outbound, clock);
  if (env.realm === 'production') throw new Error('REGISTER_URL: required in production');
  return new EnterpriseRegisterStub(stubEnterprises(env.stubEnterprisesFile));
}

/** In production the app's keys are tried at boot; a demonstration's are made when somebody first uses Alipay. */
async function alipay(env: Env, outbound: OutboundFetch): Promise<AlipayGateway> {
  const { alipay: own, alipayApp, issuer, realm } = env;
  if (!own && realm === 'production') return new NoAlipay();
  const account = async () => own ?? sandboxAccount(env);
  const client = new AlipayClient(account, alipayApp, outbound, `${issuer}/alipay/callback`);
  if (realm === 'production') await client.ready();
  return client;
}

@Module({
  providers: [
    OcspClient,
    OutboundFetch,
    Revocation,
    RevocationLists,
    RevocationStore,
    SentMessages,
    { provide: SmsGateway, useFactory: smsGateway, inject: [Env, OutboundFetch, SentMessages, Jurisdiction] },
    { provide: AlipayGateway, useFactory: alipay, inject: [Env, OutboundFetch] },
    { provide: EnterpriseRegister, useFactory: enterpriseRegister, inject: [Env, OutboundFetch, Clock] },
    { provide: IdentityVerifier, useFactory: identityVerifier, inject: [Env, OutboundFetch] },
  ],
  exports: [AlipayGateway, EnterpriseRegister, IdentityVerifier, OutboundFetch, Revocation, SentMessages, SmsGateway],
})
export class GatewaysModule {}
