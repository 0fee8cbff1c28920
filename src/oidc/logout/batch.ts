import { Logger } from '@nestjs/common';

const FLUSH_MS = 1000;
const RETRY_MS = 10_000;
/** With the database away, what is older than these is let go. */
const MOST_HELD = 10_000;

/**
 * Rows gathered in memory and written together, once a second at most: no request waits for them. What a process has
 * gathered and not yet written is lost with it if it dies.
 */
export class Batch<Row> {
  private readonly log = new Logger('Batch');
  private waiting: Row[] = [];
  private timer?: NodeJS.Timeout;
  private writing?: Promise<void>;

  constructor(private readonly write: (rows: readonly Row[]) => Promise<void>) {}

  /** Written a little later. */
  add(row: Row): void {
    this.waiting.push(row);
    this.later(FLUSH_MS);
  }

  /** Writes what has been gathered, one flush after the other; what cannot be written waits for the next. */
  async flush(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.waiting.length === 0) return;
    this.writing = this.writeAll().finally(() => {
      this.writing = undefined;
    });
    await this.writing;
  }

  /** The last flush: before the connections are closed. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush();
    clearTimeout(this.timer);
  }

  private async writeAll(): Promise<void> {
    const rows = this.waiting;
    this.waiting = [];
    try {
      await this.write(rows);
    } catch (error) {
      this.log.warn(`${rows.length} rows not written yet: ${(error as Error).constructor.name}`);
      this.waiting = [...rows, ...this.waiting].slice(-MOST_HELD);
      this.later(RETRY_MS);
    }
  }

  private later(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, ms).unref();
  }
}
