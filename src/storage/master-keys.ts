import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { open, seal } from './sealing.js';

const ID_BYTES = 4;

/** The master keys only wrap other keys. What they wrapped carries their id, so that a change needs no flag day. */
@Injectable()
export class MasterKeys {
  constructor(private readonly env: Env) {}

  wrap(key: Buffer, bound: string): Buffer {
    const [newest] = this.env.masterKeys;
    if (!newest) throw new Error('no master key');
    return Buffer.concat([Buffer.from(newest.id, 'hex'), seal(newest.key, bound, key)]);
  }

  /** @throws {Error} when it was wrapped by a key that is not among MASTER_KEY any more */
  unwrap(wrapped: Buffer, bound: string): Buffer {
    const id = wrapped.subarray(0, ID_BYTES).toString('hex');
    const master = this.env.masterKeys.find((one) => one.id === id);
    if (!master) throw new Error(`MASTER_KEY: the key with id ${id} is needed to open what it wrapped, and is missing`);
    return open(master.key, bound, wrapped.subarray(ID_BYTES));
  }

  /** Whether it was wrapped by an older key than the newest. */
  isOld(wrapped: Buffer): boolean {
    return wrapped.subarray(0, ID_BYTES).toString('hex') !== this.env.masterKeys[0]?.id;
  }
}
