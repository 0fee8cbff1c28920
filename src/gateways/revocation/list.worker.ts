import { parentPort, workerData } from 'node:worker_threads';
import { publicKeyOf } from '../../shared/pki/keys.js';
import { readList } from './list-reading.js';

/** Reads one list away from the event loop: a list of 50 MB takes seconds. */
const { der, spki } = workerData as { der: Uint8Array; spki: Uint8Array };
const list = readList(Buffer.from(der.buffer, der.byteOffset, der.byteLength), publicKeyOf(Buffer.from(spki)));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(list);
