import { ANSWER_CHECKS, rotationCheck } from './answer-checks.js';
import { BACK_CHANNEL_CHECKS } from './back-channel-checks.js';
import type { Check } from './check.js';
import { LEVEL_CHECKS } from './level-checks.js';
import { LOGOUT_CHECKS } from './logout-checks.js';
import { REFUSAL_CHECKS } from './refusal-checks.js';
import { REQUEST_CHECKS } from './request-checks.js';
import { SESSION_CHECKS } from './session-checks.js';

/** Every check, in the order of the report. @param wait lets time pass while the portal keeps its keys */
export const checks = (wait: (seconds: number) => Promise<void>): readonly Check[] => [
  ...REQUEST_CHECKS,
  ...ANSWER_CHECKS,
  ...REFUSAL_CHECKS,
  ...SESSION_CHECKS,
  ...LEVEL_CHECKS,
  ...LOGOUT_CHECKS,
  ...BACK_CHANNEL_CHECKS,
  rotationCheck(wait),
];
