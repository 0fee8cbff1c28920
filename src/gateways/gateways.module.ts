/**
 * Gateways: the world outside, each a port with a real client and a stub; and the guarded fetch, the only way out.
 * The stubs exist in demonstrations only.
 */
import { Module } from '@nestjs/common';
import { Env } from '../config/env.js';
import { Jurisdiction } from '../config/jurisdiction.js';
import { Clock } from '../shared/clock.js';
import { IdentityVerifierClient } from './identity-verifier/identity-verifier.client.js';
import { IdentityVerifier } from './identity-verifier/identity-verifier.gateway.js';
import { IdentityVerifierStub, stubResidents } from './identity-verifier/identity-verifier.stub.js';
import { OutboundFetch } from './outbound.js';
import { AliyunSmsClient } from './sms/aliyun-sms.client.js';
import { SentMessages } from './sms/sent-messages.js';
import { SmsGateway } from './sms/sms.gateway.js';
import { SmsStub } from './sms/sms.stub.js';

function smsGateway(
  env: Env,
  outbound: OutboundFetch,
  clock: Clock,
  messages: SentMessages,
  jurisdiction: Jurisdiction,
) {
  if (env.aliyunSms) return new AliyunSmsClient(env.aliyunSms, outbound, clock);
  if (env.realm === 'production') throw new Error('ALIYUN_SMS_KEY: required in production');
  return new SmsStub(messages, jurisdiction);
}

function identityVerifier(env: Env, outbound: OutboundFetch, clock: Clock) {
  if (env.verifier) return new IdentityVerifierClient(env.verifier, outbound, clock);
  if (env.realm === 'production') throw new Error('VERIFIER_URL: required in production');
  return new IdentityVerifierStub(stubResidents(env.stubResidentsFile), clock);
}

@Module({
  providers: [
    OutboundFetch,
    SentMessages,
    { provide: SmsGateway, useFactory: smsGateway, inject: [Env, OutboundFetch, Clock, SentMessages, Jurisdiction] },
    { provide: IdentityVerifier, useFactory: identityVerifier, inject: [Env, OutboundFetch, Clock] },
  ],
  exports: [IdentityVerifier, OutboundFetch, SentMessages, SmsGateway],
})
export class GatewaysModule {}
