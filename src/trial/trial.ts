import { fill } from '../locales/texts.js';
import type { Check, CheckId } from './check.js';
import { checks } from './checks.js';
import { wordsIn } from './words.js';
import type { TrialOptions } from './options.js';
import { Failed, Skipped } from './outcome.js';
import { PortalOnTrial } from './portal-on-trial.js';
import { TESTER_VERSION, lineOf, observed } from './report.js';
import type { Report, Verdict } from './report.js';
import { makePairs } from './trial-keys.js';
import type { Pairs } from './trial-keys.js';
import { TrialProvider } from './trial-provider.js';
import { TrialServer } from './trial-server.js';

const STEP_SECONDS = 2;

/** What a trial needs beside its options. */
export interface TrialMeans {
  say: (line: string) => void;
  wait: (seconds: number) => Promise<void>;
  /** Keys made already; new ones otherwise. */
  pairs?: Pairs;
}

/** Tries a portal: plays provider, person and browser, and judges by what the portal shows. */
export class Trial {
  private readonly verdicts = new Map<CheckId, Verdict>();

  private constructor(
    private readonly options: TrialOptions,
    private readonly means: TrialMeans,
    private readonly portal: PortalOnTrial,
  ) {}

  /** @throws {Error} when the port is taken */
  static async run(options: TrialOptions, means: TrialMeans): Promise<Report> {
    const server = await TrialServer.listen(options.port, options.host);
    try {
      const issuer = options.issuer ?? `http://localhost:${server.port}`;
      const provider = new TrialProvider(issuer, means.pairs ?? (await makePairs(options.alg)));
      server.serves(provider);
      return await new Trial(options, means, new PortalOnTrial(options, provider)).report();
    } finally {
      await server.close();
    }
  }

  private get words() {
    return wordsIn(this.options.language);
  }

  private async report(): Promise<Report> {
    const startedAt = new Date().toISOString();
    const { lines } = this.words;
    const { issuer } = this.portal.provider;
    this.means.say(fill(lines.listening, { issuer }));
    await this.untilPortalIsUp();
    for (const check of checks(this.means.wait)) {
      if (check.id === 'login') await this.untilLoginLeadsHere();
      const verdict = await this.judge(check);
      this.verdicts.set(check.id, verdict);
      lineOf(verdict, this.words).forEach(this.means.say);
    }
    const verdicts = [...this.verdicts.values()];
    const count = (result: Verdict['result']) => verdicts.filter((one) => one.result === result).length;
    const summary = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
    this.means.say(fill(lines.total, summary));
    return {
      tester: 'tongxing sites try',
      version: TESTER_VERSION,
      startedAt,
      finishedAt: new Date().toISOString(),
      portal: this.options.portal,
      issuer,
      summary,
      observed: observed(this.portal),
      checks: verdicts,
    };
  }

  private async judge({ id, guide, needs, run }: Check): Promise<Verdict> {
    const { only } = this.options;
    const known = { id, guide, ...this.words.checks[id] };
    const missing = needs.find((need) => this.verdicts.get(need)?.result !== 'passed');
    const isAsked = only.length === 0 || only.includes(id) || CARRIERS.includes(id);
    try {
      if (!isAsked) throw new Skipped('only');
      if (missing) throw new Skipped('needs', { id: missing });
      await run(this.portal);
      return { ...known, result: 'passed' };
    } catch (error) {
      return { ...known, ...this.told(error) };
    }
  }

  private told(error: unknown): Pick<Verdict, 'result' | 'seen' | 'why'> {
    const { seen, skipped } = this.words;
    if (error instanceof Skipped) return { result: 'skipped', why: fill(skipped[error.why], error.values) };
    if (error instanceof Failed) return { result: 'failed', seen: fill(seen[error.seen], error.values) };
    return { result: 'failed', seen: fill(seen.broke, { message: messageOf(error) }) };
  }

  /** A portal may be started after the tester: it reads the metadata at its own start. */
  private async untilPortalIsUp(): Promise<void> {
    const isUp = async () =>
      fetch(this.options.portal, { redirect: 'manual' }).then(
        () => true,
        () => false,
      );
    await this.until(isUp);
  }

  private async untilLoginLeadsHere(): Promise<void> {
    const leadsHere = async () => this.portal.leadsHere().catch(() => false);
    await this.until(leadsHere);
  }

  private async until(holds: () => Promise<boolean>): Promise<void> {
    const { waitSeconds, login } = this.options;
    for (let waited = 0; waited <= waitSeconds; waited += STEP_SECONDS) {
      if (await holds()) return;
      if (waited === 0) this.means.say(fill(this.words.lines.waiting, { seconds: waitSeconds, login: login.href }));
      await this.means.wait(STEP_SECONDS);
    }
  }
}

/** What others rest on runs also when only others are asked for. */
const CARRIERS: readonly CheckId[] = ['login', 'step-up', 'logout', 'backchannel-sid', 'backchannel-sub'];

/** `fetch failed` tells nothing; its cause does. */
function messageOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}
