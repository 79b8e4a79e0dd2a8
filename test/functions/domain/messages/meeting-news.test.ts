import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../../functions/domain/handoff/meeting-record.ts';
import { knownMeeting } from '../../../../functions/domain/handoff/meetings.ts';
import { timesIn } from '../../../../functions/domain/handoff/site.ts';
import { spoken } from '../../../../functions/domain/handoff/spoken.ts';
import { type Meeting, momentPreview } from '../../../../functions/domain/messages/meeting-entry.ts';
import {
  type AskedAgain,
  calledOffMessage,
  leftMessage,
  movedMessage,
} from '../../../../functions/domain/messages/meeting-news.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import { playbook as shipped } from '../../../../statemachines/playbooks/default.ts';
import type { SampleName } from '../../../support/deals.ts';
import { anna, handoffRecord, lena, people, site, stepRecord } from '../../../support/handoff-record.ts';

const at = '2026-11-25T09:00:00Z';
const priya = 'priya.nair@example.com';

function told(
  id: 'internal-meeting' | 'kickoff',
  { sample = 'complete-standard' as SampleName, locale = 'en-US' } = {},
) {
  const planning = id === 'kickoff' ? 'schedule-kickoff' : 'schedule-internal-meeting';
  const owner = id === 'kickoff' ? lena : anna;
  const playbook = freezePlaybook(shipped, { segment: 'standard' });
  const record = { ...handoffRecord({ sample, steps: [stepRecord(planning, { owner })] }), playbook };
  const known = knownMeeting(record, id);
  if (!known) throw new Error(`There is no meeting "${id}".`);
  const stands: MeetingRecord = {
    ...{ meeting: id, round: 1, status: 'planned', at: '2026-11-30T22:00:00Z', minutes: 30, sequence: 1 },
    ...{ hosts: [lena, anna], guests: id === 'kickoff' ? ['kenji@sakura.example'] : [], by: anna, changedAt: at },
    before: '2026-11-27T22:00:00Z',
  };
  const input = { record, people, site: { ...site, locale }, at };
  const meeting: Meeting = { known, stands };
  const off: Meeting = { known, stands: { ...stands, status: 'off' } };
  return { input, meeting, off };
}

it('tells a mail program the time of a meeting in as many zones as there is room for', () => {
  const at = '2026-12-02T00:00:00Z';
  const zones = ['Asia/Tokyo', 'America/New_York', 'Australia/Sydney', 'Europe/London'].map((zone) =>
    timesIn(zone, site),
  );
  expect(momentPreview(zones, at, at)).toBe(
    'Wed, Dec 2, 9 AM Tokyo time (Tue, Dec 1, 7 PM New York time; 11 AM Sydney time)',
  );
  expect(momentPreview(zones.slice(0, 2), at, at)).toBe('Wed, Dec 2, 9 AM Tokyo time (Tue, Dec 1, 7 PM New York time)');
});

describe('news of a meeting', () => {
  it('name the customer, what has become of it, and when it is', () => {
    const { input, meeting, off } = told('internal-meeting');
    expect(movedMessage(input, meeting).message.subject).toBe(
      'Moved: Nordwind Logistik handoff, now Mon, Nov 30, 11 PM',
    );
    expect(calledOffMessage(input, off).message.subject).toBe(
      'Canceled: Nordwind Logistik handoff, Mon, Nov 30, 11 PM',
    );
    expect(leftMessage(input, meeting, { email: anna, joined: [] }).message.subject).toBe(
      'Off your list: Nordwind Logistik handoff, Mon, Nov 30, 11 PM',
    );
  });

  it.each([
    [
      'en-US',
      'internal-meeting',
      'Off your list: Nordwind handoff, Tue, Dec 1, 3:30 AM',
      'Tue, Dec 1, 3:30 AM Kolkata time',
    ],
    [
      'de-DE',
      'internal-meeting',
      'Ohne dich: Übergabe Nordwind, Di., 1. Dez., 03:30 Uhr',
      'Di., 1. Dez., 03:30 Uhr (Kolkata)',
    ],
    [
      'en-US',
      'kickoff',
      'Off your list: Nordwind and Lumen Works kickoff, Tue, Dec 1',
      'Tue, Dec 1, 3:30 AM Kolkata time',
    ],
  ] as const)(
    'are told to whoever leaves it in their own zone, in subject and text: %s, %s',
    (locale, id, subject, when) => {
      const { input, meeting } = told(id, { locale });
      const { message, invitation } = leftMessage(input, meeting, { email: priya, joined: [lena] });
      expect(message.subject).toBe(subject);
      expect(message.blocks.flatMap((block) => ('facts' in block ? block.facts : []))[0]?.value).toBe(when);
      expect(invitation?.zone).toBe('Asia/Kolkata');
    },
  );

  it('are told in the zones of those who stay to somebody who leaves and is not on the roster', () => {
    const { input, meeting } = told('internal-meeting');
    expect(leftMessage(input, meeting, { email: 'gone@example.com', joined: [] }).message.subject).toBe(
      'Off your list: Nordwind Logistik handoff, Mon, Nov 30, 11 PM',
    );
  });

  it('of a kickoff are told in the zone of the customer, in the subject as in the text', () => {
    const { input, meeting, off } = told('kickoff', { sample: 'enterprise-across-zones' });
    for (const [{ message, toCustomer }, subject] of [
      [movedMessage(input, meeting), 'Moved: Sakura and Lumen Works kickoff, now Tue, Dec 1, 7 AM'],
      [calledOffMessage(input, off), 'Canceled: Sakura and Lumen Works kickoff, Tue, Dec 1, 7 AM'],
    ] as const) {
      expect(message.subject).toBe(subject);
      expect(message.subject.length).toBeLessThanOrEqual(60);
      expect(renderMail(message, { site, toCustomer }).text).toContain('Tue, Dec 1, 7 AM Tokyo time');
    }
  });

  it('say to colleagues who picks a new time, and by when; nothing of that where there is to be none', () => {
    const { input, off } = told('internal-meeting');
    const textOf = (again?: AskedAgain) =>
      renderMail(calledOffMessage(input, off, again).message, { site, toCustomer: false }).text;
    expect(textOf({ owner: anna, dueAt: '2026-11-26T09:00:00Z' })).toContain(
      'Next: Anna picks a new time by Thu, Nov 26, 10 AM Berlin time.',
    );
    expect(textOf()).not.toContain('Next:');
  });

  it('keep the day, whatever the customer is called', () => {
    const { input, off } = told('kickoff', { sample: 'awkward-text' });
    const { subject } = calledOffMessage({ ...input, site: { ...site, company: 'Example Company' } }, off).message;
    expect(subject).toMatch(/^Canceled: Żółć.* and Example Company kickoff, .*\d$/);
    expect(subject).not.toMatch(/[&+] and |…/);
  });

  const names = [
    'Nord',
    'Nordwind Logistik',
    'Zürcher Kantonalverband für Landwirtschaft und Gartenbau',
    'Donaudampfschifffahrtsgesellschaftskapitänsverband',
  ];

  it.each(['en-US', 'de-DE'])('keep the whole day, however long customer and company are called: %s', (locale) => {
    const { input, meeting, off } = told('kickoff', {
      locale,
      sample: locale === 'en-US' ? 'enterprise-across-zones' : 'complete-standard',
    });
    const { record } = input;
    for (const customer of names)
      for (const company of ['Lumen', 'Vereinigte Beispielsoftwarebetriebe Süd und Nord', names[3] ?? '']) {
        const deal = { ...record.deal, customer: { ...record.deal.customer, name: customer } };
        const long = spoken({ ...input, record: { ...record, deal }, site: { ...site, locale, company } });
        for (const { message } of [movedMessage(long, meeting), calledOffMessage(long, off)]) {
          expect(message.subject.length).toBeLessThanOrEqual(60);
          // The hour may go, and words of names, but the day stays whole.
          expect(message.subject).toMatch(
            locale === 'en-US'
              ? /, (now )?(Mon|Tue), (Nov 30|Dec 1)(, \d+ [AP]M)?$/
              : /, (jetzt )?(Mo|Di)\., (30\. Nov|1\. Dez)\.(, \d+ Uhr)?$/,
          );
          expect(message.subject).not.toMatch(/ (and|und|&)(…|,| kickoff)/);
          expect(message.subject).toContain(customer.slice(0, 4));
        }
      }
  });
});
