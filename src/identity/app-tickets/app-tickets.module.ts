/** Tickets: logins that wait to be confirmed in the government app, each step atomic.. */
import { Module } from '@nestjs/common';
import { AppTickets } from './app-tickets.service.js';
import { TicketChanges } from './ticket-changes.service.js';
import { TicketLocks } from './ticket-locks.service.js';

@Module({
  providers: [AppTickets, TicketChanges, TicketLocks],
  exports: [AppTickets, TicketChanges],
})
export class AppTicketsModule {}
