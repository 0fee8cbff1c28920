/** A button alone: the form holds nothing but its token. */
export class NothingForm {}
