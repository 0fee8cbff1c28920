import { jest } from '@jest/globals';

const real = Date.now.bind(Date);

/** Moves the time of everything in this process: the engine's and the in-process store's too, which `Clock` does not reach. */
export function letTimePass(seconds: number): void {
  const ahead = Date.now() - real() + seconds * 1000;
  jest.spyOn(Date, 'now').mockImplementation(() => real() + ahead);
}

/** A gate that a call of a method waits at: what happens between two steps of a request can then be made to happen. */
export function gateAt<T extends object>(
  owner: T,
  method: keyof T & string,
): { reached: Promise<void>; open: () => void } {
  const steps = owner as Record<string, (...rest: unknown[]) => Promise<unknown>>;
  const original = (steps[method] as (...rest: unknown[]) => Promise<unknown>).bind(owner);
  let open = (): void => undefined;
  const gate = new Promise<void>((done) => {
    open = done;
  });
  const reached = new Promise<void>((done) => {
    jest.spyOn(steps, method).mockImplementationOnce(async (...rest) => {
      const answer = await original(...rest);
      done();
      await gate;
      return answer;
    });
  });
  return { reached, open };
}
