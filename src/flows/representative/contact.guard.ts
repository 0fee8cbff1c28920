import { Injectable } from '@nestjs/common';
import type { CanActivate } from '@nestjs/common';
import { Jurisdiction } from '../../config/jurisdiction.js';
import { Refusal } from '../../shared/refusal.js';

/** Where an entity is told things at its representative's number, there is no contact number to change. */
@Injectable()
export class ContactGuard implements CanActivate {
  constructor(private readonly jurisdiction: Jurisdiction) {}

  canActivate(): boolean {
    if (!this.jurisdiction.representativeFirst) return true;
    throw new Refusal('page.not-found', { status: 404 });
  }
}
