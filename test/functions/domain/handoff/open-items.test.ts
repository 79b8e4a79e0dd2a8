import { describe, expect, it } from 'vitest';
import { itemTimes } from '../../../../functions/domain/handoff/open-items.ts';
import { anna, calendarOf, handoffRecord, personAt } from '../../../support/handoff-record.ts';

describe('an open item that is due on a day', () => {
  it.each(['Europe/Berlin', 'America/New_York', 'Asia/Tokyo'])('says the day, and no hour of it, in %s', (zone) => {
    const { availability } = personAt(anna);
    const calendar = calendarOf({ ...personAt(anna), availability: { ...availability, zone } });
    const asked = { record: handoffRecord(), askedAt: '2026-11-23T15:00:00Z', calendar };
    expect(itemTimes('2026-12-01', asked).because).toMatch(/close of business on the day of Tue, Dec 1 \(day agreed\)/);
  });
});
