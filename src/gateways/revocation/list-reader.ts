import { Worker } from 'node:worker_threads';
import type { ListSigner, ReadList } from './list-reading.js';

/** Under Jest the sources are TypeScript, which a thread cannot load: it loads what was built. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/src/gateways/revocation/list.worker.js' : './list.worker.js',
  import.meta.url,
);

/** A thread that is given a list piece by piece, as it arrives, and reads it: the event loop is never held up by it. */
export class ListReader {
  private readonly worker: Worker;
  private readonly answer: Promise<{ list: ReadList; spki: Buffer }>;

  /** @param signers whose lists count */
  constructor(signers: readonly ListSigner[]) {
    const plain = signers.map(({ subject, spki }) => ({
      subject: new Uint8Array(subject),
      spki: new Uint8Array(spki),
    }));
    this.worker = new Worker(WORKER, { workerData: { signers: plain } });
    this.answer = new Promise((done, refuse) => {
      this.worker.once('message', ({ list, spki }: { list: ReadList; spki: Uint8Array }) =>
        done({ list: { ...list, issuer: Buffer.from(list.issuer) }, spki: Buffer.from(spki) }),
      );
      this.worker.once('error', refuse);
      this.worker.once('exit', (code) => refuse(new Error(`the reader ended with ${code}`)));
    });
    this.answer.catch(() => undefined);
  }

  /** Takes the piece away from whoever has it, unless it is part of something larger. */
  add(piece: Uint8Array): void {
    const own = piece.byteLength === piece.buffer.byteLength ? piece : new Uint8Array(piece);
    this.worker.postMessage(own, [own.buffer as ArrayBuffer]);
  }

  /** @throws {Error} for what is no list, or none of theirs */
  async end(): Promise<{ list: ReadList; spki: Buffer }> {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    this.worker.postMessage('end');
    return this.answer;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
