import { availableParallelism } from 'node:os';
import { startService } from '../../../test/support/service.js';
import type { RunningService } from '../../../test/support/service.js';
import type { Refusal } from '../../shared/refusal.js';
import { LoginDoor } from './login-door.service.js';
import { PasswordStrategy } from './password.strategy.js';

describe('the door of the password login (R-4.1)', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService('hubei');
  });
  afterAll(async () => service.close());

  const targetOf = (identifier: string, accountId?: string): string =>
    service.app.get(LoginDoor).attempt({ kind: 'person', identifier, address: '192.0.2.1' }, accountId).target;
  const guess = async (identifier: string, address: string): Promise<string> => {
    const passwordLogin = { kind: 'person', identifier, password: 'Wrong-password-1', binding: 'journey', address };
    return service.app
      .get(PasswordStrategy)
      .validate({ passwordLogin } as never)
      .then(
        () => 'in',
        (refusal: Refusal) => refusal.code,
      );
  };

  it('counts one number as one however it is spelled, with an account or without: a picture tells nothing', () => {
    const spellings = ['13800000000', ' 138 0000 0000', '+86 138-0000-0000', '１３８００００００００'];
    const targets = spellings.flatMap((typed) => [targetOf(typed), targetOf(typed, 'an-account')]);
    expect(new Set(targets).size).toBe(1);
  });

  it('counts number and ID number of one account apart: a picture does not tell whose number it is', () => {
    expect(targetOf('13800000000', 'zhang')).not.toBe(targetOf('420106199003071019', 'zhang'));
  });

  it('of 40 guesses at once hardly more are looked at than of 40 one after the other', async () => {
    const codes = await Promise.all(
      Array.from({ length: 40 }, async (_, at) => guess('13800000000', `198.51.100.${at}`)),
    );
    const looked = codes.filter((code) => code === 'login.failed').length;
    expect(looked).toBeGreaterThanOrEqual(6);
    // Six until the first wait, and those whose turn had come before the sixth was counted.
    expect(looked).toBeLessThanOrEqual(6 + 2 * Math.max(1, availableParallelism() - 1));
    expect(codes.filter((code) => code === 'login.wait')).toHaveLength(40 - looked);
  });
});
