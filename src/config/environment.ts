import { IsIn, IsOptional, IsString, IsUrl, Matches } from 'class-validator';
import { ADDRESS, ServiceEnvironment } from './service-environment.js';
import { Described } from './variable.js';

/**
 * The environment as it is written: one property a variable. `loadEnv` turns it into `Env`. What it adds to the service's
 * own part is how outside parties are reached.
 */
export class Environment extends ServiceEnvironment {
  @Described('Access key at Alibaba Cloud for the identity verifier, as id:secret', { required: true, secret: true })
  @IsOptional()
  @Matches(/^[^:]+:.+$/, { message: 'id:secret expected' })
  ALIYUN_VERIFIER_KEY?: string;

  @Described('Where its identity verifier is', { default: 'https://cloudauth.aliyuncs.com' })
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  ALIYUN_VERIFIER_URL = 'https://cloudauth.aliyuncs.com';

  @Described('Access key at Alibaba Cloud for SMS, as id:secret', { required: true, secret: true })
  @IsOptional()
  @Matches(/^[^:]+:.+$/, { message: 'id:secret expected' })
  ALIYUN_SMS_KEY?: string;

  @Described('Approved SMS signature there', { required: true })
  @IsOptional()
  @IsString()
  ALIYUN_SMS_SIGN?: string;

  @Described('Approved templates, one a purpose (docs/gateways.md), as purpose=code by comma', { required: true })
  @IsOptional()
  @Matches(/^[a-z-]+=\w+(,[a-z-]+=\w+)*$/, { message: 'purpose=code pairs by comma expected' })
  ALIYUN_SMS_TEMPLATES?: string;

  @Described('Where its SMS service is', { default: 'https://dysmsapi.aliyuncs.com' })
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  ALIYUN_SMS_URL = 'https://dysmsapi.aliyuncs.com';

  @Described('Address of the enterprise register (docs/gateways.md)', { required: true })
  @IsOptional()
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  REGISTER_URL?: string;

  @Described('Key id and secret for the enterprise register, as id:secret', { required: true, secret: true })
  @IsOptional()
  @Matches(/^[^:]+:.{16,}$/, { message: 'id:secret expected' })
  REGISTER_KEY?: string;

  @Described('Our app at Alipay (docs/alipay.md): these all or none', { default: "the sandbox's (demo), no Alipay" })
  @IsOptional()
  @Matches(/^\d{8,32}$/, { message: 'digits expected' })
  ALIPAY_APP_ID?: string;

  @Described("The app's private RSA key, PKCS#8 or PKCS#1, PEM or its base64 alone", { secret: true })
  @IsOptional()
  @IsString()
  ALIPAY_APP_KEY?: string;

  @Described("Alipay's public key for the app, in public-key mode")
  @IsOptional()
  @IsString()
  ALIPAY_PUBLIC_KEY?: string;

  @Described("The app's certificate, in certificate mode: a PEM file, as the next two")
  @IsOptional()
  @IsString()
  ALIPAY_APP_CERT_FILE?: string;

  @Described("Alipay's certificate for the app")
  @IsOptional()
  @IsString()
  ALIPAY_CERT_FILE?: string;

  @Described("Alipay's root certificates")
  @IsOptional()
  @IsString()
  ALIPAY_ROOT_CERT_FILE?: string;

  @Described('By which number the app knows a person: open_id or user_id', { default: 'open_id' })
  @IsIn(['open_id', 'user_id'], { message: 'open_id or user_id expected' })
  ALIPAY_USER_ID: 'open_id' | 'user_id' = 'open_id';

  @Described('What the app may see, by comma: certified, name, id-number, phone; or none', { default: 'all of it' })
  @Matches(/^(none|(certified|name|id-number|phone)(,(certified|name|id-number|phone))*)$/, {
    message: 'certified, name, id-number, phone by comma, or none expected',
  })
  ALIPAY_FIELDS = 'certified,name,id-number,phone';

  @Described("Alipay's authorization page", { default: 'https://openauth.alipay.com/oauth2/publicAppAuthorize.htm' })
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  ALIPAY_AUTHORIZE_URL = 'https://openauth.alipay.com/oauth2/publicAppAuthorize.htm';

  @Described("Alipay's gateway", { default: 'https://openapi.alipay.com/gateway.do' })
  @IsUrl(ADDRESS, { message: 'an http(s) address expected' })
  ALIPAY_GATEWAY_URL = 'https://openapi.alipay.com/gateway.do';
}
