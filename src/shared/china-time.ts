const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
const MINUTE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
const SECOND = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });

/** The calendar day in China (UTC+8), `YYYY-MM-DD`: what day caps count. */
export const chinaDay = (time: Date): string => DAY.format(time);

/** Day and minute in China, `YYYY-MM-DD HH:MM`, for pages. */
export const chinaMinute = (time: Date): string => MINUTE.format(time);

/** Day and second in China, `YYYY-MM-DD HH:MM:SS`, as outside parties there write it. */
export const chinaSecond = (time: Date): string => SECOND.format(time);

/** Seconds from `time` until the next China midnight. */
export function secondsLeftOfChinaDay(time: Date): number {
  const midnight = Date.parse(`${chinaDay(time)}T00:00:00+08:00`) + 86_400_000;
  return Math.ceil((midnight - time.getTime()) / 1000);
}
