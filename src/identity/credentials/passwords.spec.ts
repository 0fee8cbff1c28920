import * as argon2 from 'argon2';
import { hash, verify } from '@node-rs/argon2';
import { Phone } from '../../shared/phone.js';
import type { Refusal } from '../../shared/refusal.js';
import { Unavailable } from '../../shared/refusal.js';
import { HashQueue } from './hash-queue.js';
import { Password } from './password.js';

const codeOf = (raw: string, phone?: Phone): string => {
  try {
    Password.parse(raw, phone);
    return 'accepted';
  } catch (refusal) {
    return (refusal as Refusal).code;
  }
};

describe('passwords (R-2.3)', () => {
  it.each(['Changjiang-1954', '长江长江长江长江a', 'abcdefg1', '`~!_@#$%*1', '🌊🌊🌊🌊🌊🌊🌊a', ' a space 1'])(
    'takes %j',
    (raw) => expect(codeOf(raw)).toBe('accepted'),
  );

  it('counts characters, not bytes, after NFKC', () => {
    expect(codeOf(`${'🌊'.repeat(127)}1`)).toBe('accepted');
    expect(codeOf(`${'🌊'.repeat(128)}1`)).toBe('password.long');
    expect(Password.parse('ａｂｃｄｅｆｇ１').reveal()).toBe('abcdefg1');
  });

  it('refuses the number however it is written', () => {
    const phone = Phone.parse('13800000000');
    expect(codeOf('138 0000 0000', phone)).toBe('password.equals-number');
    for (const raw of ['+86 13800000000', '0086-138-0000-0000', '１３８００００００００'])
      expect(codeOf(raw, phone)).toBe('password.equals-number');
    expect(codeOf('13800000000a', phone)).toBe('accepted');
  });

  it.each(['a123456!', 'woaini1314', 'Woaini1314', 'abc12345', '1qaz2wsx', '5201314a', 'Passw0rd!'])(
    'refuses %s as one of the commonest',
    (raw) => expect(codeOf(raw)).toBe('password.common'),
  );

  it.each([
    ['', 'password.missing'],
    ['a1!', 'password.short'],
    ['1234567890123', 'password.one-kind'],
    ['abcdefghijkl', 'password.one-kind'],
    ['长江黄河长江黄河', 'password.one-kind'],
  ])('%j: %s', (raw, code) => expect(codeOf(raw)).toBe(code));

  it('is hashed as another library verifies it, and the other way round', async () => {
    const ours = await hash('Changjiang-1954', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(ours).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await argon2.verify(ours, 'Changjiang-1954')).toBe(true);
    const theirs = await argon2.hash('Changjiang-1954', {
      type: argon2.argon2id,
      memoryCost: 19_456,
      timeCost: 2,
      parallelism: 1,
    });
    expect(await verify(theirs, 'Changjiang-1954')).toBe(true);
    expect(await verify(theirs, 'changjiang-1954')).toBe(false);
  });
});

describe('the queue of hashes', () => {
  it('lets cores − 1 run at once, keeps a bounded number waiting, and refuses the rest', async () => {
    const queue = new HashQueue();
    let running = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const work = async () =>
      queue.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((done) => {
          release.push(done);
        });
        running -= 1;
      });
    const all = Array.from({ length: 80 }, async () =>
      work().then(
        () => 'done',
        (error: unknown) => error,
      ),
    );
    const state = { over: false };
    const done = Promise.all(all).finally(() => {
      state.over = true;
    });
    const pump = async () => {
      while (!state.over) {
        release.splice(0).forEach((next) => next());
        await new Promise((next) => {
          setImmediate(next);
        });
      }
    };
    await pump();
    const results = await done;
    expect(most).toBeLessThanOrEqual(Math.max(1, (await import('node:os')).availableParallelism() - 1));
    const refused = results.filter((result) => result instanceof Unavailable);
    expect(refused.length).toBeGreaterThan(0);
    expect(results.filter((result) => result === 'done').length + refused.length).toBe(80);
  });
});
