import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { AlipayGateway } from '../../gateways/alipay/alipay.gateway.js';
import { Refusal } from '../../shared/refusal.js';
import { Records } from '../../storage/records.js';

/** Where a way to Alipay began, and goes on to. */
export interface AlipayStart {
  /** The page of ours that goes on with it. */
  path: string;
  /** The journey or session it belongs to: what comes back is kept for nobody else. */
  place: string;
  /** The site of the journey. */
  siteId?: string;
}

/** What came back. */
export interface AlipayReturn {
  /** Absent when the person said no. */
  authCode?: string;
}

const STATE = 'alipay-state';
const RETURN = 'alipay-return';
const RETURN_SECONDS = 5 * 60;
/** Letters and digits, since Alipay takes at most 100 of base64's. */
const STATE_BYTES = 32;
const LONGEST_CODE = 200;

/** What the browser that began keeps of it. */
export const markOf = (state: string): string => createHash('sha256').update(state).digest('base64url');

/**
 * The way to Alipay and back. `state` is taken once; whether this browser began it has been seen before it is even looked
 * up (login CSRF, and the other way round: a stranger's approval in somebody's journey).
 */
@Injectable()
export class AlipayStates {
  constructor(
    private readonly gateway: AlipayGateway,
    private readonly records: Records,
    private readonly jurisdiction: Jurisdiction,
  ) {}

  /** @returns the page at Alipay, and the mark for the browser */
  async begin(start: AlipayStart): Promise<{ page: string; mark: string }> {
    const state = randomBytes(STATE_BYTES).toString('hex');
    await this.records.put(STATE, state, start, this.jurisdiction.lifetimes.interactionMinutes * 60);
    return { page: await this.gateway.authorizationPage(state), mark: markOf(state) };
  }

  /** Where it began, for a page that says where to start again. Uses nothing up. */
  async siteOf(state: string): Promise<string | undefined> {
    return (await this.records.get<AlipayStart>(STATE, state))?.siteId;
  }

  /**
   * Keeps what came back for the journey or session that began it.
   * @returns the page that goes on @throws {Refusal} alipay.state-used (410)
   */
  async arrive(state: string, back: AlipayReturn): Promise<string> {
    const start = await this.records.take<AlipayStart>(STATE, state);
    if (!start || (back.authCode?.length ?? 0) > LONGEST_CODE) throw new Refusal('alipay.state-used', { status: 410 });
    await this.records.put(RETURN, start.place, back, RETURN_SECONDS);
    return start.path;
  }

  /** Taken once: a code is good once. */
  async take(place: string): Promise<AlipayReturn | undefined> {
    return this.records.take<AlipayReturn>(RETURN, place);
  }
}
