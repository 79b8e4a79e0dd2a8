import { GetScheduleCommand, ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { announce } from '../../functions/verbs/announce.ts';
import { AwsError } from '../../infra/account/wire/errors.ts';
import { playEvents } from '../../infra/local/play/play-events.ts';
import { course } from '../support/course.ts';
import { dealEvent, roster, sampleEvent } from '../support/deals.ts';
import { anna, lena } from '../support/handoff-record.ts';
import { begun, handoffId } from '../support/outage.ts';
import { local, play } from '../support/play.ts';
import { full } from '../support/playbooks/full.ts';
import { won } from '../support/progress.ts';
import { type OpenSystem, openSystem } from '../support/world.ts';

const complete = sampleEvent('complete-standard').detail['package'] as Record<string, object>;

/** The standard sample with another renewal date, or none. */
const renewing = (renewalDate: string | undefined, detail: object = {}) =>
  dealEvent({ package: { ...complete, contract: { ...complete['contract'], renewalDate } }, ...detail });

const id = 'D-2026-1041-1';
const reminder = `renewal-reminder-${id}`;

/** What the scheduler keeps, with its moment. */
async function scheduled({ clients }: OpenSystem): Promise<Readonly<Record<string, string | undefined>>> {
  const { Schedules = [] } = await clients.scheduler.send(new ListSchedulesCommand({}));
  const found = await Promise.all(
    Schedules.map(({ Name }) => clients.scheduler.send(new GetScheduleCommand({ Name: Name ?? '' }))),
  );
  return Object.fromEntries(found.map(({ Name, ScheduleExpression }) => [Name, ScheduleExpression]));
}

const reminders = (system: OpenSystem) => system.mails().filter(({ tags }) => tags['kind'] === 'renewal-reminder');

describe('The renewal reminder', () => {
  it('comes at once at the trigger when its time has passed, but not the renewal', course, async () => {
    const scenario = await play(renewing('2027-01-20'));
    expect(scenario.mails('renewal-reminder').map(({ at }) => local(at))).toEqual(['Tue, Nov 17, 2026, 9:47 AM']);
    // S3: at once, but to nobody a second mail beside their request, which goes out a minute before.
    for (const person of [anna, lena]) {
      const times = scenario.report.mails.filter(({ to }) => to.includes(person)).map(({ at }) => Date.parse(at));
      const [reminded] = scenario.mails('renewal-reminder').map(({ at }) => Date.parse(at));
      expect(times.filter((time) => reminded !== undefined && Math.abs(time - reminded) < 10 * 60_000)).toHaveLength(1);
    }
  });

  it('comes where its time has passed and the table was out at the trigger: Scheduler takes no time that has passed', async () => {
    const error = new AwsError('InternalServerError', 'It is down.', { httpStatus: 500 });
    const hits = ({ service }: { readonly service: string }) => service === 'dynamodb';
    const system = await begun({ hits, after: 10, lasts: 150_000, error, event: renewing('2027-01-20') });
    await system.clock.advanceTo(system.clock.now() + 3_600_000);
    expect(new Set(system.account.lambda.failures.map(({ errorType }) => errorType))).toEqual(
      new Set(['RecordsUnavailable']),
    );
    expect(system.account.stepFunctions.executions()).toMatchObject([{ name: handoffId, status: 'RUNNING' }]);
    const told = system.account.inbox.mails.filter(({ tags }) => tags['kind'] === 'renewal-reminder');
    expect(told).toHaveLength(1);
  });

  it.each([
    ['ten minutes old', '2026-11-18T12:00:00Z', '2026-11-18T12:10:00Z', 'Wed, Nov 18, 2026, 1:27 PM'],
    ['of before the weekend', '2026-11-20T15:00:00Z', '2026-11-22T12:00:00Z', 'Mon, Nov 23, 2026, 9:15 AM'],
  ])('comes in working hours from now where the CRM’s news of its date is %s', async (_, time, heardAt, comes) => {
    const system = await openSystem({ at: won });
    await system.win(renewing('2027-11-30'));
    await system.until(heardAt);
    const { closedWonAt: _at, wonEpisode: _episode, ...detail } = renewing('2027-01-20').detail;
    await system.put({ source: 'handoff.crm', 'detail-type': 'Deal Changed', time, detail });
    await system.until('2026-11-24T09:00:00Z');
    expect(reminders(system).map(({ at }) => local(new Date(at).toISOString()))).toEqual([comes]);
    expect(system.account.lambda.failures).toEqual([]);
  });

  it('comes though the handoff was abandoned', course, async () => {
    const scenario = await play(renewing('2028-11-30'), { manner: 'silent' });
    expect(scenario.report.handoff.status).toBe('abandoned');
    expect(scenario.mails('renewal-reminder').map(({ at }) => local(at))).toEqual(['Fri, Sep 1, 2028, 9 AM']);
  });

  it.each([
    ['while the handoff runs', '2026-11-18T11:00:00Z', 'cancelled'],
    ['after it is complete', '2027-06-01T11:00:00Z', 'complete'],
  ])('is taken back when the deal is lost %s', course, async (_, time, status) => {
    const lost = { source: 'handoff.crm', 'detail-type': 'Deal Lost', time, detail: { dealId: 'D-2026-1041' } };
    const played = await playEvents({
      events: [renewing('2027-11-30'), lost],
      playbook: full,
      roster: roster(),
      manner: 'prompt',
      script: {},
    });
    const [report] = played.reports;
    expect(report?.handoff.status).toBe(status);
    expect(report?.mails.filter(({ kind }) => kind === 'renewal-reminder')).toEqual([]);
    expect(report?.audit.filter(({ what }) => what === 'reminder-taken-back')).toMatchObject([{ detail: 'Deal lost' }]);
    expect(played.failures).toEqual([]);
  });

  it('is set once the date is known, moves with it, and goes when it is known no more', course, async () => {
    const system = await openSystem({ at: won });
    await system.win(renewing(undefined));
    expect(await scheduled(system)).toEqual({});
    const save = (renewalDate: string) =>
      system.submit(system.linkOf(anna, 'complete-package'), 'save', { 'contract.renewalDate': renewalDate });
    await save('2027-11-30');
    expect(await scheduled(system)).toEqual({ [reminder]: expect.stringMatching(/^at\(2027-09-01T/) });
    await save('2028-03-31');
    expect(await scheduled(system)).toEqual({
      [reminder]: expect.stringMatching(/^at\(2028-01-03T|^at\(2027-12-31T|^at\(2028-01-01T/),
    });
    await save('');
    expect(await scheduled(system)).toEqual({});
  });

  it('is set for the right day when it fires too early, and is told once', async () => {
    const system = await openSystem({ at: won });
    await system.win(renewing('2027-11-30'));
    const fire = (at: string) =>
      announce(system.world)({ handoffId: id, step: 'remind-of-renewal', say: 'renewal-reminder', at });
    const before = await scheduled(system);
    await system.world.schedules.remove(reminder);
    await fire('2027-03-01T09:00:00Z');
    expect(reminders(system)).toEqual([]);
    expect(await scheduled(system)).toEqual(before);
    await fire('2027-10-01T09:00:00Z');
    await fire('2027-10-01T09:00:00Z');
    expect(reminders(system)).toHaveLength(1);
  });

  it('is not told of a customer who left, whose handoff has ended or not, but of one who came back', async () => {
    const system = await openSystem({ at: won });
    await system.win(renewing('2027-11-30'));
    const fire = (at: string) =>
      announce(system.world)({ handoffId: id, step: 'remind-of-renewal', say: 'renewal-reminder', at });
    const tell = (type: string, at: string) =>
      system.put({ source: 'handoff.crm', 'detail-type': type, detail: { dealId: 'D-2026-1041', at } });
    await tell('Customer Churned', '2026-11-01');
    await fire('2027-10-01T09:00:00Z');
    expect(reminders(system)).toEqual([]);
    expect((await system.world.audit.trail(id)).filter(({ what }) => what === 'nothing-to-tell')).toMatchObject([
      { step: 'remind-of-renewal', detail: 'renewal-reminder: The customer churned on 2026-11-01.' },
    ]);
    await tell('Customer Expanded', '2026-11-02');
    await fire('2027-10-01T09:00:00Z');
    expect(reminders(system)).toHaveLength(1);
  });
});
