/** What is known of other processes, and what one of ours answers. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';

/** The command line of a process; empty when there is none of this number. */
export function commandOf(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout.trim();
  } catch {
    return '';
  }
}

/**
 * Asks one of our processes under the name that it listens to.
 * @returns {Promise<{status: number, body: string} | undefined>} nothing while it does not answer
 */
export const answerOf = async ({ host, port, path, name }) =>
  new Promise((done) => {
    const request = get({ host, port, path, headers: name ? { host: name } : {} }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.once('error', () => done(undefined));
      response.once('end', () => done({ status: response.statusCode, body }));
    });
    request.once('error', () => done(undefined));
  });
