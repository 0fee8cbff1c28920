import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  getMetadataStorage,
} from 'class-validator';
import type { AccountKind } from '../../shared/account.js';
import { acr } from '../levels.js';
import { SCOPES } from '../scopes.js';
import { IsAddress, IsCalledAddress } from './site-address.js';
import { IsShownText } from './site-text.js';

export const KINDS: readonly AccountKind[] = ['person', 'entity'];
const LEVELS = ([0, 1, 2, 3] as const).map(acr);
const LONGEST_NAME = 60;
const LONGEST_PURPOSE = 200;

/** How many characters a text that pages show may have. */
export const longestOf = (member: string): number =>
  member.startsWith('data_purpose') ? LONGEST_PURPOSE : LONGEST_NAME;

/** One entry of `SITES_FILE`: what we read ourselves. Everything else is standard client metadata, judged by the engine. */
export class SiteEntry {
  @Matches(/^[A-Za-z0-9._~-]{1,64}$/, { message: '1 to 64 characters of A-Z a-z 0-9 . _ ~ - expected' })
  client_id!: string;

  @IsShownText(LONGEST_NAME)
  client_name!: string;

  @IsOptional()
  @IsShownText(LONGEST_NAME)
  'client_name#en'?: string;

  @IsOptional()
  @IsAddress()
  client_uri?: string;

  @IsOptional()
  @IsAddress()
  initiate_login_uri?: string;

  @IsArray({ message: 'a list of addresses expected' })
  @ArrayNotEmpty({ message: 'at least one address expected' })
  @IsAddress({ each: true })
  redirect_uris!: string[];

  @IsOptional()
  @IsArray({ message: 'a list of addresses expected' })
  @IsAddress({ each: true })
  post_logout_redirect_uris?: string[];

  @IsOptional()
  @IsCalledAddress()
  backchannel_logout_uri?: string;

  @IsOptional()
  @Matches(new RegExp(`^(${SCOPES.join('|')})( (${SCOPES.join('|')}))*$`), {
    message: `a list of scopes separated by one space expected, of: ${SCOPES.join(' ')}`,
  })
  scope?: string;

  @IsOptional()
  @IsIn(LEVELS, { message: `one of ${LEVELS.join(', ')} expected` })
  required_acr?: string;

  @IsOptional()
  @IsArray({ message: 'a list expected' })
  @ArrayNotEmpty({ message: 'at least one kind expected' })
  @IsIn(KINDS, { each: true, message: `a list of ${KINDS.join(', ')} expected` })
  account_kinds?: AccountKind[];

  @IsOptional()
  @IsAddress()
  app_link?: string;

  @IsOptional()
  @IsBoolean({ message: 'true or false expected' })
  require_pkce?: boolean;

  @IsOptional()
  @IsBoolean({ message: 'true or false expected' })
  permission_required?: boolean;

  @IsOptional()
  @IsBoolean({ message: 'true or false expected' })
  rotate_refresh_token?: boolean;

  @IsOptional()
  @IsShownText(LONGEST_PURPOSE)
  data_purpose?: string;

  @IsOptional()
  @IsShownText(LONGEST_PURPOSE)
  'data_purpose#en'?: string;

  @IsOptional()
  @IsIn(['public', 'pairwise'], { message: 'public or pairwise expected' })
  subject_type?: 'public' | 'pairwise';

  @IsOptional()
  @IsString({ message: 'a text expected' })
  client_secret?: string;

  @IsOptional()
  @IsString({ message: 'the name of a method expected' })
  token_endpoint_auth_method?: string;

  @IsOptional()
  @IsBoolean({ message: 'true or false expected' })
  require_pushed_authorization_requests?: boolean;

  @IsOptional()
  @IsAddress()
  sector_identifier_uri?: string;

  @IsOptional()
  @IsCalledAddress()
  jwks_uri?: string;

  @IsOptional()
  @IsAddress()
  logo_uri?: string;

  @IsOptional()
  @IsAddress()
  policy_uri?: string;

  @IsOptional()
  @IsAddress()
  tos_uri?: string;
}

/** Every member that a rule above reads. */
export const SITE_MEMBERS: readonly string[] = [
  ...new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(SiteEntry, '', false, false)
      .map(({ propertyName }) => propertyName),
  ),
];
