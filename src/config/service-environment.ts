import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { Described } from './variable.js';

export const ADDRESS = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** What the service itself runs on: addresses, stores, secrets, files. */
export class ServiceEnvironment {
  @Described(
    'Port of the service; the demonstration sites take the two above it, its certificate assistant the ninth',
    {
      default: '3000',
    },
  )
  @IsInt()
  @Min(1)
  @Max(65526)
  PORT = 3000;

  @Described('Address to listen on', { default: 'all' })
  @IsOptional()
  @IsString()
  HOST?: string;

  @Described('Port of health, readiness and metrics', { default: 'same as PORT', required: true })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(65535)
  OPS_PORT?: number;

  @Described('Origin of the service, as browsers and sites see it', {
    default: 'http://localhost:PORT',
    required: true,
  })
  @IsOptional()
  @IsUrl(ADDRESS, { message: 'an http(s) origin expected' })
  ISSUER?: string;

  @Described('PostgreSQL 15 or newer', { default: 'an embedded PostgreSQL (demo)', required: true, secret: true })
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'a postgresql:// address expected' })
  DATABASE_URL?: string;

  @Described('Redis 7 or newer; several nodes by comma make a Cluster; redis-sentinel://host,host/master', {
    default: 'in the process (demo)',
    required: true,
    secret: true,
  })
  @IsOptional()
  @Matches(/^(rediss?|redis-sentinel):\/\//, { message: 'a redis:// or redis-sentinel:// address expected' })
  REDIS_URL?: string;

  @Described('Embedded database and development keys', { default: '.data/JURISDICTION' })
  @IsOptional()
  @IsString()
  DATA_DIR?: string;

  @Described('32 bytes in base64 that wrap every other key; several by comma, newest first', {
    default: 'generated (demo)',
    required: true,
    secret: true,
  })
  @IsOptional()
  @IsString()
  MASTER_KEY?: string;

  @Described('Keys that sign cookies and forms, at least 32 characters; several by comma, newest first', {
    default: 'generated (demo)',
    required: true,
    secret: true,
  })
  @IsOptional()
  @IsString()
  COOKIE_KEYS?: string;

  @Described('Which province: a file under jurisdictions/', { default: 'hubei' })
  @Matches(/^[a-z][a-z-]*$/, { message: 'the name of a file under jurisdictions/ expected' })
  JURISDICTION = 'hubei';

  @Described('1 makes a demonstration of an issuer that is not a loopback address')
  @IsOptional()
  @IsIn(['1'], { message: '1 expected' })
  DEMO?: string;

  @Described('JSON array of the sites (client metadata), applied at boot')
  @IsOptional()
  @IsString()
  SITES_FILE?: string;

  @Described('JSON array of people the stub identity verifier knows (demo)', { default: 'fictional people' })
  @IsOptional()
  @IsString()
  STUB_RESIDENTS_FILE?: string;

  @Described('JSON array of enterprises the stub register knows (demo)', { default: 'fictional enterprises' })
  @IsOptional()
  @IsString()
  STUB_ENTERPRISES_FILE?: string;

  @Described('JSON array of people the stub Alipay knows (demo, docs/alipay.md)', { default: 'fictional people' })
  @IsOptional()
  @IsString()
  STUB_ALIPAY_FILE?: string;

  @Described('JSON array of the certificate authorities to trust (docs/certificates.md), applied at boot', {
    default: 'fictional authorities (demo)',
  })
  @IsOptional()
  @IsString()
  AUTHORITIES_FILE?: string;

  @Described('Certificate assistants that pages talk to (docs/certificates.md), as driver=loopback origin by comma', {
    default: 'tongxing=http://127.0.0.1:(PORT+9) (demo)',
  })
  @IsOptional()
  @IsString()
  ASSISTANTS?: string;

  @Described('Our proxies, which end TLS, CIDRs by comma: forwarded headers of any other peer are dropped', {
    required: true,
  })
  @IsOptional()
  @IsString()
  TRUST_PROXY?: string;

  @Described('Hosts and CIDRs, by comma, that outbound calls may reach besides public addresses', {
    default: 'loopback (demo)',
  })
  @IsOptional()
  @IsString()
  OUTBOUND_ALLOW?: string;

  @Described('off switches limits per number and address and waiting times off (demo)', { default: 'on' })
  @IsIn(['on', 'off'], { message: 'on or off expected' })
  LIMITS = 'on';

  @Described('trace, debug, info, warn, error or silent', { default: 'info' })
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent'], { message: 'a level expected' })
  LOG_LEVEL = 'info';
}
