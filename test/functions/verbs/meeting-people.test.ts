import { expect, it } from 'vitest';
import { keepMeetingPeople } from '../../../functions/verbs/meeting-people.ts';
import { lena, people } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';

it('a meeting whose people stay the same stays as it is, whoever looks: no update, no other version of it', async () => {
  const { system, id } = await upTo('schedule-kickoff');
  await system.answer(lena, 'schedule-kickoff', 'scheduled');
  const record = await system.load(id);
  const before = system.mails().length;
  await keepMeetingPeople(system.world, { record, people, by: 'system', at: system.now() });
  expect((await system.load(id)).meetings).toEqual(record.meetings);
  expect(record.meetings?.['kickoff']?.sequence).toBe(0);
  expect(system.mails().length).toBe(before);
});
