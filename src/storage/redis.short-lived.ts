import { Cluster, Redis } from 'ioredis';
import { Unavailable } from '../shared/refusal.js';
import { ShortLived } from './short-lived.js';

const COMMAND_MS = 2000;
const SENTINEL_PORT = 26_379;
/** Errors that are ours, not the server's state. */
const BUG = /^(WRONGTYPE|ERR )/;

/** Whole seconds, at least one: 0 is an error to Redis. */
const seconds = (ttl: number): number => Math.max(1, Math.ceil(ttl));

/** Counts, and gives the counter its life when it is new. */
const INCREMENT = `local n = redis.call('incrby', KEYS[1], ARGV[2])
if n == tonumber(ARGV[2]) then redis.call('expire', KEYS[1], ARGV[1]) end
return n`;

/** Writes fields, with or without the hash being there already. */
const SET_FIELDS = `if ARGV[2] == '1' and redis.call('exists', KEYS[1]) == 0 then return 0 end
for i = 3, #ARGV, 2 do redis.call('hset', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('expire', KEYS[1], ARGV[1])
return 1`;

const FIELD_ONCE = `if redis.call('exists', KEYS[1]) == 0 then return false end
redis.call('hsetnx', KEYS[1], ARGV[1], ARGV[2])
return redis.call('hget', KEYS[1], ARGV[1])`;

const ADD_MEMBER = `redis.call('sadd', KEYS[1], ARGV[2])
if redis.call('ttl', KEYS[1]) < tonumber(ARGV[1]) then redis.call('expire', KEYS[1], ARGV[1]) end
return 1`;

const REPLACE_IF = `if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1`;

interface Scripts {
  txIncrement(key: string, ttl: number, by: number): Promise<number>;
  txSetFields(key: string, ttl: number, ifExists: string, ...pairs: string[]): Promise<number>;
  txFieldOnce(key: string, name: string, value: string): Promise<string | null>;
  txAddMember(key: string, ttl: number, member: string): Promise<number>;
  txReplaceIf(key: string, expected: string, next: string, ttl: number): Promise<number>;
}

const SCRIPTS: Record<keyof Scripts, string> = {
  txIncrement: INCREMENT,
  txSetFields: SET_FIELDS,
  txFieldOnce: FIELD_ONCE,
  txAddMember: ADD_MEMBER,
  txReplaceIf: REPLACE_IF,
};

/** Fails fast while Redis is away, recovers by itself, and never sends again what may have been done. */
const OPTIONS = {
  autoResendUnfulfilledCommands: false,
  enableAutoPipelining: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: COMMAND_MS,
  connectTimeout: COMMAND_MS,
  retryStrategy: (tries: number) => Math.min(100 * tries, 1000),
};

/** `redis-sentinel://[:password@]host:26379,host:26379/master-name` */
const SENTINELS = /^redis-sentinel:\/\/(?:[^:@]*:([^@]*)@)?([^/]+)\/(.+)$/;

function connect(url: string): Redis | Cluster {
  const [, password, hosts, name] = SENTINELS.exec(url) ?? [];
  if (hosts !== undefined && name !== undefined) {
    const sentinels = hosts.split(',').map((host) => {
      const { hostname, port } = new URL(`redis://${host}`);
      return { host: hostname, port: Number(port || SENTINEL_PORT) };
    });
    return new Redis({ ...OPTIONS, sentinels, name, ...(password ? { password: decodeURIComponent(password) } : {}) });
  }
  const addresses = url.split(',').map((part) => part.trim());
  if (addresses.length === 1) return new Redis(url, OPTIONS);
  const { enableAutoPipelining, enableOfflineQueue, ...redisOptions } = OPTIONS;
  return new Cluster(addresses, { enableAutoPipelining, enableOfflineQueue, redisOptions });
}

/** The short-lived store on Redis, one key per operation. */
export class RedisShortLived extends ShortLived {
  private readonly client: (Redis | Cluster) & Scripts;

  /** @param url one address, several by comma for a Cluster, or `redis-sentinel://hosts/master` @param prefix for tests that share a server */
  constructor(
    url: string,
    private readonly prefix = '',
  ) {
    super();
    const client = connect(url);
    for (const [name, lua] of Object.entries(SCRIPTS)) client.defineCommand(name, { numberOfKeys: 1, lua });
    this.client = client as (Redis | Cluster) & Scripts;
    // Without a listener a lost connection would end the process; each request learns of it by itself.
    client.on('error', () => undefined);
  }

  /** Waits for the first connection. @throws {Unavailable} when there is none in time */
  async ready(): Promise<void> {
    if (this.client.status === 'ready') return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Unavailable('redis')), COMMAND_MS * 2);
      this.client.once('ready', () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  async set(key: string, value: string, ttl: number): Promise<void> {
    await this.ask(this.client.set(this.prefix + key, value, 'EX', seconds(ttl)));
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.ask(this.client.get(this.prefix + key))) ?? undefined;
  }

  async has(key: string): Promise<boolean> {
    return (await this.ask(this.client.exists(this.prefix + key))) === 1;
  }

  async take(key: string): Promise<string | undefined> {
    return (await this.ask(this.client.getdel(this.prefix + key))) ?? undefined;
  }

  async delete(key: string): Promise<void> {
    await this.ask(this.client.del(this.prefix + key));
  }

  async once(key: string, ttl: number, value = '1'): Promise<boolean> {
    return (await this.ask(this.client.set(this.prefix + key, value, 'EX', seconds(ttl), 'NX'))) === 'OK';
  }

  async increment(key: string, ttl: number, by = 1): Promise<number> {
    return this.ask(this.client.txIncrement(this.prefix + key, seconds(ttl), by));
  }

  async setFields(
    key: string,
    fields: Readonly<Record<string, string>>,
    ttl: number,
    options: { ifExists?: boolean } = {},
  ): Promise<boolean> {
    const pairs = Object.entries(fields).flat();
    const only = options.ifExists ? '1' : '0';
    return (await this.ask(this.client.txSetFields(this.prefix + key, seconds(ttl), only, ...pairs))) === 1;
  }

  async getFields(key: string, names?: readonly string[]): Promise<Record<string, string> | undefined> {
    const found = names ? await this.some(key, names) : await this.ask(this.client.hgetall(this.prefix + key));
    return Object.keys(found).length > 0 ? found : undefined;
  }

  async fieldOnce(key: string, name: string, value: string): Promise<string | undefined> {
    return (await this.ask(this.client.txFieldOnce(this.prefix + key, name, value))) ?? undefined;
  }

  async deleteFields(key: string, names: readonly string[]): Promise<void> {
    if (names.length > 0) await this.ask(this.client.hdel(this.prefix + key, ...names));
  }

  async addMember(key: string, member: string, ttl: number): Promise<void> {
    await this.ask(this.client.txAddMember(this.prefix + key, seconds(ttl), member));
  }

  async members(key: string): Promise<string[]> {
    return this.ask(this.client.smembers(this.prefix + key));
  }

  async removeMember(key: string, member: string): Promise<void> {
    await this.ask(this.client.srem(this.prefix + key, member));
  }

  async replaceIf(key: string, expected: string, next: string, ttl: number): Promise<boolean> {
    return (await this.ask(this.client.txReplaceIf(this.prefix + key, expected, next, seconds(ttl)))) === 1;
  }

  async ping(): Promise<string | undefined> {
    await this.ask(this.client.ping());
    const nodes = this.client instanceof Cluster ? this.client.nodes('master') : [this.client];
    const infos = await Promise.all(nodes.map(async (node) => this.ask(node.info('memory'))));
    const policies = infos.map((info) => /maxmemory_policy:(\S+)/.exec(info)?.[1]);
    const lossy = policies.find((policy) => policy !== undefined && policy !== 'noeviction');
    return lossy === undefined ? undefined : `maxmemory-policy is ${lossy}, not noeviction`;
  }

  async close(): Promise<void> {
    this.client.disconnect();
  }

  private async some(key: string, names: readonly string[]): Promise<Record<string, string>> {
    const values = await this.ask(this.client.hmget(this.prefix + key, ...names));
    const pairs = names.map((name, at): [string, string | null | undefined] => [name, values[at]]);
    return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  }

  private async ask<T>(reply: Promise<T>): Promise<T> {
    try {
      return await reply;
    } catch (cause) {
      if (BUG.test((cause as Error).message)) throw cause;
      throw new Unavailable('redis', 5, cause);
    }
  }
}
