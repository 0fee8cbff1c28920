/** CPU time and memory of processes, as Linux counts them. */
import { readFileSync, readdirSync } from 'node:fs';

const TICK_MS = 10;
const statOf = (pid) => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      ms: (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) * TICK_MS,
    };
  } catch {
    return undefined;
  }
};

/** CPU milliseconds of these processes and all below them. */
export function cpuOf(roots) {
  const all = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [Number(pid), statOf(pid)]),
  );
  const below = (pid) =>
    [...all]
      .filter(([, stat]) => stat?.parent === pid)
      .reduce((sum, [child]) => sum + below(child), all.get(pid)?.ms ?? 0);
  return roots.reduce((sum, pid) => sum + below(pid), 0);
}

/** Megabytes of a process, with its share of what it shares. */
export const pssOf = (pid) =>
  Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
