import { Buffer } from 'node:buffer';
import type { ConfigurationError } from '../../src/config/faults.js';
import { texts } from '../../src/locales/texts.js';

/** 32 bytes of one value, as `MASTER_KEY` is written. */
export const masterKey = (fill: number): string => Buffer.alloc(32, fill).toString('base64');

export const SECRETS = { MASTER_KEY: masterKey(1), COOKIE_KEYS: 'c'.repeat(32) };

/** A template for every purpose. */
export const SMS_TEMPLATES = Object.keys(texts('zh-CN').sms)
  .map((purpose, index) => `${purpose}=SMS_${index + 1}`)
  .join();

/** An environment that production starts with. */
export const PRODUCTION: NodeJS.ProcessEnv = {
  ...SECRETS,
  NODE_ENV: 'production',
  ISSUER: 'https://sso.example.gov.cn',
  OPS_PORT: '9090',
  DATABASE_URL: 'postgresql://tongxing:a-password@db/tongxing',
  REDIS_URL: 'redis://:a-password@redis',
  TRUST_PROXY: '10.0.0.0/8',
  ALIYUN_VERIFIER_KEY: 'id:secret',
  ALIYUN_SMS_KEY: 'id:secret',
  ALIYUN_SMS_SIGN: '湖北政务服务网',
  ALIYUN_SMS_TEMPLATES: SMS_TEMPLATES,
  REGISTER_URL: 'https://register.example.gov.cn/compare',
  REGISTER_KEY: 'id:0123456789abcdef',
};

/** The same with one variable missing. */
export const productionWithout = (name: string): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(PRODUCTION).filter(([one]) => one !== name));

/** What is wrong, according to the error that the work throws; nothing if it throws none. */
export function faultsOf(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    return (error as ConfigurationError).faults;
  }
}
