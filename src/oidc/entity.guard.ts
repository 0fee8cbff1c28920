import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Refusal } from '../shared/refusal.js';
import type { WithPresence } from './presence.service.js';

/** After `SessionGuard`: pages about a legal entity; for a natural person there are none. */
@Injectable()
export class EntityGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<WithPresence>().profile?.kind === 'entity') return true;
    throw new Refusal('page.not-found', { status: 404 });
  }
}
