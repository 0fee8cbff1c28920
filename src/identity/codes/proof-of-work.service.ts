import { Injectable } from '@nestjs/common';
import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1';
import type { Challenge } from 'altcha-lib/v1/types';
import { Env } from '../../config/env.js';
import { Clock } from '../../shared/clock.js';

/** Some seconds of a phone's work. */
const MOST_TRIES = 60_000;
const LIFE_MS = 5 * 60_000;

/** The other way past a picture: work for the browser, for people who cannot see it. */
@Injectable()
export class ProofOfWork {
  private readonly key: string;

  constructor(
    env: Env,
    private readonly clock: Clock,
  ) {
    this.key = `proof-of-work|${env.cookieKeys[0]}`;
  }

  /** A task for one picture. */
  async challenge(captchaId: string): Promise<Challenge> {
    const expires = new Date(this.clock.ms() + LIFE_MS);
    return createChallenge({ hmacKey: this.key, maxnumber: MOST_TRIES, params: { captcha: captchaId }, expires });
  }

  /** Whether it is a solution of the task for this picture; the picture itself can be used up once only. */
  async solved(captchaId: string, payload: string): Promise<boolean> {
    try {
      return extractParams(payload)['captcha'] === captchaId && (await verifySolution(payload, this.key, true));
    } catch {
      return false;
    }
  }
}
