import { epochAt } from '../../../../functions/domain/time/calendar-instant.ts';
import type { Mail } from '../../../account/ses/mail.ts';

/** What one email has put into a calendar, or taken out of it. */
export interface Entry {
  readonly address: string;
  readonly uid: string;
  readonly method: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
}

/** The newest entry of each meeting in each calendar. */
export function calendarsAfter(mails: readonly Mail[]): readonly Entry[] {
  const last = new Map<string, Entry>();
  for (const { calendar, to, cc } of mails) {
    if (!calendar) continue;
    const { uid, start } = eventIn(calendar.text);
    for (const { address } of [...to, ...cc])
      last.set(`${address} ${uid}`, { address, uid, method: calendar.method, start });
  }
  return [...last.values()];
}

/** The event of a calendar text; that text has moments of its time zone, too. */
function eventIn(text: string): Pick<Entry, 'uid' | 'start'> {
  const [, event = ''] = text.replace(/\r?\n[ \t]/g, '').split('BEGIN:VEVENT');
  const uid = /^UID:(.*)$/m.exec(event)?.[1]?.trim() ?? '';
  const [, zone = 'UTC', y, mo, d, h, mi, s] =
    /^DTSTART(?:;TZID=([^:]+))?:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/m.exec(event) ?? [];
  return { uid, start: epochAt(Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`), zone) };
}
