import { Injectable } from '@nestjs/common';
import type { CanActivate } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Refusal } from '../../shared/refusal.js';

/** Where the province knows no user names there is no such page. */
@Injectable()
export class UserNameGuard implements CanActivate {
  constructor(private readonly jurisdiction: Jurisdiction) {}

  canActivate(): boolean {
    if (this.jurisdiction.login.identifiers.includes('user-name')) return true;
    throw new Refusal('page.not-found', { status: 404 });
  }
}
