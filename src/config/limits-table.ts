import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsInt, Min, ValidateNested } from 'class-validator';

class SmsLimits {
  /** Seconds before a second message to the same number. */
  @IsInt()
  @Min(1)
  resendSeconds!: number;

  @IsInt()
  @Min(1)
  perNumberHour!: number;

  @IsInt()
  @Min(1)
  perNumberDay!: number;

  @IsInt()
  @Min(1)
  perAddressDay!: number;

  @IsInt()
  @Min(1)
  perDeviceDay!: number;

  @IsInt()
  @Min(1)
  serviceHour!: number;

  /** Tries of one code; this one holds with LIMITS=off too. */
  @IsInt()
  @Min(1)
  triesPerCode!: number;

  /** Wrong tries of one number in a China day, over all its codes. */
  @IsInt()
  @Min(1)
  wrongPerNumberDay!: number;

  /** Messages from one address in a day after which a captcha is asked where the province asks for none. */
  @IsInt()
  @Min(1)
  captchaAfter!: number;
}

class LoginLimits {
  /** Wrong passwords after which a captcha is asked. */
  @IsInt()
  @Min(1)
  captchaAfter!: number;

  /** Minutes to wait after the sixth, seventh … wrong password; the last one goes on. */
  @IsArray()
  @ArrayNotEmpty()
  @IsInt({ each: true })
  waitMinutes!: number[];

  @IsInt()
  @Min(1)
  wrongPerAddressHour!: number;

  @IsInt()
  @Min(1)
  serviceHour!: number;
}

class VerificationLimits {
  /** Answers of "no match" or "not found" in a China day: per account, per name, per ID number. */
  @IsInt()
  @Min(1)
  mismatchesPerDay!: number;

  @IsInt()
  @Min(1)
  perAddressDay!: number;

  @IsInt()
  @Min(1)
  serviceHour!: number;
}

/** Every limit, in one table: `jurisdictions/*.yaml`, `limits`. */
export class Limits {
  @ValidateNested()
  @Type(() => SmsLimits)
  sms!: SmsLimits;

  @ValidateNested()
  @Type(() => LoginLimits)
  login!: LoginLimits;

  @ValidateNested()
  @Type(() => VerificationLimits)
  verification!: VerificationLimits;
}
