import { Injectable } from '@nestjs/common';
import { CodeStages } from '../../identity/codes/code-stages.service.js';
import type { CodeStage } from '../../identity/codes/code-stages.service.js';
import { CodeSteps } from '../../identity/codes/code-steps.service.js';
import { ProvedNumbers } from '../../identity/codes/proved-numbers.service.js';
import type { SignedIn } from '../../oidc/sessions.service.js';
import type { Phone } from '../../shared/phone.js';
import type { Sensitive } from '../../shared/sensitive.js';
import type { WordForm } from './representative.form.js';

/** What of an entity is changed here. */
export type ChangeKind = 'representative' | 'contact';

/** Whose word a change needs, by a code to their number. */
export interface Word {
  kind: ChangeKind;
  /** The very thing it is about: a word for one counts for no other. */
  about: Sensitive;
  phone: Phone;
  /** A representative's own number is shown to nobody. */
  hidden: boolean;
  /** What the message names. */
  entityName: string;
}

/** Whose limits a message counts under. */
export interface Origin {
  address: string;
  device?: string;
}

const purposeOf = ({ kind }: Word) => `${kind}-change` as const;
const bindingOf = ({ uid }: SignedIn, { kind, about }: Word): string => `${kind}|${uid}|${about.reveal()}`;

/** The code that says somebody agrees to a change of an entity's account. */
@Injectable()
export class Words {
  constructor(
    private readonly steps: CodeSteps,
    private readonly stages: CodeStages,
    private readonly proved: ProvedNumbers,
  ) {}

  async stage(who: SignedIn, word: Word, address: string): Promise<CodeStage> {
    const asking = { purpose: purposeOf(word), binding: bindingOf(who, word), address, captcha: 'not-needed' } as const;
    const stage = await this.stages.of(asking);
    if (!word.hidden || !stage.sent) return stage;
    return { sent: { ...stage.sent, phone: '', maskedPhone: '' } };
  }

  /** @returns `sent`, or `proved` when the code was right @throws {Refusal} sms.*, sms-code.* */
  async take(who: SignedIn, word: Word, { smsCode, deed }: WordForm, origin: Origin): Promise<'sent' | 'proved'> {
    const { kind, phone, entityName: object } = word;
    const [purpose, binding] = [purposeOf(word), bindingOf(who, word)];
    return this.steps.take({ purpose, phone, binding, object, smsCode, deed, main: `${kind}-submit`, origin });
  }

  /** It counts for one change. */
  async used(who: SignedIn, word: Word): Promise<void> {
    await this.proved.take(bindingOf(who, word), word.phone);
  }
}
