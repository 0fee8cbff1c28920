import { createHash } from 'node:crypto';
import { loadImage } from '@napi-rs/canvas';
import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import type { Refusal } from '../../shared/refusal.js';
import { Captchas } from './captchas.service.js';
import { ProofOfWork } from './proof-of-work.service.js';

describe('picture codes (R-2.2)', () => {
  let service: RunningService;
  let captchas: Captchas;

  beforeAll(async () => {
    service = await startService('hubei', { LIMITS: 'off' });
    captchas = service.app.get(Captchas);
  });
  afterAll(async () => service.close());

  const solve = async (id: string | undefined, typed: string | undefined, binding = 'journey'): Promise<string> =>
    captchas.solve(id, typed, binding).then(
      () => 'solved',
      (refusal: Refusal) => refusal.code,
    );
  const issued = async () => {
    const id = await captchas.issue('journey');
    return { id, text: (await captchas.answer(id)) as string };
  };
  /** Does the work as the script on the page does. */
  const worked = async (id: string): Promise<string> => {
    const { algorithm, challenge, salt, signature, maxnumber = 0 } = await service.app.get(ProofOfWork).challenge(id);
    const hash = (n: number) => createHash('sha256').update(`${salt}${n}`).digest('hex');
    let number = 0;
    while (number <= maxnumber && hash(number) !== challenge) number += 1;
    return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString('base64');
  };

  it('are raster pictures, of two sizes, with no text in the file and never the same twice', async () => {
    const { id, text } = await issued();
    const small = (await captchas.picture(id, false)) as Buffer;
    const large = (await captchas.picture(id, true)) as Buffer;
    expect(small.subarray(1, 4).toString()).toBe('PNG');
    expect(small.includes(text)).toBe(false);
    expect(small.equals((await captchas.picture(id, false)) as Buffer)).toBe(false);
    const sizes = await Promise.all([small, large].map(async (png) => loadImage(png)));
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [200, 64],
      [400, 128],
    ]);
  });

  it('have no look-alikes', async () => {
    for (let made = 0; made < 200; made += 1) expect((await issued()).text).toMatch(/^[^01258BILOSZ]{4}$/);
  });

  it('are read in upper and lower case, full width and with spaces', async () => {
    for (const typed of [
      (text: string) => text.toLowerCase(),
      (text: string) => ` ${text[0]} ${text.slice(1)} `,
      (text: string) => text.replaceAll(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)),
    ]) {
      const { id, text } = await issued();
      expect(await solve(id, typed(text))).toBe('solved');
    }
  });

  it('count once, of 50 who answer at once', async () => {
    const { id, text } = await issued();
    const codes = await Promise.all(Array.from({ length: 50 }, async () => solve(id, text)));
    expect(codes.filter((code) => code === 'solved')).toHaveLength(1);
    expect(codes.filter((code) => code === 'captcha.expired')).toHaveLength(49);
    expect(await captchas.picture(id, false)).toBeUndefined();
  });

  it('are used up by a wrong answer', async () => {
    const { id, text } = await issued();
    expect(await solve(id, 'xxxx')).toBe('captcha.wrong');
    expect(await solve(id, text)).toBe('captcha.expired');
  });

  it('do not count for another journey, nor after five minutes, nor without an answer', async () => {
    const first = await issued();
    expect(await solve(first.id, first.text, 'another')).toBe('captcha.expired');
    const second = await issued();
    service.clock.advance(300);
    expect(await solve(second.id, second.text)).toBe('captcha.expired');
    expect(await solve(undefined, 'abcd')).toBe('captcha.missing');
    expect(await solve((await issued()).id, ' ')).toBe('captcha.missing');
  });

  it('R-10.2 a proof of work stands in for the answer: once, and for its own picture only', async () => {
    const mine = await issued();
    const other = await issued();
    const work = await worked(mine.id);
    expect(await solve(other.id, `pow:${work}`)).toBe('captcha.wrong');
    expect(await solve(mine.id, `pow:${work}`)).toBe('solved');
    expect(await solve(mine.id, `pow:${work}`)).toBe('captcha.expired');
    const forged = Buffer.from('{"algorithm":"SHA-256"}').toString('base64');
    expect(await solve((await issued()).id, `pow:${forged}`)).toBe('captcha.wrong');
  });
});
