import type { AlipaySdk } from 'alipay-sdk';
import type { AlipayAccount, AlipayApp } from '../../config/alipay-account.js';
import { chinaSecond } from '../../shared/china-time.js';
import { GatewayDown, OutsideParty } from '../outside-party.js';
import type { OutboundFetch } from '../outbound.js';
import { faultIn, personIn, userIn } from './alipay-answers.js';
import type { AlipayAnswer } from './alipay-envelope.js';
import { opened } from './alipay-envelope.js';
import { AlipayGateway, AlipayRefused } from './alipay.gateway.js';
import type { AlipayPerson } from './alipay.gateway.js';

/** For all of it: both questions, each of them once more where Alipay says that it could not. */
const TIMEOUT_MS = 8000;
const LARGEST_BYTES = 64 * 1024;
const TOKEN = 'alipay.system.oauth.token';
const USER = 'alipay.user.info.share';
const SCOPE = 'auth_user';
/** "Service unavailable", the one code that is worth asking again for; "no such right of the app". */
const TRY_AGAIN = '20000';
const NO_RIGHT = '40006';
const CLOCK = 'isv.invalid-timestamp';
/** As Alipay's SDK does: what every question has stands in the address, the charset above all. The token does not. */
const IN_ADDRESS = [
  'app_id',
  'method',
  'charset',
  'version',
  'sign_type',
  'timestamp',
  'app_cert_sn',
  'alipay_root_cert_sn',
  'sign',
];

interface Ready {
  account: AlipayAccount;
  sdk: AlipaySdk;
}

/**
 * Alipay's open platform through its own SDK, of which signing, verifying and serial numbers are used: the guarded fetch
 * carries, and what is parsed is what was verified. Its time is the real one, since somebody outside compares it.
 */
export class AlipayClient extends AlipayGateway {
  private readonly party: OutsideParty;
  private made?: Promise<Ready>;

  /** @param account asked for at the first use: a demonstration's keys are made then */
  constructor(
    private readonly account: () => Promise<AlipayAccount>,
    private readonly app: AlipayApp,
    private readonly outbound: OutboundFetch,
    private readonly redirectUri: string,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {
    super();
    this.party = new OutsideParty('alipay', timeoutMs);
  }

  /** Loads the SDK and signs once, so that a wrong key is found out at boot. */
  async ready(): Promise<Ready> {
    this.made ??= this.make().catch((cause: unknown) => {
      this.made = undefined;
      throw cause;
    });
    return this.made;
  }

  async authorizationPage(state: string): Promise<string> {
    const { appId, authorizeUrl } = await this.account();
    const page = new URL(authorizeUrl);
    page.search = new URLSearchParams({
      app_id: appId,
      scope: SCOPE,
      redirect_uri: this.redirectUri,
      state,
    }).toString();
    return page.href;
  }

  async whose(authCode: string): Promise<AlipayPerson> {
    const late = AbortSignal.timeout(this.timeoutMs);
    const { account } = await this.ready();
    const token = await this.ask(TOKEN, { grantType: 'authorization_code', code: authCode }, late);
    refuseFault(token);
    const user = userIn(token, this.app, account.appId);
    const answer = await this.ask(USER, { authToken: String(token['access_token']) }, late);
    // An app without the right learns who it is and nothing more.
    if (faultIn(answer)?.code === NO_RIGHT) return { user, certified: false };
    refuseFault(answer);
    if (userIn(answer, this.app, account.appId).reveal() !== user.reveal()) {
      throw new AlipayRefused('untrusted', 'answers about two people');
    }
    return personIn(answer, this.app, user, new Date());
  }

  /** An answer that says no is one: Alipay is up, and the breaker has seen nothing. */
  private async ask(method: string, params: Record<string, string>, late: AbortSignal): Promise<AlipayAnswer> {
    try {
      return await this.party.ask(async (signal) => {
        const both = AbortSignal.any([signal, late]);
        const answer = await this.asked(method, params, both);
        const again = faultIn(answer)?.code === TRY_AGAIN ? await this.asked(method, params, both) : answer;
        return understood(again);
      });
    } catch (down) {
      if (down instanceof GatewayDown && down.cause instanceof AlipayRefused) throw down.cause;
      throw down;
    }
  }

  private async asked(method: string, params: Record<string, string>, signal: AbortSignal): Promise<AlipayAnswer> {
    const { account, sdk } = await this.ready();
    const timestamp = chinaSecond(new Date());
    const signed = new URLSearchParams(sdk.sdkExecute(method, { ...params, timestamp }));
    const target = new URL(account.gatewayUrl);
    const body = new URLSearchParams();
    for (const [name, value] of signed) (IN_ADDRESS.includes(name) ? target.searchParams : body).set(name, value);
    const answer = await this.outbound.fetch(
      target,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: body.toString(),
        signal,
      },
      { timeoutMs: this.timeoutMs, largestBytes: LARGEST_BYTES },
    );
    if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
    return opened(await answer.arrayBuffer(), method, {
      isSigned: (text, sign) => sdk.rsaCheck(text, sign, 'RSA2'),
      certificate: sdk.config.alipayCertSn || undefined,
    });
  }

  private async make(): Promise<Ready> {
    const [{ AlipaySdk: Sdk }, account] = await Promise.all([import('alipay-sdk'), this.account()]);
    const { appId, appKey: privateKey, publicKey, certificates } = account;
    const trust = certificates
      ? {
          appCertContent: certificates.app,
          alipayPublicCertContent: certificates.alipay,
          alipayRootCertContent: certificates.root,
        }
      : { alipayPublicKey: publicKey };
    const sdk = new Sdk({ appId, privateKey, keyType: 'PKCS8', ...trust });
    sdk.sdkExecute(TOKEN, {});
    return { account, sdk };
  }
}

/** Of the codes that say no, these are about the question; any other one is about Alipay or about our app. */
const ABOUT_THE_QUESTION: readonly string[] = ['40002', '40004', NO_RIGHT, '20001'];

/** @throws {Error} when Alipay could not answer, or takes no question of ours at all */
function understood(answer: AlipayAnswer): AlipayAnswer {
  const fault = faultIn(answer);
  if (fault && !ABOUT_THE_QUESTION.includes(fault.code)) throw new Error(`answered ${fault.code} ${fault.subCode}`);
  return answer;
}

/** @throws {AlipayRefused} code-used, clock @throws {GatewayDown} for what the person has no part in */
function refuseFault(answer: AlipayAnswer): void {
  const fault = faultIn(answer);
  if (!fault) return;
  const said = `${fault.code} ${fault.subCode}`;
  if (fault.subCode === CLOCK) throw new AlipayRefused('clock', said);
  if (/^isv\.\w*code\b/.test(fault.subCode)) throw new AlipayRefused('code-used', said);
  throw new GatewayDown('alipay', new Error(`answered ${said}`));
}
