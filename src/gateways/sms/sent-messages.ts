import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { Phone } from '../../shared/phone.js';
import { BlindIndex } from '../../storage/blind-index.js';
import { Records } from '../../storage/records.js';

/** A message as the sandbox shows it. */
export interface SentMessage {
  phone: string;
  text: string;
  code?: string;
  sentAt: string;
}

const KIND = 'sandbox-sms';
const LATEST = 'latest';
const KEPT = 20;
const KEPT_SECONDS = 24 * 3600;

/** Messages of a demonstration: what the stub "sent", for `/sandbox/sms`. In the store, so that processes share it. */
@Injectable()
export class SentMessages {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly records: Records,
    private readonly blind: BlindIndex,
    private readonly clock: Clock,
  ) {}

  async add(phone: Phone, text: string, code?: string): Promise<void> {
    const message: SentMessage = { phone: phone.national, text, code, sentAt: this.clock.now().toISOString() };
    // One after the other: each list is read and written whole. A write that failed holds up no later one.
    const done = this.last.then(async () => {
      await this.prepend(this.blind.text('phone', phone.reveal()), message);
      await this.prepend(LATEST, message);
    });
    this.last = done.catch(() => undefined);
    await done;
  }

  /** Newest first. */
  async of(phone: Phone): Promise<SentMessage[]> {
    return this.read(this.blind.text('phone', phone.reveal()));
  }

  /** The newest of all numbers. */
  async latest(): Promise<SentMessage[]> {
    return this.read(LATEST);
  }

  private async read(id: string): Promise<SentMessage[]> {
    return (await this.records.get<SentMessage[]>(KIND, id)) ?? [];
  }

  private async prepend(id: string, message: SentMessage): Promise<void> {
    await this.records.put(KIND, id, [message, ...(await this.read(id))].slice(0, KEPT), KEPT_SECONDS);
  }
}
