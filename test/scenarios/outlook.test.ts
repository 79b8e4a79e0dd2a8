import { describe, expect, it } from 'vitest';
import { parseDealEvent } from '../../functions/domain/deal/deal.ts';
import { playEvents } from '../../infra/local/play/play-events.ts';
import { explain } from '../../statemachines/advice/explanation.ts';
import { course } from '../support/course.ts';
import { roster, sampleEvent } from '../support/deals.ts';
import { calendarOf } from '../support/handoff-record.ts';
import { full as playbook } from '../support/playbooks/full.ts';

const forecast = (sample: 'incomplete' | 'enterprise-across-zones') => {
  const parsed = parseDealEvent(sampleEvent(sample));
  if ('refused' in parsed) throw new Error('The sample is refused.');
  const { deal, notes } = parsed;
  const at = sampleEvent(sample).time ?? deal.closedWonAt;
  return explain({ playbook, deal, notes, roster: roster(), at, calendarOf, defaultZone: 'UTC', answers: 'never' });
};

describe('what is forecast of a deal on which nobody acts', course, () => {
  for (const sample of ['incomplete', 'enterprise-across-zones'] as const)
    it(`comes about: ${sample}`, async () => {
      const event = sampleEvent(sample);
      const played = await playEvents({ events: [event], playbook, roster: roster(), manner: 'silent', script: {} });
      const report = played.reports[0];
      const emails = new Map(roster().map(({ name, email }) => [name, email]));
      for (const { step, asks } of forecast(sample).steps) {
        const until = asks?.mails.at(-1)?.at ?? '';
        const came = report?.mails
          .filter(({ at }) => Date.parse(at) <= Date.parse(until))
          .flatMap((mail) => (mail.about.length > 0 ? mail.about.map((part) => ({ ...mail, ...part })) : [mail]))
          .filter((mail) => mail.step === step)
          .map(({ at, kind, to }) => `${at} ${kind} ${to.join()}`);
        const told = asks?.mails.map(({ at, kind, to }) => `${new Date(at).toISOString()} ${kind} ${emails.get(to)}`);
        expect(came?.toSorted()).toEqual(told?.toSorted() ?? []);
        expect(report?.steps.some(({ id, askedAt }) => id === step && askedAt !== null)).toBe(asks !== undefined);
      }
    });
});
