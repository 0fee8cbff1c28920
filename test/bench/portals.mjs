/** The sites of one session, each an origin of its own on this machine: living ones note when they are told, dead ones do not answer. */
import { createServer } from 'node:http';

const SECRET = 'a-secret-of-the-benchmark-a-secret-of-the-benchmark';
/** Of ten dead sites: four take the connection and never answer, three refuse it, three answer 500. */
const DEATHS = ['hangs', 'refuses', 'fails', 'hangs', 'refuses', 'fails', 'hangs', 'refuses', 'fails', 'hangs'];

const sidOf = (body) => {
  const [, claims] = new URLSearchParams(body).get('logout_token').split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).sid;
};

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export class Portals {
  #servers = [];
  /** By `sid`: how often a living site was told. */
  #told = new Map();
  #waiting = new Set();

  async living(count) {
    return Promise.all(Array.from({ length: count }, async (_, at) => this.#site(`living-${at}`, 'lives')));
  }

  /** Another ten that nobody has tried yet. */
  async dead(name) {
    return Promise.all(DEATHS.map(async (death, at) => this.#site(`dead-${name}-${at}-${death}`, death)));
  }

  /** Resolves when each of these sessions' sites was told: when that was, and how many were not within the time. */
  async told(sids, withinMs) {
    const left = new Set(sids);
    const missing = () => [...left].filter((sid) => !this.#told.has(sid));
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        done({ at: performance.now(), missed: missing().length });
      };
      const look = (sid) => {
        left.delete(sid);
        if (left.size === 0) end();
      };
      const timer = setTimeout(end, withinMs);
      this.#waiting.add(look);
      for (const sid of sids) if (this.#told.has(sid)) look(sid);
    });
  }

  timesOf = (sid) => this.#told.get(sid) ?? 0;

  async stop() {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  async #site(id, kind) {
    const server = createServer((request, response) => void this.#answer(kind, request, response));
    await new Promise((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const origin = `http://127.0.0.1:${server.address().port}`;
    if (kind === 'refuses') server.close();
    else this.#servers.push(server);
    return { id, kind, secret: SECRET, origin, redirect: `${origin}/callback`, out: `${origin}/signed-out` };
  }

  async #answer(kind, request, response) {
    if (kind === 'hangs') return;
    const body = await bodyOf(request);
    if (kind === 'fails') return void response.writeHead(500).end();
    const sid = sidOf(body);
    this.#told.set(sid, this.timesOf(sid) + 1);
    for (const look of this.#waiting) look(sid);
    response.writeHead(200).end();
  }
}

/** As the engine registers it; ours has members of its own besides. */
export const registrationOf = ({ id, secret, origin, redirect, out }) => ({
  client_id: id,
  client_secret: secret,
  redirect_uris: [redirect],
  post_logout_redirect_uris: [out],
  backchannel_logout_uri: `${origin}/backchannel-logout`,
  backchannel_logout_session_required: true,
  grant_types: ['authorization_code'],
});
