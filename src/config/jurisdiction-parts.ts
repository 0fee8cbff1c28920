import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsNotEmpty, IsString, Matches } from 'class-validator';
import type { LoginMethod } from '../shared/account.js';
import { Count, Nested } from './rules.js';
import { Text } from './text.js';

const IDENTIFIERS = ['phone', 'resident-id', 'user-name'] as const;
const ENTITY_TYPES = [
  'enterprise',
  'cooperative',
  'individual',
  'institution',
  'association',
  'private-non-enterprise',
  'foundation',
  'government',
] as const;
/** Fictional authorities of a demonstration, named for the roles of. */
export const DEMO_AUTHORITIES = ['jit', 'unicom', 'hebei', 'beijing'] as const;
const METHODS: readonly LoginMethod[] = ['password', 'sms', 'alipay', 'qr', 'certificate'];

/** The guides' own words. */
export class Labels {
  @Nested(() => Text)
  person!: Text;

  @Nested(() => Text)
  entity!: Text;

  @Nested(() => Text)
  userCentre!: Text;
}

/** The registration agreement; a changed text needs a new version. */
export class Agreement {
  @Matches(/^[\w.-]+$/)
  version!: string;

  @Nested(() => Text)
  title!: Text;

  @Nested(() => Text)
  text!: Text;
}

/** What an account is found by, and the ways in. */
export class Login {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(IDENTIFIERS, { each: true })
  identifiers!: (typeof IDENTIFIERS)[number][];

  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(METHODS, { each: true })
  methods!: LoginMethod[];
}

/** How long things live; all by our clock. */
export class Lifetimes {
  @Count()
  sessionIdleMinutes!: number;

  @Count()
  sessionMaxHours!: number;

  @Count()
  interactionMinutes!: number;

  @Count()
  smsCodeMinutes!: number;

  @Count()
  captchaMinutes!: number;

  /** Days to change one's mind before an account is closed. */
  @Count()
  deregistrationDays!: number;

  /** Unused for so long, a verified account is no longer taken to be its number's: operators issue numbers anew. */
  @Count()
  numberReuseDays!: number;

  /** For so long the old owner may have a number back that its new owner has freed. */
  @Count()
  numberRestoreDays!: number;

  /** How long a code of a service hall counts, for who has lost the number. */
  @Count()
  recoveryCodeMinutes!: number;

  /** Notice before an account moves to a new number without a proof. */
  @Count()
  numberMoveDays!: number;

  /** For so long after such a move was stopped the account takes no other without a proof. */
  @Count()
  numberMoveRestDays!: number;
}

/** Every type of legal entity there is; a province names those that register there. */
export type EntityTypeId = (typeof ENTITY_TYPES)[number];

/** A kind of legal entity that registers here. */
export class EntityType {
  @IsIn(ENTITY_TYPES)
  id!: EntityTypeId;

  @Nested(() => Text)
  name!: Text;

  /** The first two characters a credit code of this type may have (GB 32100). */
  @IsArray()
  @ArrayNotEmpty()
  @Matches(/^[0-9A-Z]{2}$/, { each: true })
  prefixes!: string[];
}

/** Where people ask. */
export class Hotline {
  @IsString()
  @IsNotEmpty()
  number!: string;

  @Nested(() => Text)
  hours!: Text;
}
