import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Log } from './log.js';
import { NestLog } from './nest-log.js';

describe('what is said by the framework’s logger', () => {
  it('reaches our log when it is a warning or an error, with its kind and whose word it is', () => {
    const [warn, error] = [jest.fn(), jest.fn()];
    Logger.overrideLogger(new NestLog({ warn, error } as unknown as Log));
    const log = new Logger('Jobs');
    const bug = new TypeError('13800000000');
    log.log('started');
    log.warn('notice 1, attempt 2: Unavailable');
    log.error('notice 1, attempt 8: given up', bug);
    log.error('without an error');
    expect(warn.mock.calls).toEqual([[{ about: 'Jobs' }, 'notice 1, attempt 2: Unavailable']]);
    expect(error.mock.calls).toEqual([
      [{ err: bug, about: 'Jobs' }, 'notice 1, attempt 8: given up'],
      [{ err: undefined, about: 'Jobs' }, 'without an error'],
    ]);
    Logger.overrideLogger(false);
  });
});
