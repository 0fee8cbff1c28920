import { parseArgs } from 'node:util';
import { ownRealm } from '../config/environment-reading.js';
import { Engine } from '../oidc/engine.service.js';
import { ClientJudge } from '../oidc/sites/client-rules.js';
import { ignoredMembers } from '../oidc/sites/ignored-members.js';
import { BY_CLI, SiteChanges } from '../oidc/sites/site-changes.service.js';
import type { SiteChange } from '../oidc/sites/site-changes.service.js';
import { LONGEST_OVERLAP_HOURS, SiteRecords } from '../oidc/sites/site-records.service.js';
import type { SiteRecord } from '../oidc/sites/site-records.service.js';
import { checkedSites, readSites } from '../oidc/sites/sites-file.js';
import { chinaMinute } from '../shared/china-time.js';
import { Clock } from '../shared/clock.js';
import type { Command } from './commands.js';

const OVERLAP_HOURS = 24;
const LATEST = 10;
const MOST = 1000;
const SEEN = 'every process sees it within five seconds';

/** @throws {Error} for what is no number of hours */
function hoursOf(text: string): number {
  const hours = /^\d{1,3}$/.test(text) ? Number(text) : Infinity;
  if (hours > LONGEST_OVERLAP_HOURS) throw new Error(`--overlap: 0 to ${LONGEST_OVERLAP_HOURS} hours expected`);
  return hours;
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

function changeLines(change: SiteChange): string[] {
  const { kind, at, actor, state, reason, fields, overlapHours } = change;
  const told = [
    state,
    `${state === 'waiting' ? 'asked for' : 'made'} by ${actor}`,
    overlapHours !== undefined && `earlier secrets count for ${overlapHours} hours`,
    change.decidedBy !== undefined && `decided by ${change.decidedBy}`,
    reason !== undefined && `reason: ${reason}`,
  ];
  return [
    `${chinaMinute(at)} (China)  ${kind}  ${told.filter((one) => one !== false).join(', ')}`,
    ...Object.entries(fields).map(([member, { from, to }]) => `  ${member}: ${shown(from)} → ${shown(to)}`),
  ];
}

function secretLines({ hasSecret, retired }: SiteRecord, now: number): string[] {
  if (!hasSecret) return ['secret: none'];
  const counting = retired.filter(({ until }) => Date.parse(until) > now);
  return [
    `secret: one, rotated ${retired.length} times`,
    ...counting.map(({ until }) => `  an earlier one counts until ${chinaMinute(new Date(until))} (China)`),
  ];
}

/** The sites that log people in here: what an operator does to them. */
export const SITE_COMMANDS: readonly Command[] = [
  {
    name: 'sites list',
    about: 'the registered sites: open, unlisted (no longer in the sites file) or disabled (by an operator)',
    run: async (app, _words, say) => {
      for (const { site, state } of await app.get(SiteRecords).list()) {
        say(`${site.id}  ${state}  ${site.name['zh-CN']}  ${site.scopes.join(' ')}`);
      }
    },
  },
  {
    name: 'sites show',
    parameters: ['id'],
    about: 'one of them: its registration, whose subjects it sees, its secrets (when, never which)',
    run: async (app, [id], say) => {
      const record = await app.get(SiteRecords).get(id as string);
      const { site, state, metadata, updatedAt } = record;
      say(`${site.id}  ${state}  changed ${chinaMinute(updatedAt)} (China)`);
      say(`subjects: ${site.subjectType === 'pairwise' ? `pairwise, of the sector ${site.sector}` : 'public'}`);
      secretLines(record, app.get(Clock).ms()).forEach(say);
      say(JSON.stringify(metadata, null, 2));
      const latest = await app.get(SiteChanges).of(site.id, { limit: LATEST });
      ['latest changes:', ...latest.flatMap(changeLines)].forEach(say);
    },
  },
  {
    name: 'sites changes',
    parameters: ['id'],
    about: 'everything that was changed of one, the newest first: when, what, by whom, and what waits',
    run: async (app, [id], say) => {
      const { site } = await app.get(SiteRecords).get(id as string);
      const all = await app.get(SiteChanges).of(site.id, { limit: MOST });
      all.flatMap(changeLines).forEach(say);
    },
  },
  {
    name: 'sites check',
    parameters: ['file'],
    options: '[--production]',
    alone: true,
    about: 'everything that is wrong with a sites file; starts nothing, stores nothing, needs no database',
    run: async (_app, words, say) => {
      const options = { production: { type: 'boolean', default: false } } as const;
      const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
      const production = values.production || ownRealm() === 'production';
      const judge = new ClientJudge();
      const entries = checkedSites(await readSites(positionals[0] as string), production, judge);
      ignoredMembers(entries, judge).forEach(say);
      say('the file is sound');
    },
  },
  {
    name: 'sites apply',
    parameters: ['file'],
    options: '[--overrule]',
    about:
      'stores a sites file as SITES_FILE at boot; sites that are not in it are closed; --overrule: all of it counts',
    run: async (app, words, say) => {
      const options = { overrule: { type: 'boolean', default: false } } as const;
      const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
      const entries = await readSites(positionals[0] as string);
      const remarks = await app.get(Engine).apply(entries, BY_CLI, values.overrule);
      remarks.forEach(say);
      say(`applied; ${SEEN}`);
    },
  },
  {
    name: 'sites disable',
    parameters: ['id'],
    about: 'refuses its requests, codes and tokens, tells it nothing more; the sites file does not bring it back',
    run: async (app, [id], say) => {
      await app.get(SiteRecords).disable(id as string, { actor: BY_CLI });
      say(`disabled; what it was given counts no more; ${SEEN}`);
    },
  },
  {
    name: 'sites enable',
    parameters: ['id'],
    about: 'opens a disabled site; what it was given before stays ended',
    run: async (app, [id], say) => {
      await app.get(SiteRecords).enable(id as string, { actor: BY_CLI });
      say(`open; ${SEEN}`);
    },
  },
  {
    name: 'sites secret rotate',
    parameters: ['id'],
    options: `[--overlap <hours, ${OVERLAP_HOURS} unless given>]`,
    about: 'shows a new secret once; earlier ones count for the overlap, 0 ends them at once',
    run: async (app, words, say) => {
      const options = { overlap: { type: 'string', default: String(OVERLAP_HOURS) } } as const;
      const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
      const hours = hoursOf(values.overlap);
      const secret = await app.get(SiteRecords).rotateSecret(positionals[0] as string, hours, { actor: BY_CLI });
      const until = chinaMinute(new Date(app.get(Clock).ms() + hours * 3600 * 1000));
      say(secret);
      say('it is not shown again; every process takes it within five seconds');
      say(hours === 0 ? 'earlier secrets count no more' : `the earlier one counts until ${until} (China)`);
    },
  },
];
