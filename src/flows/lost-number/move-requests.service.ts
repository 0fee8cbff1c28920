import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { NumberMoves } from '../../identity/number-moves/number-moves.service.js';
import { PersonName } from '../../shared/person-name.js';
import { Phone } from '../../shared/phone.js';
import { ResidentId } from '../../shared/resident-id.js';
import { Jobs } from '../../storage/jobs.service.js';
import { ServiceCipher } from '../../storage/service-cipher.js';
import { Database } from '../../storage/transactions.js';
import { uuidv7 } from '../../storage/uuid.js';
import type { LostNumberDraft } from './lost-number-draft.service.js';
import { MoveDays } from './move-days.service.js';
import { NamedPersons } from './named-persons.service.js';

const JOB = 'lost-number.request';

interface Payload {
  id: string;
  sealed: string;
}

interface Request {
  name: string;
  idNumber: string;
  phone: string;
  due: string;
}

/**
 * Moves asked for without a proof. The request puts a job down and nothing else: whether there is such an account is looked
 * up afterwards, so that neither the answer nor its time can tell.
 */
@Injectable()
export class MoveRequests implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly cipher: ServiceCipher,
    private readonly named: NamedPersons,
    private readonly moves: NumberMoves,
    private readonly days: MoveDays,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, async (payload) => this.judge(payload as unknown as Payload));
  }

  /** @param due the day that the page has named */
  async put({ name, idNumber, phone }: LostNumberDraft, due: Date): Promise<void> {
    const request: Request = {
      name: name.reveal(),
      idNumber: idNumber.reveal(),
      phone: phone.reveal(),
      due: due.toISOString(),
    };
    const id = uuidv7(due.getTime());
    const sealed = this.cipher.seal(JOB, id, JSON.stringify(request)).toString('base64');
    await this.db.transaction(async (tx) =>
      this.jobs.add(tx, { kind: JOB, payload: { id, sealed } satisfies Payload }),
    );
  }

  /** Whoever asked in vain hears of it on the day, as if it had been stopped. */
  private async judge({ id, sealed }: Payload): Promise<void> {
    const request = JSON.parse(this.cipher.open(JOB, id, Buffer.from(sealed, 'base64'))) as Request;
    const phone = Phone.fromCanonical(request.phone);
    const due = this.days.kept(new Date(request.due));
    const accountId = await this.named.accountOf({
      name: PersonName.fromCanonical(request.name),
      idNumber: ResidentId.fromCanonical(request.idNumber),
    });
    await this.db.transaction(async (tx) => {
      const begun = accountId !== undefined && (await this.moves.begin(tx, { accountId, phone, due }));
      if (!begun) await this.moves.noMove(tx, phone, due);
    });
  }
}
