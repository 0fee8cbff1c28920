/** Waits for the work, but no longer than so many milliseconds; the work goes on. @throws what it throws in time */
export async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
