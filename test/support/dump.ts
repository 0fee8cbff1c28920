import { Redis } from 'ioredis';
import { Client } from 'pg';

/** `\x…` of bytea as latin-1, so that plain text inside of it is found too. */
const readable = (text: string): string =>
  text.replaceAll(/\\\\?x((?:[0-9a-f]{2})+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString());

async function dumpPostgres(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    );
    const lines: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`);
      lines.push(...rows.map(({ line }) => `${name} ${line}\n${readable(line)}`));
    }
    return lines.join('\n');
  } finally {
    await client.end();
  }
}

async function dumpRedis(url: string): Promise<string> {
  const client = new Redis(url);
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: async (key) => client.get(key),
    hash: async (key) => client.hgetall(key),
    set: async (key) => client.smembers(key),
  };
  try {
    const lines: string[] = [];
    for (const key of await client.keys('*')) {
      lines.push(`${key} ${JSON.stringify(await read[await client.type(key)]?.(key))}`);
    }
    return lines.join('\n');
  } finally {
    client.disconnect();
  }
}

/** All that an intruder would find in both stores, as one text; base64 is also given decoded. */
export async function dumpEverything(stores: {
  databaseUrl: string;
  redisUrl?: string;
  memory?: string;
}): Promise<string> {
  const text = [
    await dumpPostgres(stores.databaseUrl),
    stores.redisUrl ? await dumpRedis(stores.redisUrl) : '',
    stores.memory ?? '',
  ].join('\n');
  const decoded = [...text.matchAll(/[\w+/-]{16,}={0,2}/g)].map(([part]) => Buffer.from(part, 'base64').toString());
  return [text, ...decoded].join('\n');
}
