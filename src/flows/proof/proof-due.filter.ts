import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { ProofDue } from '../../identity/proofs/proof-due.js';
import { proofPath } from './proof-pages.js';

/** An act without its proof: the page that takes one comes first. */
@Catch(ProofDue)
export class ProofDueFilter implements ExceptionFilter {
  catch(due: ProofDue, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Response>().redirect(303, proofPath(due.act, due.to));
  }
}
