import { AnswerTooLarge, OutboundRefused } from '../../gateways/outbound.js';
import { DELIVERY_REASONS, failedBy } from './delivery-reasons.js';

const coded = (code: string): Error => Object.assign(new Error(code), { code });
/** As `undici` wraps what a socket says. */
const fetchFailed = (cause: Error): Error => new TypeError('fetch failed', { cause });

describe('why a logout token was not taken', () => {
  it.each([
    ['ENOTFOUND', 'name-not-found'],
    ['EAI_AGAIN', 'name-not-found'],
    ['ECONNREFUSED', 'connection-refused'],
    ['ECONNRESET', 'connection-lost'],
    ['UND_ERR_SOCKET', 'connection-lost'],
    ['EHOSTUNREACH', 'unreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['EPROTO', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ESOMETHING', 'failed'],
  ] as const)('%s is %s, thrown by itself or wrapped', (code, reason) => {
    expect([failedBy(coded(code)), failedBy(fetchFailed(coded(code)))]).toEqual([{ reason }, { reason }]);
    expect(DELIVERY_REASONS).toContain(reason);
  });

  it('our own bound of time is one, as the site’s silence; the guard’s no is its own', () => {
    expect(failedBy(new DOMException('late', 'TimeoutError'))).toEqual({ reason: 'timeout' });
    expect(failedBy(new OutboundRefused('10.0.0.1'))).toEqual({ reason: 'address-refused' });
    expect(failedBy(new AnswerTooLarge('2 MB'))).toEqual({ reason: 'answer-too-large' });
  });

  it('an answer says its status, and a redirect that it is none', () => {
    const answered = (status: number) => Object.assign(new Error('expected 200 OK'), { response: { status } });
    expect(failedBy(answered(503))).toEqual({ reason: 'answered', status: 503 });
    expect(failedBy(answered(302))).toEqual({ reason: 'redirected', status: 302 });
  });

  it('whatever else is thrown has no more than a name', () => {
    for (const thrown of [new Error('x'), { code: 5 }, { cause: {} }])
      expect(failedBy(thrown)).toEqual({ reason: 'failed' });
  });
});
