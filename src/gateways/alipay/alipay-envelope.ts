import { AlipayRefused } from './alipay.gateway.js';

/** The whole of an answer and nothing else: one object under one name, its signature, the certificate it is by. */
const ENVELOPE = /^\{"(\w{1,100})":(\{[^]*\})((?:,"(?:sign|alipay_cert_sn)":"[\w+/=]{1,1000}"){1,2})\}$/;
const TAIL = /,"(sign|alipay_cert_sn)":"([^"]*)"/g;
/** What an answer is named that says that the question itself was wrong. */
const ERROR = 'error_response';

/** What is known of Alipay's key. */
export interface AlipaySeal {
  isSigned: (text: string, sign: string) => boolean;
  /** The serial number of its certificate, in certificate mode. */
  certificate?: string;
}

/** What an answer says. */
export type AlipayAnswer = Record<string, unknown>;

const untrusted = (why: string) => new AlipayRefused('untrusted', why);

function tailOf(text: string): Partial<Record<string, string>> {
  const items = [...text.matchAll(TAIL)].map(([, name, value]) => [name, value] as [string, string]);
  if (new Set(items.map(([name]) => name)).size !== items.length) throw untrusted('signed twice');
  return Object.fromEntries(items);
}

/** Alipay's own SDK for Java knows answers that were signed before their slashes were escaped. */
function signedText(inner: string, sign: string, { isSigned }: AlipaySeal): string {
  const found = [inner, inner.replaceAll('\\/', '/')].find((text) => isSigned(text, sign));
  if (found === undefined) throw untrusted('the signature does not fit');
  return found;
}

/**
 * Opens an answer: the very text that the signature was found good over is parsed. The SDK looks for the name and for
 * `"sign"` in the whole text, so that an object put in under the same name a second time is what it returns.
 * @throws {AlipayRefused} untrusted
 */
export function opened(body: ArrayBuffer, method: string, seal: AlipaySeal): AlipayAnswer {
  const [, name, inner, tail] = ENVELOPE.exec(textOf(body)) ?? [];
  if (!name || !inner || !tail) throw untrusted('an answer of another form');
  if (name !== ERROR && name !== `${method.replaceAll('.', '_')}_response`)
    throw untrusted('an answer to something else');
  const { sign, alipay_cert_sn: certificate } = tailOf(tail);
  if (!sign) throw untrusted('not signed');
  if (certificate !== seal.certificate) throw untrusted('by another certificate');
  return JSON.parse(signedText(inner, sign, seal)) as AlipayAnswer;
}

/** Bytes that are no UTF-8, or begin with a mark, would be other bytes when they are judged. */
function textOf(body: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body).trim();
  } catch {
    throw untrusted('no UTF-8');
  }
}
