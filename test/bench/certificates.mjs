/**
 * What it costs to judge a signed challenge (`CertificateJudge.prove`: the challenge taken, the certificate read, its chain,
 * its revocation from the lists that are kept, the signature, the code), beside the bare verification of one signature of the
 * same kind in the same run. `TIMES=300 ROUNDS=5`.
 */
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import forge from 'node-forge';
import { CertificateChallenges } from '../../dist/src/identity/certificates/certificate-challenges.service.js';
import { CertificateJudge } from '../../dist/src/identity/certificates/certificate-judge.service.js';
import { pem } from '../../dist/src/sandbox/authorities/issuing.js';
import { halvesOf } from '../../dist/src/shared/pki/signatures.js';
import { sm2Verify } from '../../dist/src/shared/pki/sm2.js';
import { COMPANY, hierarchy, listed } from './authority.mjs';
import { cpuOf, median } from './cpu.mjs';
import { fileServer } from './files.mjs';
import { serviceWith } from './service.mjs';

const TIMES = Number(process.env.TIMES ?? 300);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const ALGORITHMS = process.env.ONLY?.split(',') ?? ['rsa', 'p256', 'sm2'];
const PLACE = { purpose: 'login', binding: 'a-journey-of-the-benchmark' };
const say = (line) => process.stdout.write(`${line}\n`);

/** CPU milliseconds of this process and of the database for each of `TIMES`. */
async function each(work, postmaster) {
  const [before, database] = [process.cpuUsage(), cpuOf([postmaster])];
  const begun = performance.now();
  for (let at = 0; at < TIMES; at += 1) await work(at);
  const wall = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  return {
    own: (user + system) / 1000 / TIMES,
    database: (cpuOf([postmaster]) - database) / TIMES,
    wall: wall / TIMES,
  };
}

/** One signature verified, nothing else: by the library that verifies it in the service, and by `node:crypto`. */
function bare(algorithm, { key }, text) {
  const signature = key.sign(text);
  const object = algorithm === 'sm2' ? undefined : createPublicKey({ key: key.spki, format: 'der', type: 'spki' });
  const native = () => verify('sha256', text, { key: object, dsaEncoding: 'der' }, signature);
  if (algorithm === 'p256') return { own: native, native };
  if (algorithm === 'rsa') {
    const ours = forge.pki.publicKeyFromAsn1(forge.asn1.fromDer(key.spki.toString('binary')));
    const md = () => forge.md.sha256.create().update(text.toString('binary')).digest().bytes();
    return { own: () => ours.verify(md(), signature.toString('binary')), native };
  }
  const [point, halves] = [key.spki.subarray(-65), halvesOf(signature, 32)];
  return { own: () => sm2Verify(point, text, halves), native: nativeSm2(text) };
}

/** What a native library takes: Node's OpenSSL knows SM2 with the empty identifier only, so it is of use as a yardstick alone. */
function nativeSm2(text) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  const signature = sign('sm3', text, privateKey);
  return () => verify('sm3', text, publicKey, signature);
}

async function main() {
  const made = new Map(ALGORITHMS.map((algorithm) => [algorithm, hierarchy(algorithm)]));
  const server = await fileServer();
  const { files, entries } = listed(made, server.origin);
  server.serve(files);
  const service = await serviceWith(entries);
  const [challenges, judge] = [service.app.get(CertificateChallenges), service.app.get(CertificateJudge)];
  const answers = async (key, certificates) =>
    Promise.all(
      certificates.map(async (certificate) => {
        const challenge = await challenges.issue(PLACE, COMPANY.name);
        const signature = key.sign(Buffer.from(challenge, 'base64')).toString('base64');
        return { challenge, certificate, signature };
      }),
    );
  const figures = new Map();
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [algorithm, one] of made) {
      const certificates = Array.from({ length: TIMES }, () => pem(one.leaf()));
      const [first, again] = [await answers(one.key, certificates), await answers(one.key, certificates)];
      const { own, native } = bare(algorithm, one, Buffer.from(first[0].challenge, 'base64'));
      const result = {
        first: await each(async (at) => judge.prove(PLACE, first[at]), service.postmaster),
        again: await each(async (at) => judge.prove(PLACE, again[at]), service.postmaster),
        own: await each(() => own() || Promise.reject(new Error('does not hold')), service.postmaster),
        ...(native
          ? { native: await each(() => native() || Promise.reject(new Error('does not hold')), service.postmaster) }
          : {}),
      };
      // The first round warms up and fetches the lists.
      if (round > 0) figures.set(algorithm, [...(figures.get(algorithm) ?? []), result]);
    }
  }
  say(
    '| signed challenge | CPU ms | ratio to bare | of PostgreSQL | wall ms | bare verification, CPU ms | node:crypto, CPU ms |',
  );
  say('|---|---|---|---|---|---|---|');
  for (const [algorithm, all] of figures) {
    const of = (what, member) => median(all.map((one) => one[what]?.[member] ?? Number.NaN));
    for (const [what, name] of [
      ['first', 'never seen before'],
      ['again', 'seen lately'],
    ]) {
      const [cpu, bareCpu] = [of(what, 'own'), of('own', 'own')];
      say(
        `| ${algorithm}, ${name} | ${cpu.toFixed(3)} | ${(cpu / bareCpu).toFixed(1)} | ${of(what, 'database').toFixed(2)} | ${of(what, 'wall').toFixed(2)} | ${bareCpu.toFixed(3)} | ${of('native', 'own').toFixed(3)} |`,
      );
    }
  }
  await service.stop();
  await server.stop();
}

await main();
