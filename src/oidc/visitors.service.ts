import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Env } from '../config/env.js';
import { KnownDevices } from '../identity/limits/known-devices.service.js';
import { cookiesOf } from '../web/language.js';

const DEVICE_COOKIE = 'device';
const YEAR_SECONDS = 365 * 24 * 3600;

/** Whose browser it is, as far as an account needs to know: from where, and whether it logged in with it before. */
@Injectable()
export class Visitors {
  constructor(
    private readonly devices: KnownDevices,
    private readonly env: Env,
  ) {}

  /** Under whom costly acts are counted. */
  origin(request: Request): { address: string; device?: string } {
    return { address: request.ip ?? '', device: this.devices.idOf(this.cookie(request)) };
  }

  /** The device cookie as it came. */
  cookie(request: Request): string | undefined {
    return cookiesOf(request.headers.cookie)[DEVICE_COOKIE];
  }

  isKnown(request: Request, accountId: string): boolean {
    return this.devices.deviceOf(this.cookie(request), accountId) !== undefined;
  }

  /** Makes the browser known to the account. */
  remember(request: Request, response: Response, accountId: string): void {
    const cookie = this.devices.remember(this.cookie(request), accountId);
    const secure = this.env.issuer.startsWith('https:') ? '; Secure' : '';
    response.append(
      'set-cookie',
      `${DEVICE_COOKIE}=${cookie}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
    );
  }
}
