/** A process of its own: makes a revocation list of many entries, signs it, and answers with it. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { derOf } from '../../dist/src/sandbox/authorities/soft-keys.js';
import { algorithmOf, nameOf, pem } from '../../dist/src/sandbox/authorities/issuing.js';
import { hierarchy } from './authority.mjs';

const ENTRIES = Number(process.env.ENTRIES ?? 1_000_000);
const SERIAL_BYTES = 16;
const YEAR_MS = 365 * 86_400_000;

/** An element in DER: the shortest length. */
function element(tag, ...parts) {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(size);
  const short = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  const head = size < 128 ? [tag, size] : [tag, 0x80 | short.length, ...short];
  return Buffer.concat([Buffer.from(head), ...parts]);
}

const time = (at) => element(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`, 'latin1'));

/** The nth serial number of the list, positive. */
export function serialOf(at) {
  const serial = createHash('sha256').update(String(at)).digest().subarray(0, SERIAL_BYTES);
  serial[0] = (serial[0] & 0x3f) | 0x40;
  return serial;
}

/** Entries with a reason, as most authorities write them: 49 bytes each. */
function entries(at) {
  const reason = Buffer.from('300c300a0603551d1504030a0101', 'hex');
  const tail = Buffer.concat([time(at), reason]);
  const size = 2 + 2 + SERIAL_BYTES + tail.length;
  const all = Buffer.alloc(ENTRIES * size);
  const head = Buffer.from([0x30, size - 2, 0x02, SERIAL_BYTES]);
  for (let one = 0; one < ENTRIES; one += 1) {
    head.copy(all, one * size);
    serialOf(one).copy(all, one * size + 4);
    tail.copy(all, one * size + 4 + SERIAL_BYTES);
  }
  return element(0x30, all);
}

function listOf(issuer, number) {
  const algorithm = Buffer.from(algorithmOf(issuer.key).toSchema().toBER());
  const name = Buffer.from(nameOf(issuer.subject).toSchema().toBER());
  const crlNumber = element(0x30, Buffer.from('0603551d14', 'hex'), element(0x04, derOf(BigInt(number)).subarray(2)));
  const now = Date.now();
  const tbs = element(
    0x30,
    Buffer.from('020101', 'hex'),
    algorithm,
    name,
    time(new Date(now - 60_000)),
    time(new Date(now + YEAR_MS)),
    entries(new Date(now - 60_000)),
    element(0xa0, element(0x30, crlNumber)),
  );
  return element(0x30, tbs, algorithm, element(0x03, Buffer.from([0]), issuer.key.sign(tbs)));
}

if (process.send) {
  const one = hierarchy(process.env.ALGORITHM ?? 'rsa');
  let number = 1;
  let list = listOf(one.middle, number);
  const server = createServer((request, response) => {
    const body = request.url === '/middle' ? list : one.lists[0];
    response.writeHead(200, { 'content-length': body.length }).end(body);
  });
  process.on('message', () => {
    list = listOf(one.middle, (number += 1));
    process.send({ bytes: list.length });
  });
  server.listen(0, '127.0.0.1', () =>
    process.send({
      origin: `http://127.0.0.1:${server.address().port}`,
      certificates: [one.rootDer, one.middleDer].map(pem),
      leaf: pem(one.leaf()),
      bytes: list.length,
    }),
  );
}
