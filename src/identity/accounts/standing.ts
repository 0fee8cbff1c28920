import type { EntityTypeId } from '../../config/jurisdiction.js';
import type { AccountKind, Level, VerificationMethod } from '../../shared/account.js';
import type { AccountState } from './account.entity.js';
import type { RegisterSays } from './register-says.js';

/** What an account may do now, towards one site: read once a request (DESIGN 4). */
export interface Standing {
  accountId: string;
  kind: AccountKind;
  state: AccountState;
  level: Level;
  /** Sessions, codes and tokens older than this are not found. */
  validFrom: Date;
  /** The same of what was made with a certificate, when a certificate of the account has stopped counting. */
  certifiedFrom?: Date;
  /** The newest version of the agreement that was accepted. */
  agreementVersion?: string;
  /** Scopes the person has permitted to the site that was asked about. */
  permittedScopes: string[];
  /** The day it is closed, when its owner has asked for that. */
  closesAt?: Date;
  /** The day it moves to another number, when somebody has asked for that without a proof. */
  movesAt?: Date;
}

/** What pages may show of an account: masked. */
export interface Profile {
  accountId: string;
  kind: AccountKind;
  level: Level;
  createdAt: Date;
  /** Whole: what its owner chose to be known by here. */
  userName?: string;
  maskedPhone?: string;
  maskedName?: string;
  maskedIdNumber?: string;
  maskedBirthDate?: string;
  sex?: 'male' | 'female';
  /** Under 18 today. */
  minor?: boolean;
  verifiedAt?: Date;
  verifiedMethod?: VerificationMethod;
  /** Of a legal entity's account. */
  entity?: {
    type: EntityTypeId;
    maskedCreditCode: string;
    maskedRepresentative: string;
    maskedManager?: string;
    /** What the register said when it was last asked. */
    says: RegisterSays;
    /** It names another representative by now. */
    representativeLeft: boolean;
    /** When it last answered. */
    askedAt: Date;
  };
}
