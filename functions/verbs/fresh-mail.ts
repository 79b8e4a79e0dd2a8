import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';

const tenMinutes = 600_000;
/** Of several requests at once, one sends the mail; should it come to nothing, the next one does after this long. */
const lease = 60_000;

/** How to mail a fresh link, under keys that begin so: at most once in ten minutes; undefined while one is on its way. */
export function freshMail(
  record: Pick<HandoffRecord, 'mails'>,
  prefix: string,
  at: Instant,
): { readonly key: string; readonly lease: number } | undefined {
  const recently = Object.values(record.mails).some(
    (mail) =>
      mail.key.startsWith(prefix) &&
      Date.parse(at) - Date.parse(mail.at) < (mail.status === 'claimed' ? lease : tenMinutes),
  );
  return recently ? undefined : { key: `${prefix}${Math.floor(Date.parse(at) / tenMinutes)}`, lease };
}
