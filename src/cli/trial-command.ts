import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineLanguage } from '../config/machine-language.js';
import { fill } from '../locales/texts.js';
import { optionsOf } from '../trial/options.js';
import { NotMade } from '../trial/reach.js';
import { Trial } from '../trial/trial.js';
import { wordsIn } from '../trial/words.js';
import type { Command } from './commands.js';

/** Before a site goes live: its developer runs this against the portal, and hands the report to the operator. */
export const TRIAL_COMMAND: Command = {
  name: 'sites try',
  options: '<portal address> [options as in docs/connect-a-site.md, section 8]',
  alone: true,
  about: 'tries a portal before it goes live: plays its provider, says what is wrong; needs no database',
  run: async (_app, words, say) => {
    const language = machineLanguage();
    const { help } = wordsIn(language);
    if (words.includes('--help')) return say(help);
    if (words.length === 0) throw new NotMade(help);
    const options = await optionsOf(words, language).catch((error: Error) => {
      throw new NotMade(error.message);
    });
    const { lines } = wordsIn(options.language);
    const wait = async (seconds: number) => sleep(seconds * 1000);
    const report = await Trial.run(options, { say, wait });
    if (options.json !== undefined) {
      await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
      say(fill(lines.written, { file: options.json }));
    }
    if (report.summary.failed > 0) throw new Error(fill(lines.failed, report.summary));
  },
};
