/** A certificate assistant on the person's own computer: by which driver of ours pages talk to it, and where it listens. */
export interface Assistant {
  driver: string;
  /** Origin of a loopback address: what the Content-Security-Policy opens is the person's own computer, nothing else. */
  origin: string;
}

const WRITTEN = /^([a-z][a-z0-9-]{0,39})=(https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?)$/;
/** How far above the service's port the reference assistant of a demonstration listens. */
const PORTS_ABOVE = 9;

/** An item of `ASSISTANTS`. @returns `undefined` for what is none */
export function assistantOf(text: string): Assistant | undefined {
  const [, driver, origin] = WRITTEN.exec(text) ?? [];
  return driver && origin && URL.canParse(origin) ? { driver, origin } : undefined;
}

/** What opens the reference assistant's USB key, unless `ASSISTANT_PIN` says otherwise: known to everybody. */
export const DEMO_PIN = '123456';

/** Where `npm start` puts the reference assistant. */
export const demoAssistantPort = (servicePort: number): number => servicePort + PORTS_ABOVE;

/** What a demonstration has without `ASSISTANTS`. */
export const demoAssistant = (servicePort: number): Assistant => ({
  driver: 'tongxing',
  origin: `http://127.0.0.1:${demoAssistantPort(servicePort)}`,
});
