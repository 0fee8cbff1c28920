import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { backTo, idTokenOf, metadataOf, now, token, userinfoOf } from './answers.js';
import type { Answer, Asked, Callback } from './answers.js';
import { credentialsIn } from './credentials.js';
import { TrialKeys } from './trial-keys.js';
import type { Pairs, Signing } from './trial-keys.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const LOGOUT_TOKEN_SECONDS = 120;

interface Code {
  asked: Asked;
  answer: Answer;
  used: boolean;
}

/** What the portal did at the token endpoint. */
export interface Redemption {
  method: string;
  /** Each thing that was wrong with it. */
  faults: ('redirect-uri' | 'verifier' | 'client')[];
}

export interface Reply {
  status: number;
  body: unknown;
}

/** The provider that the portal talks to in a trial: it answers as the tester says, truly or not. */
export class TrialProvider {
  readonly keys: TrialKeys;
  /** How often the portal has read the metadata, the keys, userinfo. */
  readonly reads = { metadata: 0, keys: 0, userinfo: 0 };
  readonly redemptions: Redemption[] = [];
  /** Answers discovery with an issuer that is not this one's. */
  liesAboutIssuer = false;
  lastIdToken?: string;
  private readonly codes = new Map<string, Code>();
  private readonly tokens = new Map<string, Code>();
  private readonly pushed = new Map<string, Asked>();

  constructor(
    readonly issuer: string,
    pairs: Pairs,
  ) {
    this.keys = new TrialKeys(pairs);
    this.alg = pairs.alg;
  }
  private readonly alg: string;

  /** What an authorization request asks, whether it stands in the address or was pushed. */
  askedBy(url: URL): Asked {
    const asked = Object.fromEntries(url.searchParams);
    return { ...asked, ...this.pushed.get(asked['request_uri'] ?? '') };
  }

  /** Answers an authorization request. */
  answers(asked: Asked, answer: Answer): Callback {
    const state = answer.state ?? asked['state'];
    const same = { iss: this.issuer, ...(state === undefined ? {} : { state }) };
    if (answer.error) return backTo(asked, { ...same, ...answer.error });
    const code = token();
    this.codes.set(code, { asked, answer, used: false });
    return backTo(asked, { ...same, code });
  }

  /** A logout token for this site; `more` replaces claims, `undefined` leaves one out. */
  async logoutToken(audience: string, more: Record<string, unknown>, signing?: Signing): Promise<string> {
    const claims = {
      iss: this.issuer,
      aud: audience,
      iat: now(),
      exp: now() + LOGOUT_TOKEN_SECONDS,
      jti: token(),
      events: { [EVENT]: {} },
      ...more,
    };
    return this.keys.sign(claims, signing, 'logout+jwt');
  }

  /** What is answered to the portal itself. @param body of a form, empty otherwise */
  async reply({ method, headers }: IncomingMessage, path: string, body: URLSearchParams): Promise<Reply | undefined> {
    const routes: Record<string, () => Promise<Reply> | Reply> = {
      'GET /.well-known/openid-configuration': () => this.metadata(),
      'GET /oidc/jwks': () => {
        this.reads.keys += 1;
        return { status: 200, body: this.keys.jwks };
      },
      'POST /oidc/par': () => this.push(body),
      'POST /oidc/token': async () => this.redeem(body, headers.authorization ?? ''),
      'GET /oidc/userinfo': () => this.userinfo(headers.authorization ?? ''),
      'POST /oidc/userinfo': () => this.userinfo(headers.authorization ?? `Bearer ${body.get('access_token') ?? ''}`),
    };
    const name = `${method} ${path}`;
    return Object.hasOwn(routes, name) ? routes[name]?.() : undefined;
  }

  private metadata(): Reply {
    this.reads.metadata += 1;
    const body = metadataOf(this.issuer, this.alg);
    return { status: 200, body: this.liesAboutIssuer ? { ...body, issuer: `${this.issuer}.example` } : body };
  }

  private push(body: URLSearchParams): Reply {
    const uri = `urn:ietf:params:oauth:request_uri:${token()}`;
    this.pushed.set(uri, Object.fromEntries(body));
    return { status: 201, body: { request_uri: uri, expires_in: 60 } };
  }

  private async redeem(form: URLSearchParams, authorization: string): Promise<Reply> {
    const code = this.codes.get(form.get('code') ?? '');
    if (!code || code.used || form.get('grant_type') !== 'authorization_code') return refused('invalid_grant');
    code.used = true;
    const { asked, answer } = code;
    const { method, id } = credentialsIn(form, authorization);
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const faults = Object.entries({
      'redirect-uri': form.get('redirect_uri') !== asked['redirect_uri'],
      verifier: asked['code_challenge'] !== undefined && proof !== asked['code_challenge'],
      client: id !== asked['client_id'],
    });
    const found = faults.filter(([, isSo]) => isSo).map(([name]) => name as Redemption['faults'][number]);
    this.redemptions.push({ method, faults: found });
    if (found.length > 0) return refused(found.includes('client') ? 'invalid_client' : 'invalid_grant');
    if (answer.tokenError !== undefined) return refused(answer.tokenError);
    const access = token();
    this.tokens.set(access, code);
    this.lastIdToken = await this.keys.sign(idTokenOf(this.issuer, asked, answer), answer.signing);
    const scope = asked['scope'] ?? 'openid';
    const body = { access_token: access, token_type: 'Bearer', expires_in: 600, scope, id_token: this.lastIdToken };
    return { status: 200, body };
  }

  private userinfo(authorization: string): Reply {
    const code = this.tokens.get(authorization.replace(/^Bearer /i, ''));
    this.reads.userinfo += 1;
    return code
      ? { status: 200, body: userinfoOf(code.asked, code.answer) }
      : { ...refused('invalid_token'), status: 401 };
  }
}

const refused = (error: string): Reply => ({ status: error === 'invalid_client' ? 401 : 400, body: { error } });
