import { fill } from '../locales/texts.js';
import type { Check, CheckId } from './check.js';
import { checks } from './checks.js';
import { wordsIn } from './words.js';
import type { TrialOptions } from './options.js';
import { folded } from './folded.js';
import { Failed, Skipped } from './outcome.js';
import { PortalOnTrial } from './portal-on-trial.js';
import { NotMade, isForGood, whyNot } from './reach.js';
import { TESTER_VERSION, lineOf, observed } from './report.js';
import type { Report, Verdict } from './report.js';
import { makePairs } from './trial-keys.js';
import type { Pairs } from './trial-keys.js';
import { TrialProvider } from './trial-provider.js';
import { TrialServer } from './trial-server.js';

const STEP_SECONDS = 2;
/** What belongs to a line of the report stands in further than what follows it. */
const HANGING = 10;

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

  /** @throws {NotMade} when the port is taken, or the portal does not answer */
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
    this.say(fill(lines.listening, { issuer }));
    await this.untilPortalIsUp();
    for (const check of checks(this.means.wait)) {
      if (check.id === 'login') await this.untilLoginLeadsHere();
      const verdict = await this.judge(check);
      this.verdicts.set(check.id, verdict);
      lineOf(verdict, this.words).forEach((line) => this.say(line, HANGING));
    }
    const verdicts = [...this.verdicts.values()];
    const count = (result: Verdict['result']) => verdicts.filter((one) => one.result === result).length;
    const summary = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
    this.say(fill(lines.total, summary));
    this.say(lines.after);
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
    return { result: 'failed', seen: fill(seen.broke, { message: whyNot(error, this.words) }) };
  }

  /** A portal may be started after the tester: it reads the metadata at its own start. */
  private async untilPortalIsUp(): Promise<void> {
    const { portal } = this.options;
    let reason: string | undefined;
    const isUp = async () => {
      const error: unknown = await fetch(portal, { redirect: 'manual' }).then(
        () => undefined,
        (why: unknown) => why,
      );
      if (error === undefined) return true;
      const text = fill(this.words.lines.noAnswer, { portal, reason: whyNot(error, this.words) });
      if (isForGood(error, this.words)) throw new NotMade(folded(text, 0).join('\n'));
      if (text !== reason && this.options.waitSeconds > 0) this.say(text);
      reason = text;
      return false;
    };
    if (!(await this.until(isUp))) throw new NotMade(folded(reason ?? '', 0).join('\n'));
  }

  private async untilLoginLeadsHere(): Promise<void> {
    const leadsHere = async () => this.portal.leadsHere().catch(() => false);
    await this.until(leadsHere);
  }

  private async until(holds: () => Promise<boolean>): Promise<boolean> {
    const { waitSeconds, login } = this.options;
    for (let waited = 0; waited <= waitSeconds; waited += STEP_SECONDS) {
      if (await holds()) return true;
      if (waited === 0 && waitSeconds > 0)
        this.say(fill(this.words.lines.waiting, { seconds: waitSeconds, login: login.href }));
      await this.means.wait(STEP_SECONDS);
    }
    return false;
  }

  private say(line: string, hanging = 0): void {
    folded(line, hanging).forEach(this.means.say);
  }
}

/** What others rest on runs also when only others are asked for. */
const CARRIERS: readonly CheckId[] = ['login', 'step-up', 'logout', 'backchannel-sid', 'backchannel-sub'];
