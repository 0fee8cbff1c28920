import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { Unavailable } from '../shared/refusal.js';
import { Presence } from './presence.service.js';
import type { WithPresence } from './presence.service.js';

/** A text can be read while sessions cannot: the page then names nobody. */
function unlessAway(problem: unknown): void {
  if (!(problem instanceof Unavailable)) throw problem;
}

/** Pages for everybody: nobody is refused, and who is signed in is named at the head of the page. */
@Injectable()
export class VisitorGuard implements CanActivate {
  constructor(private readonly presence: Presence) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    await this.presence.of(http.getRequest<WithPresence>(), http.getResponse<Response>()).catch(unlessAway);
    return true;
  }
}
