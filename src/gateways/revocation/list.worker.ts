import { parentPort, workerData } from 'node:worker_threads';
import { readList } from './list-reading.js';
import type { ListSigner } from './list-reading.js';

/** Reads one list away from the event loop, where it never is as a whole: a list of 50 MB takes seconds. */
const { signers } = workerData as { signers: ListSigner[] };
const chunks: Uint8Array[] = [];

parentPort?.on('message', (chunk: Uint8Array | 'end') => {
  if (chunk !== 'end') return void chunks.push(chunk);
  const { list, spki } = readList(Buffer.concat(chunks.splice(0)), signers);
  const moved = [list.serials.buffer, list.ends.buffer] as ArrayBuffer[];
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage({ list, spki }, moved);
  parentPort?.close();
});
