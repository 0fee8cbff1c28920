/** Fictional authorities for the benchmark: a root, an intermediate, leaves, their lists. */
import { issue, newSerial, pem } from '../../dist/src/sandbox/authorities/issuing.js';
import { revocationList } from '../../dist/src/sandbox/authorities/revocation-lists.js';
import { newSoftKey } from '../../dist/src/sandbox/authorities/soft-keys.js';

const DAY_MS = 86_400_000;
/** The company that a demonstration of Hubei has an account of. */
export const COMPANY = { name: '演示示例(湖北)有限公司', code: '91420100MA4KDEM01W', password: 'Tongxing-demo-4' };
export const later = (ms) => new Date(Math.floor(Date.now() / 1000) * 1000 + ms);

/** @param algorithm `rsa`, `p256` or `sm2` */
export function hierarchy(algorithm) {
  const nameOf = (label) => [
    ['C', 'CN'],
    ['O', '发证机构（示例）'],
    ['CN', `${label} ${algorithm}`],
  ];
  const [root, middle] = ['Root', 'Middle'].map((label) => ({ subject: nameOf(label), key: newSoftKey(algorithm) }));
  const key = newSoftKey(algorithm);
  const dates = { notBefore: later(-DAY_MS), notAfter: later(300 * DAY_MS) };
  const rootDer = issue({ ...dates, authority: {}, subject: root.subject, spki: root.key.spki, issuer: root });
  const middleDer = issue({ ...dates, authority: {}, subject: middle.subject, spki: middle.key.spki, issuer: root });
  const subject = [
    ['C', 'CN'],
    ['O', COMPANY.name],
    ['OU', COMPANY.code],
    ['CN', COMPANY.name],
  ];
  /** Another certificate each time, of one key. */
  const leaf = () => issue({ ...dates, subject, spki: key.spki, issuer: middle });
  const list = (issuer) => {
    const revoked = Array.from({ length: 1000 }, () => ({ serial: newSerial(), at: later(-DAY_MS) }));
    return revocationList({ issuer, thisUpdate: later(-DAY_MS), nextUpdate: later(DAY_MS), number: 1, revoked });
  };
  return { middle, rootDer, middleDer, leaf, key, lists: [list(root), list(middle)] };
}

/** Its entry of AUTHORITIES_FILE. */
const entryOf = (algorithm, { rootDer, middleDer }, crl) => ({
  id: algorithm,
  name: `${algorithm}（示例）`,
  nameEn: algorithm,
  certificates: [pem(rootDer), pem(middleDer)],
  creditCode: [{ attribute: 'OU' }],
  revocation: { crl, ocsp: [], whenUnknown: 'refuse' },
  keys: 'software',
});

/** What answers with the lists of these authorities, and their entries. @param made by algorithm */
export function listed(made, origin) {
  const files = new Map(
    [...made].flatMap(([algorithm, { lists }]) => lists.map((der, at) => [`/${algorithm}/${at}`, der])),
  );
  const entries = [...made].map(([algorithm, one]) =>
    entryOf(
      algorithm,
      one,
      [0, 1].map((at) => `${origin}/${algorithm}/${at}`),
    ),
  );
  return { files, entries };
}
