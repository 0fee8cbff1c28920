import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsIn, Matches, ValidateNested } from 'class-validator';
import type { LoginMethod } from '../shared/account.js';
import { Text } from './text.js';

const IDENTIFIERS = ['phone', 'resident-id', 'user-name'] as const;
const METHODS: readonly LoginMethod[] = ['password', 'sms', 'alipay', 'qr', 'certificate'];

/** The guides' own words. */
export class Labels {
  @ValidateNested()
  @Type(() => Text)
  person!: Text;

  @ValidateNested()
  @Type(() => Text)
  entity!: Text;

  @ValidateNested()
  @Type(() => Text)
  userCentre!: Text;
}

/** The registration agreement; a changed text needs a new version. */
export class Agreement {
  @Matches(/^[\w.-]+$/)
  version!: string;

  @ValidateNested()
  @Type(() => Text)
  title!: Text;

  @ValidateNested()
  @Type(() => Text)
  text!: Text;
}

/** What an account is found by, and the ways in. */
export class Login {
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(IDENTIFIERS, { each: true })
  identifiers!: (typeof IDENTIFIERS)[number][];

  @IsArray()
  @ArrayNotEmpty()
  @IsIn(METHODS, { each: true })
  methods!: LoginMethod[];
}
