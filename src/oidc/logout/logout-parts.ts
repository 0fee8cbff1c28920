import { DeliverySummaries } from './delivery-summaries.service.js';
import { LogoutCalls } from './logout-calls.service.js';
import { LogoutClaims } from './logout-claims.service.js';
import { LogoutDeliveries } from './logout-deliveries.service.js';
import { LogoutReceipts } from './logout-receipts.service.js';
import { LogoutRecords } from './logout-records.service.js';
import { LogoutPages } from './logout.js';
import { TestLogouts } from './test-logouts.service.js';

/** What the console, the operations and the tester of a site see of logout. */
export const LOGOUT_SEEN = [DeliverySummaries, LogoutCalls, LogoutRecords, TestLogouts] as const;

/** All of it: pages, receipts, tokens on their way, and what is kept of them. */
export const LOGOUT = [...LOGOUT_SEEN, LogoutClaims, LogoutDeliveries, LogoutPages, LogoutReceipts] as const;
