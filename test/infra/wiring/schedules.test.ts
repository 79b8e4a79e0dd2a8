import { expect, it } from 'vitest';
import { digestMinute } from '../../../functions/domain/handoff/escalation-digest.ts';
import { schedules } from '../../../infra/wiring/schedules.ts';

it('sends digests at the minute that owners are told', () => {
  const sending = schedules.find(({ target }) => target === 'send-reports');
  expect(sending?.expression).toBe(`cron(${digestMinute} * * * ? *)`);
});
