import { ApiProperty } from '@nestjs/swagger';

/** What the app shows before its owner picks a number: which login it is, and from where. */
export class ScannedLogin {
  @ApiProperty({ description: 'Name of the site that is logged in to, in the language of Accept-Language' })
  site!: string;

  @ApiProperty({ description: 'Browser and system that wait, as far as they say so', example: 'Chrome · Windows' })
  browser!: string;

  @ApiProperty({ description: 'Network that the browser waits in, without the last part', example: '203.0.113.*' })
  place!: string;

  @ApiProperty({ description: 'When the code was shown', format: 'date-time' })
  at!: string;

  @ApiProperty({
    description: 'Three numbers, one of which the waiting page shows: its owner picks it in the app',
    type: [Number],
    minItems: 3,
    maxItems: 3,
    example: [17, 42, 86],
  })
  numbers!: number[];
}

/** The number that was picked. */
export class PickedNumber {
  @ApiProperty({ minimum: 10, maximum: 99, type: 'integer' })
  number!: number;
}

/** How the ticket came to the app. */
export class ScanRequest {
  @ApiProperty({
    enum: ['code', 'link'],
    required: false,
    default: 'code',
    description: 'link when the operating system opened the app by the link; the waiting page then says so',
  })
  by?: 'code' | 'link';
}

/** Where the ticket stands now. */
export class TicketAnswer {
  @ApiProperty({ enum: ['confirmed', 'denied'] })
  state!: 'confirmed' | 'denied';
}

/** Every refusal (RFC 9457). */
export class Problem {
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty()
  status!: number;

  @ApiProperty({ description: 'What happened and what to do, in the language of Accept-Language' })
  detail!: string;

  @ApiProperty({ description: 'Stays the same', example: 'ticket.expired' })
  code!: string;
}
