import { ArrayNotEmpty, IsArray, IsInt, Min } from 'class-validator';
import { LostNumberLimits, NumberHandoverLimits } from './number-limits.js';
import { AlipayLimits } from './alipay-limits.js';
import { ConsoleLimits } from './console-limits.js';
import { AppLimits } from './app-limits.js';
import { Count, Nested } from './rules.js';

class SmsLimits {
  /** Seconds before a second message to the same number. */
  @Count()
  resendSeconds!: number;

  @Count()
  perNumberHour!: number;

  @Count()
  perNumberDay!: number;

  @Count()
  perAddressDay!: number;

  @Count()
  perDeviceDay!: number;

  @Count()
  serviceHour!: number;

  /** Tries of one code; this one holds with LIMITS=off too. */
  @Count()
  triesPerCode!: number;

  /** Wrong tries of one number in a China day, over all its codes. */
  @Count()
  wrongPerNumberDay!: number;

  /** Messages from one address in a day after which a captcha is asked where the province asks for none. */
  @Count()
  captchaAfter!: number;
}

class RegistrationLimits {
  /** Forms with a password from one address: each is hashed. */
  @Count()
  perAddressHour!: number;

  @Count()
  serviceHour!: number;
}

class LoginLimits {
  /** Wrong passwords after which a captcha is asked. */
  @Count()
  captchaAfter!: number;

  /** Minutes to wait after the sixth, seventh … wrong password; the last one goes on. */
  @IsArray()
  @ArrayNotEmpty()
  @IsInt({ each: true })
  @Min(1, { each: true })
  waitMinutes!: number[];

  @Count()
  wrongPerAddressHour!: number;

  @Count()
  serviceHour!: number;

  /** Messages about new devices that an account gets in a China day. */
  @Count()
  newDeviceNoticesPerDay!: number;
}

class CertificateLimits {
  /** Signed challenges from one address that were refused: judging one costs computing, and calls outside. */
  @Count()
  refusedPerAddressHour!: number;

  @Count()
  serviceHour!: number;
}

class VerificationLimits {
  /** Answers of "no match" or "not found" in a China day: per account, per name, per ID number. */
  @Count()
  mismatchesPerDay!: number;

  /** For so long the same name and number are answered without asking the authority again; a match never is. */
  @Count()
  mismatchMinutes!: number;

  @Count()
  perAddressDay!: number;

  /** Questions to the authority, each of which is paid for. */
  @Count()
  serviceHour!: number;
}

class ProofLimits {
  /** Wrong names or ID numbers (or last 6) in a China day, for one account; this one holds with LIMITS=off too. */
  @Count()
  identityTriesPerDay!: number;

  @Count()
  perAddressDay!: number;

  @Count()
  serviceHour!: number;
}

class UserNameLimits {
  /** User names that were asked for: the answer tells which there are. */
  @Count()
  perAccountDay!: number;

  @Count()
  perAddressDay!: number;

  @Count()
  serviceHour!: number;
}

class ExportLimits {
  /** Files of one account in a China day; this one holds with LIMITS=off too. */
  @Count()
  perAccountDay!: number;

  @Count()
  perAddressDay!: number;

  @Count()
  serviceHour!: number;
}

class DeregistrationLimits {
  /** Times one account may ask in a China day; this one holds with LIMITS=off too. */
  @Count()
  perAccountDay!: number;

  @Count()
  perAddressDay!: number;

  @Count()
  serviceHour!: number;
}

class EntityRequestLimits {
  /** Requests that wait for a representative, each of which sends a message: to one person, about one entity. */
  @Count()
  perRepresentativeDay!: number;

  @Count()
  perEntityDay!: number;

  @Count()
  perAddressDay!: number;

  @Count()
  serviceHour!: number;
}

/** Every limit, in one table: `jurisdictions/*.yaml`, `limits`. */
export class Limits {
  @Nested(() => SmsLimits)
  sms!: SmsLimits;

  @Nested(() => RegistrationLimits)
  registration!: RegistrationLimits;

  @Nested(() => LoginLimits)
  login!: LoginLimits;

  @Nested(() => CertificateLimits)
  certificate!: CertificateLimits;

  @Nested(() => AppLimits)
  app!: AppLimits;

  @Nested(() => VerificationLimits)
  verification!: VerificationLimits;

  @Nested(() => ProofLimits)
  proof!: ProofLimits;

  @Nested(() => UserNameLimits)
  userName!: UserNameLimits;

  @Nested(() => ExportLimits)
  export!: ExportLimits;

  @Nested(() => DeregistrationLimits)
  deregistration!: DeregistrationLimits;

  @Nested(() => NumberHandoverLimits)
  numberHandover!: NumberHandoverLimits;

  @Nested(() => LostNumberLimits)
  lostNumber!: LostNumberLimits;

  @Nested(() => EntityRequestLimits)
  entityRequest!: EntityRequestLimits;

  @Nested(() => AlipayLimits)
  alipay!: AlipayLimits;

  @Nested(() => ConsoleLimits)
  console!: ConsoleLimits;
}
