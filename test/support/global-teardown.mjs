/** Ends what global-setup started. */
export default async function teardown() {
  const { __tongxing: started } = globalThis;
  globalThis.__tongxing = undefined;
  await started?.stop();
}
