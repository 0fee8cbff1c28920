import { Optional } from '../../web/fields.js';

/** What is pasted instead of scanned: the link, or the ticket alone. */
export class ScanForm {
  @Optional()
  link?: string;
}

/** One of the three numbers. */
export class NumberForm {
  @Optional()
  number?: string;
}
