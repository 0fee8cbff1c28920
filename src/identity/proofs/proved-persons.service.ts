import { Injectable } from '@nestjs/common';
import { Records } from '../../storage/records.js';

const KIND = 'proved-person';
const LIFE_SECONDS = 20 * 60;

/** That this journey has shown who the person behind an account is, beside the number: nobody is asked it twice. */
@Injectable()
export class ProvedPersons {
  constructor(private readonly records: Records) {}

  async keep(cid: string, accountId: string): Promise<void> {
    await this.records.put(KIND, this.place(cid, accountId), { proved: true }, LIFE_SECONDS);
  }

  async is(cid: string, accountId: string): Promise<boolean> {
    return (await this.records.get(KIND, this.place(cid, accountId))) !== undefined;
  }

  async drop(cid: string, accountId: string): Promise<void> {
    await this.records.drop(KIND, this.place(cid, accountId));
  }

  private place(cid: string, accountId: string): string {
    return `${cid}|${accountId}`;
  }
}
