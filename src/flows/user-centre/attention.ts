import type { BindingState } from '../../identity/certificates/binding-state.js';
import type { Profile } from '../../identity/accounts/standing.js';
import type { PendingKind } from '../../identity/accounts/pending-changes.service.js';
import type { Texts } from '../../locales/texts.js';
import { chinaDay } from '../../shared/china-time.js';

/** What the user centre knows of its account. */
export interface AccountNow {
  profile: Profile;
  hasPassword: boolean;
  /** How many requests wait for this person's word as a legal representative. */
  confirmations: number;
  /** Of a legal entity. */
  certificates: readonly { state: BindingState; notAfter: Date }[];
  /** Since when an Alipay is bound. */
  alipaySince?: Date;
  /** Whether it may open the console. */
  hasRole: boolean;
  /** Changes that wait for their day. */
  pending: readonly { kind: PendingKind; due: Date }[];
}

/** Something that needs the person's attention, and where it is seen to. */
export interface Note {
  id: string;
  text: string;
  href: string;
}

type NoteOf = (now: AccountNow, t: Texts['userCentre']['attention']) => Note | undefined;

/** Where a change that waits is stopped or taken back. */
const STOPPED_AT: Record<PendingKind, string> = {
  deregistration: '/account/data',
  'number-move': '/account/lost-number',
  'number-freed': '/account/phone/restore',
};

const waiting =
  (kind: PendingKind): NoteOf =>
  ({ pending }, t) => {
    const change = pending.find((one) => one.kind === kind);
    return change && { id: kind, text: t[kind]({ date: chinaDay(change.due) }), href: STOPPED_AT[kind] };
  };

const confirmations: NoteOf = ({ confirmations: count }, t) =>
  count > 0 ? { id: 'confirmations', text: t.confirmations({ count }), href: '/account/confirmations' } : undefined;
/** What the register does not confirm any more. */
const unconfirmed: NoteOf = ({ profile }, t) => {
  const says = profile.entity?.says ?? 'agrees';
  return says === 'agrees' ? undefined : { id: says, text: t[says], href: '/account/register' };
};

const representativeLeft: NoteOf = ({ profile }, t) =>
  profile.entity?.representativeLeft
    ? { id: 'representative-left', text: t['representative-left'], href: '/account/register' }
    : undefined;

const unverified: NoteOf = ({ profile }, t) =>
  profile.kind === 'person' && profile.level === 0
    ? { id: 'unverified', text: t.unverified, href: '/account/level' }
    : undefined;

const noPassword: NoteOf = ({ hasPassword }, t) =>
  hasPassword ? undefined : { id: 'no-password', text: t['no-password'], href: '/account/password' };

/** A certificate that is over, or will be; the one that ends first is named. */
const certificate =
  (id: 'certificate-expired' | 'certificate-expiring', state: BindingState): NoteOf =>
  ({ certificates }, t) => {
    const [first] = certificates
      .filter((one) => one.state === state)
      .toSorted((a, b) => a.notAfter.getTime() - b.notAfter.getTime());
    return first && { id, text: t[id]({ date: chinaDay(first.notAfter) }), href: '/account/certificates' };
  };

/** The most urgent first. Whatever else may need attention is one more function here. */
const NOTES: readonly NoteOf[] = [
  waiting('deregistration'),
  waiting('number-move'),
  waiting('number-freed'),
  confirmations,
  certificate('certificate-expired', 'expired'),
  certificate('certificate-expiring', 'expiring'),
  representativeLeft,
  unconfirmed,
  unverified,
  noPassword,
];

/** What needs attention now. */
export const attention = (now: AccountNow, t: Texts): Note[] =>
  NOTES.flatMap((note) => note(now, t.userCentre.attention) ?? []);
