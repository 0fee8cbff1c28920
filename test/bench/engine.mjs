/** The bare engine, as a yardstick: `oidc-provider` with its in-memory adapter, or a plain Redis adapter and npm argon2. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import argon2 from 'argon2';
import { Redis } from 'ioredis';
import { Provider, interactionPolicy } from 'oidc-provider';

const { PORT, STORE, REDIS_URL, JWKS, CLIENTS_FILE } = process.env;
const issuer = `http://localhost:${PORT}`;
const redis =
  STORE === 'redis' ? new Redis(REDIS_URL, { enableAutoPipelining: true, keyPrefix: 'engine:' }) : undefined;
const GRANTABLE = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

/** The adapter the library's documentation shows, on JSON values. */
class RedisAdapter {
  constructor(model) {
    this.model = model;
  }

  key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload, expiresIn) {
    const multi = redis.multi().set(this.key(id), JSON.stringify(payload), 'EX', expiresIn);
    if (GRANTABLE.has(this.model) && payload.grantId)
      multi.rpush(`grant:${payload.grantId}`, this.key(id)).expire(`grant:${payload.grantId}`, 86_400);
    if (payload.uid) multi.set(`uid:${payload.uid}`, id, 'EX', expiresIn);
    await multi.exec();
  }

  async find(id) {
    const text = await redis.get(this.key(id));
    return text ? JSON.parse(text) : undefined;
  }

  async findByUid(uid) {
    const id = await redis.get(`uid:${uid}`);
    return id ? this.find(id) : undefined;
  }

  async consume(id) {
    const payload = await this.find(id);
    await redis.set(this.key(id), JSON.stringify({ ...payload, consumed: Math.floor(Date.now() / 1000) }), 'KEEPTTL');
  }

  async destroy(id) {
    await redis.del(this.key(id));
  }

  async revokeByGrantId(grantId) {
    const keys = await redis.lrange(`grant:${grantId}`, 0, -1);
    if (keys.length > 0) await redis.del(...keys);
  }

  async findByUserCode() {
    return undefined;
  }
}

const entries = new Map();

/** The library's own in-memory adapter keeps a thousand entries; a session of 152 sites needs more. */
class MapAdapter {
  constructor(model) {
    this.model = model;
  }

  key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload) {
    entries.set(this.key(id), payload);
    if (GRANTABLE.has(this.model) && payload.grantId) {
      const members = entries.get(`grant:${payload.grantId}`) ?? new Set();
      entries.set(`grant:${payload.grantId}`, members.add(this.key(id)));
    }
    if (payload.uid) entries.set(`uid:${payload.uid}`, id);
  }

  async find(id) {
    return entries.get(this.key(id));
  }

  async findByUid(uid) {
    return this.find(entries.get(`uid:${uid}`));
  }

  async consume(id) {
    entries.get(this.key(id)).consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    entries.delete(this.key(id));
  }

  async revokeByGrantId(grantId) {
    for (const key of entries.get(`grant:${grantId}`) ?? []) entries.delete(key);
  }

  async findByUserCode() {
    return undefined;
  }
}

const policy = interactionPolicy.base();
policy.remove('consent');
const provider = new Provider(issuer, {
  adapter: redis ? RedisAdapter : MapAdapter,
  clients: JSON.parse(readFileSync(CLIENTS_FILE, 'utf8')),
  jwks: JSON.parse(JWKS),
  claims: { openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'] },
  cookies: { keys: ['a-cookie-key-of-the-benchmark-0123456789'] },
  features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: false } },
  // Without its own guard, which reaches nothing of this machine.
  fetch: async (url, { dispatcher: _guarded, ...options }) => fetch(url, options),
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  pkce: { required: () => false },
  routes: {
    authorization: '/oidc/auth',
    end_session: '/oidc/logout',
    jwks: '/oidc/jwks',
    token: '/oidc/token',
    userinfo: '/oidc/userinfo',
  },
  ttl: {
    AccessToken: 600,
    AuthorizationCode: 60,
    Grant: 86_400,
    IdToken: 600,
    Interaction: 1200,
    RefreshToken: 86_400,
    Session: 43_200,
  },
  async loadExistingGrant(ctx) {
    const { client, session } = ctx.oidc;
    const id = session.grantIdFor(client.clientId);
    const kept = id && (await provider.Grant.find(id));
    if (kept) return kept;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});
const hash = await argon2.hash('Tongxing-demo-2', {
  type: argon2.argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
});
const callback = provider.callback();

createServer(async (request, response) => {
  if (!request.url.startsWith('/interaction/')) return callback(request, response);
  if (request.method === 'GET') return response.end('<form></form>');
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const right = await argon2.verify(hash, form.get('password') ?? '');
  if (!right) return response.writeHead(422).end();
  return provider.interactionFinished(request, response, {
    login: { accountId: form.get('identifier'), remember: false, amr: ['pwd'] },
  });
}).listen(Number(PORT), () => process.stdout.write('listening\n'));
