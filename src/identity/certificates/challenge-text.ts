/** What a challenge is for; an answer to one purpose is none to another. */
export type ChallengePurpose =
  'bind' | 'unbind' | 'login' | 'replace' | 'proof' | 'reset' | 'representative' | 'contact';

/** What a challenge says, to the person and to the program that signs it. */
export interface ChallengeWords {
  portal: string;
  issuer: string;
  purpose: ChallengePurpose;
  /** The legal entity's name, once it is known. */
  entity?: string;
  /** 128 bits, hex. */
  nonce: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** The first line. A certificate assistant signs nothing that does not begin with it, so no other protocol takes it. */
export const CHALLENGE_HEADER = 'TONGXING CERTIFICATE CHALLENGE 1';

const PURPOSES: Record<ChallengePurpose, string> = {
  bind: '绑定证书 bind',
  unbind: '解除绑定 unbind',
  login: '证书登录 login',
  replace: '更换证书 replace',
  proof: '确认身份 proof',
  reset: '重设密码 reset',
  representative: '变更法定代表人 representative',
  contact: '更换联系手机号 contact',
};
const NONCE = /\nnonce: ([0-9a-f]{32})\n/;

/** Text that a person can read and no other protocol would accept (DOMAIN 7). */
export const challengeText = ({
  portal,
  issuer,
  purpose,
  entity,
  nonce,
  issuedAt,
  expiresAt,
}: ChallengeWords): string =>
  [
    CHALLENGE_HEADER,
    `${portal} 统一用户帐号`,
    `issuer: ${issuer}`,
    `purpose: ${PURPOSES[purpose]}`,
    `entity: ${entity ?? '-'}`,
    `nonce: ${nonce}`,
    `issued: ${issuedAt.toISOString()}`,
    `expires: ${expiresAt.toISOString()}`,
    '',
  ].join('\n');

/** The nonce by which our own copy is found; nothing else of what was sent back is ever read. */
export const nonceIn = (text: string): string | undefined => NONCE.exec(text)?.[1];
