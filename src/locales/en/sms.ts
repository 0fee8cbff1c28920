import type { zh } from '../zh.js';

export const sms: typeof zh.sms = {
  registration: (v) =>
    `【${v.sign}】Code ${v.code} for registering a unified account at ${v.object}, valid for ${v.minutes} minutes. Our staff never ask for it.`,
  login: (v) =>
    `【${v.sign}】Code ${v.code} for logging in to ${v.object}, valid for ${v.minutes} minutes. Our staff never ask for it.`,
  reset: (v) =>
    `【${v.sign}】Code ${v.code} for setting a new password of ${v.object}, valid for ${v.minutes} minutes. Our staff never ask for it.`,
};
