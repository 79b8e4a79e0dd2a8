import { expect, it } from 'vitest';
import { digestMinute } from '../../../functions/domain/handoff/escalation-digest.ts';
import { schedules, schedulesIn } from '../../../infra/wiring/schedules.ts';

it('sends digests at the minute that owners are told', () => {
  const sending = schedules.find(({ target }) => target === 'send-reports');
  expect(sending?.expression).toBe(`cron(${digestMinute} * * * ? *)`);
});

it.each([
  ['UTC', '10 1', '40 0'],
  ['Europe/Berlin', '10 0', '40 23'],
  ['America/New_York', '10 6', '40 5'],
  ['America/Los_Angeles', '10 9', '40 8'],
  ['Asia/Kolkata', '40 19', '10 19'],
  ['Pacific/Auckland', '10 13', '40 12'],
])('measures in the small hours of %s, when the day is over there', (zone, measured, noted) => {
  const when = (name: string) => schedulesIn(zone).find((each) => each.name === name)?.expression;
  expect([when('measure'), when('note-deliveries')]).toEqual([measured, noted].map((at) => `cron(${at} * * ? *)`));
  expect(when('send-reports')).toBe(`cron(${digestMinute} * * * ? *)`);
  expect(when('reconcile')).toBe('cron(20 3 * * ? *)');
});
