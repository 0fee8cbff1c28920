import type { Amr, Level } from '../shared/account.js';
import { acr, acrOf, levelHeld, levelOf, reachable, wantedLevel } from './levels.js';

const claims = (acrRequest: unknown) => JSON.stringify({ id_token: { acr: acrRequest } });

describe('the level a session carries (DESIGN 4)', () => {
  it.each<[Level, Amr[], Level]>([
    [0, ['pwd'], 0],
    [1, ['pwd'], 1],
    [1, ['pwd', 'sms'], 1],
    [2, ['pwd'], 2],
    [2, ['sms'], 1],
    [1, ['fed'], 1],
    [1, ['hwk'], 1],
    [1, [], 1],
    [2, ['user', 'mca'], 2],
    [2, ['user', 'mca', 'sms'], 1],
    [3, ['user', 'mca'], 2],
  ])(
    'a person at level %i, signed in by %j, is at %i: never more than the account holds, nor than its means bear out',
    (level, amr, held) => {
      expect(levelHeld({ kind: 'person', level }, amr)).toBe(held);
      expect(acrOf({ kind: 'person', level }, amr)).toBe(acr(held));
    },
  );

  it.each<[Level, Amr[], Level]>([
    [1, ['pwd'], 1],
    [1, ['pwd', 'sms'], 1],
    [1, ['swk'], 3],
    [1, ['pwd', 'hwk'], 3],
    [0, ['hwk'], 0],
    [1, ['sms'], 1],
  ])('a legal entity at level %i, signed in by %j, is at %i', (level, amr, held) => {
    expect(levelHeld({ kind: 'entity', level }, amr)).toBe(held);
  });

  it('level 3 is within reach of a legal entity, where the province logs in by certificate', () => {
    expect(reachable('entity', 3, ['password', 'certificate'])).toBe(true);
    expect(reachable('entity', 2, ['password'])).toBe(false);
    expect(reachable('entity', 1, ['password'])).toBe(true);
    expect(reachable('person', 3, ['password', 'certificate', 'alipay'])).toBe(false);
    expect([reachable('person', 2, ['password', 'alipay']), reachable('person', 2, ['password'])]).toEqual([
      true,
      false,
    ]);
  });

  it('knows its own names and no others', () => {
    for (const level of [0, 1, 2, 3] as const) expect(levelOf(acr(level))).toBe(level);
    for (const other of ['urn:tongxing:level:4', 'urn:tongxing:level:01', '1', 1, null, undefined]) {
      expect(levelOf(other)).toBeUndefined();
    }
  });
});

describe('the level a request wants', () => {
  it.each([
    ['nothing', {}, undefined, {}],
    ['a wish', { acr_values: `${acr(1)}` }, undefined, { wish: 1 }],
    ['a list of wishes, met by any', { acr_values: `${acr(2)} ${acr(0)} urn:elsewhere` }, undefined, { wish: 0 }],
    ['a registered must', {}, 1 as const, { must: 1 }],
    ['an essential value', { claims: claims({ essential: true, value: acr(1) }) }, undefined, { must: 1 }],
    ['essential values', { claims: claims({ essential: true, values: [acr(2), acr(1)] }) }, undefined, { must: 1 }],
    ['the stricter of two musts', { claims: claims({ essential: true, value: acr(1) }) }, 2 as const, { must: 2 }],
    [
      'the stricter of two musts, the other way',
      { claims: claims({ essential: true, value: acr(2) }) },
      1 as const,
      { must: 2 },
    ],
    [
      'a must beside a wish',
      { claims: claims({ essential: true, value: acr(1) }), acr_values: acr(0) },
      undefined,
      { must: 1, wish: 0 },
    ],
    ['a claim that is not essential', { claims: claims({ value: acr(1) }) }, undefined, { wish: 1 }],
    ['an essential claim without a value', { claims: claims({ essential: true }) }, undefined, {}],
    ['acr by its name alone', { claims: claims(null) }, undefined, {}],
    [
      'an essential value that is none of ours',
      { claims: claims({ essential: true, value: 'x' }) },
      undefined,
      { impossible: true },
    ],
    [
      'essential values of which one is ours',
      { claims: claims({ essential: true, values: ['x', acr(1)] }) },
      undefined,
      { must: 1 },
    ],
  ])('%s', (_what, params, required, wanted) => {
    const { must, wish, impossible } = wantedLevel(params, required);
    expect({ must, wish, impossible }).toEqual({ must: undefined, wish: undefined, impossible: false, ...wanted });
  });
});
