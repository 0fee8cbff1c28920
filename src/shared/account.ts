/** A natural person (自然人) or a legal entity (法人). */
export type AccountKind = 'person' | 'entity';

/** How a session was proved (RFC 8176; DESIGN 4). */
export type Amr = 'pwd' | 'sms' | 'fed' | 'hwk' | 'swk' | 'mca' | 'user';

/** Authentication level (认证等级): 0 registered, 1 name and number checked, 2 strong means, 3 certificate in this session. */
export type Level = 0 | 1 | 2 | 3;

/** How an account's level was proved. */
export type VerificationMethod = 'id-card' | 'alipay';

export type LoginMethod = 'password' | 'sms' | 'alipay' | 'qr' | 'certificate';

/** What an account can be found by; each is a row of `identifiers`. */
export type IdentifierKind = 'phone' | 'resident-id' | 'user-name' | 'credit-code' | 'alipay' | 'certificate';
