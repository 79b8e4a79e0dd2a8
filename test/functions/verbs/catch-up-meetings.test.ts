import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../functions/domain/handoff/meeting-record.ts';
import { tellUntoldMeetings } from '../../../functions/verbs/catch-up-meetings.ts';
import { meetingMailKey } from '../../../functions/verbs/tell-meeting.ts';
import { anna, lena, people } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';

const guest = 'tom@nordwind-logistik.example';

/** The kickoff was changed on a page that ended before anybody was told of it; what goes out at some time after that. */
async function changed(change: Partial<MeetingRecord>) {
  const { system, id } = await upTo('schedule-kickoff');
  await system.answer(lena, 'schedule-kickoff', 'scheduled', { recipients: guest });
  const stands = (await system.load(id)).meetings?.['kickoff'];
  if (!stands) throw new Error('No kickoff was planned.');
  const changedAt = system.now();
  const now = { ...stands, sequence: stands.sequence + 1, changedAt, reason: 'They are away.', ...change };
  await system.world.meetings.write(id, now);
  const told = async (after: number) => {
    const before = system.mails().length;
    const at = new Date(Date.parse(changedAt) + after).toISOString();
    await tellUntoldMeetings(system.world, { record: await system.load(id), people, at });
    return system
      .mails()
      .slice(before)
      .map(({ tags, recipients }) => `${tags['kind']} ${recipients.toSorted().join(' ')}`);
  };
  return { stands: now, told };
}

const minute = 60_000;
const week = 7 * 24 * 60 * minute;
/** Long after the week in which it is still news. */
const later = '2027-01-20T14:00:00Z';
const moved = { at: later, before: '2026-11-26T14:00:00Z' };
const everybody = [anna, lena, guest].toSorted().join(' ');

describe('A meeting whose change nobody was told of', () => {
  it('that was moved is told by whoever comes a quarter of an hour later, once', async () => {
    const { told } = await changed(moved);
    expect(await told(15 * minute - 1)).toEqual([]);
    expect(await told(15 * minute)).toEqual([`meeting-moved ${everybody}`]);
    expect(await told(16 * minute)).toEqual([]);
  });

  it('is no news any more after a week', async () => {
    const { told } = await changed(moved);
    expect(await told(week + 1)).toEqual([]);
    expect(await told(week)).toEqual([`meeting-moved ${everybody}`]);
  });

  it('is no news when it is over', async () => {
    const { told, stands } = await changed({ ...moved, at: '2026-11-20T14:00:00Z' });
    const over = Date.parse(stands.at) + stands.minutes * minute - Date.parse(stands.changedAt);
    expect(await told(over)).toEqual([]);
    expect(await told(over - 1)).toHaveLength(1);
  });

  it('that was called off is told to the customer, and with the reason to the colleagues alone, each once', async () => {
    const { told } = await changed({ status: 'off' });
    expect(await told(15 * minute)).toEqual([
      `meeting-called-off ${guest}`,
      `meeting-called-off ${[anna, lena].toSorted().join(' ')}`,
    ]);
    expect(await told(16 * minute)).toEqual([]);
  });

  it.each([
    ['with another agenda, which tells itself', { ...moved, agendaOf: '2026-11-20T10:00:00Z' }],
    ['with other people, who are told by themselves', { ...moved, handed: { sequence: 1, joined: [anna], left: [] } }],
    ['because the whole handoff ended, which tells itself', { status: 'off', ended: true }],
    ['without another time', { at: later }],
  ] as const)('is left alone where it stands %s', async (_why, change) => {
    const { told } = await changed(change);
    expect(await told(15 * minute)).toEqual([]);
  });
});

describe('The key under which a mail about a meeting goes out', () => {
  it('is another for each version, kind and part of its readers', () => {
    const of = { meeting: 'kickoff', sequence: 2 };
    expect(meetingMailKey(of, 'meeting-called-off')).toBe('meeting/kickoff/2/meeting-called-off');
    expect(meetingMailKey(of, 'meeting-called-off', 'colleagues')).toBe(
      'meeting/kickoff/2/meeting-called-off/colleagues',
    );
  });
});
