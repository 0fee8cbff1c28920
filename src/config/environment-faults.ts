import { Buffer } from 'node:buffer';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { texts } from '../locales/texts.js';
import { assistantOf } from './assistants.js';
import { alipayFaults } from './alipay-account.js';
import type { Environment } from './environment.js';
import { describedVariables } from './variable.js';

export const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

const STUBS = ['STUB_RESIDENTS_FILE', 'STUB_ENTERPRISES_FILE', 'STUB_ALIPAY_FILE'] as const;
const SERVICES = [
  'ALIYUN_VERIFIER_URL',
  'ALIYUN_SMS_URL',
  'REGISTER_URL',
  'ALIPAY_AUTHORIZE_URL',
  'ALIPAY_GATEWAY_URL',
] as const;
const SHORTEST_COOKIE_KEY = 32;
const MASTER_KEY_BYTES = 32;

/** Every key of a list that is given has this; a list of nothing but commas has not. */
const each = (text: string | undefined, isSound: (key: string) => boolean): boolean =>
  text === undefined || (list(text).length > 0 && list(text).every(isSound));

function keyFaults({ MASTER_KEY, COOKIE_KEYS }: Environment): string[] {
  const master = each(MASTER_KEY, (key) => Buffer.from(key, 'base64').length === MASTER_KEY_BYTES);
  const cookie = each(COOKIE_KEYS, (key) => key.length >= SHORTEST_COOKIE_KEY);
  return [
    ...(master ? [] : ['MASTER_KEY: 32 bytes in base64 expected, for example from: openssl rand -base64 32']),
    ...(cookie ? [] : [`COOKIE_KEYS: at least ${SHORTEST_COOKIE_KEY} characters each expected`]),
  ];
}

function rangeFaults({ TRUST_PROXY, OUTBOUND_ALLOW }: Environment): string[] {
  const isHost = (text: string) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text);
  return [
    ...list(TRUST_PROXY)
      .filter((text) => !ipaddr.isValidCIDR(text))
      .map((text) => `TRUST_PROXY: ${text} is not a CIDR, such as 10.0.0.0/8`),
    ...list(OUTBOUND_ALLOW)
      .filter((text) => !ipaddr.isValidCIDR(text) && !isHost(text))
      .map((text) => `OUTBOUND_ALLOW: ${text} is neither a host nor a CIDR`),
  ];
}

/** `undefined` for what is no web address; `localhost:3000` is one of no scheme we know. */
export const webAddress = (text: string | undefined): URL | undefined =>
  text && /^https?:/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;

function addressFaults({ ISSUER, PORT, OPS_PORT }: Environment): string[] {
  const issuer = webAddress(ISSUER);
  const isOrigin = issuer === undefined || `${issuer.origin}/` === issuer.href;
  return [
    ...(isOrigin ? [] : ['ISSUER: an origin without user, path or query expected']),
    ...(PORT === OPS_PORT ? ['OPS_PORT: another port than PORT expected'] : []),
  ];
}

function assistantFaults({ ASSISTANTS }: Environment): string[] {
  return list(ASSISTANTS)
    .filter((text) => assistantOf(text) === undefined)
    .map((text) => `ASSISTANTS: ${text} is not driver=loopback origin, such as tongxing=http://127.0.0.1:3009`);
}

/** Each purpose that a message has a text for has a template at the operator. */
function templateFaults({ ALIYUN_SMS_TEMPLATES }: Environment): string[] {
  if (ALIYUN_SMS_TEMPLATES === undefined) return [];
  const named = new Set(list(ALIYUN_SMS_TEMPLATES).map((pair) => pair.split('=')[0]));
  const missing = Object.keys(texts('zh-CN').sms).filter((purpose) => !named.has(purpose));
  return missing.length > 0 ? [`ALIYUN_SMS_TEMPLATES: no template for ${missing.join(', ')}`] : [];
}

/** What class-validator cannot see of the environment, whatever the realm. */
export const environmentFaults = (raw: Environment): string[] => [
  ...keyFaults(raw),
  ...rangeFaults(raw),
  ...addressFaults(raw),
  ...assistantFaults(raw),
  ...templateFaults(raw),
  ...alipayFaults(raw),
];

const isPlain = (address: string | undefined): boolean => address?.startsWith('http:') ?? false;

/** What production asks for on top (DESIGN 3). */
export const productionFaults = (raw: Environment): string[] => [
  ...describedVariables()
    .filter(({ name, required }) => required && raw[name as keyof Environment] === undefined)
    .map(({ name }) => `${name}: required in production`),
  ...(isPlain(raw.ISSUER) ? ['ISSUER: https expected in production'] : []),
  ...SERVICES.filter((name) => isPlain(raw[name])).map((name) => `${name}: https expected in production`),
  ...(raw.LIMITS === 'off' ? ['LIMITS: off exists in demonstrations only'] : []),
  ...STUBS.filter((name) => raw[name] !== undefined).map((name) => `${name}: stubs exist in demonstrations only`),
];
