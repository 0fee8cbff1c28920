import cloudauth from '@alicloud/cloudauth20190307';
import type { Id2MetaVerifyResponseBody } from '@alicloud/cloudauth20190307';
import { AliyunDoor } from '../aliyun.js';
import type { AliyunAccount } from '../aliyun.js';
import type { OutboundFetch } from '../outbound.js';
import { GatewayDown, OutsideParty } from '../outside-party.js';
import { IdentityVerifier } from './identity-verifier.gateway.js';
import type { Comparison, Question, Verdict } from './identity-verifier.gateway.js';

const { default: Cloudauth, Id2MetaVerifyRequest, Mobile3MetaSimpleVerifyRequest } = cloudauth;

/** `BizCode`: agrees, does not agree, no record. */
const BY_BIZ_CODE: Record<string, Comparison> = { 1: 'match', 2: 'mismatch', 3: 'not-found' };
/** A name or number that its rules do not take (rare characters, residence permits): nothing is found by it. */
const NOT_ITS_FORM = '401';
/** It refuses the same question asked again and again; others it answers. */
const ASKED_TOO_OFTEN = '403';

/**
 * Alibaba Cloud's identity verification (`cloudauth`, 2019-03-07): `Id2MetaVerify` compares name and number,
 * `Mobile3MetaSimpleVerify` the phone number too. The codes are those of its documents (docs/gateways.md).
 */
export class AliyunVerifierClient extends IdentityVerifier {
  private readonly party = new OutsideParty('identity verifier');
  private readonly door: AliyunDoor;

  constructor(account: AliyunAccount, outbound: OutboundFetch) {
    super();
    this.door = new AliyunDoor(account, outbound);
  }

  async compare(question: Question): Promise<Verdict> {
    const verdict = await this.party.ask(async (signal) => this.judge(await this.asked(question, signal)));
    // A question refused for itself says nothing of the others, so the breaker has not seen it.
    if (verdict === ASKED_TOO_OFTEN) throw new GatewayDown('identity verifier', new Error(verdict));
    return verdict;
  }

  private async asked({ name, idNumber, phone, transaction }: Question, signal: AbortSignal) {
    const client = this.door.client(Cloudauth, transaction, signal);
    const person = { paramType: 'normal', userName: name.reveal(), identifyNum: idNumber.reveal() };
    if (!phone) return (await client.id2MetaVerify(new Id2MetaVerifyRequest(person))).body;
    const three = new Mobile3MetaSimpleVerifyRequest({ ...person, mobile: phone.national });
    return (await client.mobile3MetaSimpleVerify(three)).body;
  }

  /** @throws {Error} for what is no answer about these data: the service is down, unpaid, not allowed, or talks nonsense */
  private judge({ code = '-', requestId = '', resultObject }: Id2MetaVerifyResponseBody = {} as never) {
    if (code === ASKED_TOO_OFTEN) return ASKED_TOO_OFTEN;
    if (code === NOT_ITS_FORM) return { answer: 'not-found', reference: requestId } satisfies Verdict;
    const answer = BY_BIZ_CODE[resultObject?.bizCode ?? ''];
    if (code !== '200' || !answer || !requestId) throw new Error(`answered ${code}`);
    return { answer, reference: requestId };
  }
}
