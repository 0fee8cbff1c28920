import passport from 'passport';
import type { Request, Response } from 'express';
import type { Amr } from '../../shared/account.js';

/** What a login method finds out. */
export interface SignIn {
  accountId: string;
  amr: Amr[];
}

/** The only caller of passport: by name, never by instance, which concurrent requests would share (DESIGN 8.11). */
export const signInBy = async (method: string, request: Request, response: Response): Promise<SignIn> =>
  new Promise((done, refuse) => {
    const answer = (error: unknown, who: SignIn) => (error ? refuse(error as Error) : done(who));
    passport.authenticate(method, { session: false }, answer)(request, response, refuse);
  });
