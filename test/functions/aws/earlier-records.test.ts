import { readdirSync, readFileSync } from 'node:fs';
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { scoreOf } from '../../../functions/domain/handoff/handoff-score.ts';
import { measuresOf } from '../../../functions/domain/handoff/measures.ts';
import { phaseOf } from '../../../functions/domain/handoff/phase.ts';
import { measure } from '../../../functions/verbs/measure.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { courseUnless } from '../../support/course.ts';
import { dealEvent } from '../../support/deals.ts';
import { anna, klaus, lena } from '../../support/handoff-record.ts';
import { untilAsked } from '../../support/progress.ts';
import { openSystem } from '../../support/world.ts';

// A deploy meets the records of handoffs that are under way, whose executions keep the state machine they began with while
// the functions behind it are already the new ones. `records-v<n>.json` is the table as version n of the records left it
// half-way through a handoff, item by item as DynamoDB has them, and `machine-v<n>.asl.json` the state machine of that time.
// No file is ever changed; a new shape gets new ones (`take-records.ts`).

interface Fixture {
  readonly handoffId: string;
  /** When it was taken. */
  readonly at: string;
  /** The links that the customer success manager holds to the steps that are open. */
  readonly links: Readonly<Record<string, string>>;
  readonly items: readonly Record<string, AttributeValue>[];
}

const textAsBytes = (name: string, value: unknown) =>
  name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;

const folder = new URL('../../support/', import.meta.url);
const versions = readdirSync(folder)
  .filter((file) => /^records-v\d+\.json$/.test(file))
  .map((file) => ({
    file,
    fixture: JSON.parse(readFileSync(new URL(file, folder), 'utf8'), textAsBytes) as Fixture,
    definition: readFileSync(new URL(file.replace('records', 'machine').replace('.json', '.asl.json'), folder), 'utf8'),
  }));

async function open({ at, items }: Fixture, definition?: string) {
  const system = await openSystem({ at, roster: [], ...(definition !== undefined && { definition }) });
  for (const Item of items) await system.clients.dynamodb.send(new PutItemCommand({ TableName: 'handoff', Item }));
  return system;
}

/** What nobody has been told yet when the records were taken. */
const stillToTell = [
  'kickoff-invitation',
  'handoff-confirmation',
  'availability-closes',
  'availability-ended',
  'feedback',
  'renewal-reminder',
] as const;

describe('records of an earlier version', () => {
  it('are kept for comparison', () => {
    expect(versions.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        'records-v1.json',
        'records-v2.json',
        'records-v3.json',
        'records-v4.json',
        'records-v5.json',
        'records-v6.json',
      ]),
    );
  });

  it.each(versions)('$file are read whole', async ({ fixture }) => {
    const { audit, deals, handoffs, roster, suppressions } = (await open(fixture)).world;
    const record = await handoffs.load(fixture.handoffId);
    expect(record?.state).toMatchObject({ status: 'open', people: { customerSuccessManager: lena } });
    expect(record?.steps['review-brief']).toMatchObject({ round: 2, decision: { choice: 'accept', by: lena } });
    expect(record?.steps['review-brief']?.earlier).toMatchObject([{ round: 1, decision: { choice: 'return' } }]);
    expect(record?.steps['map-stakeholders']?.pauses).toMatchObject([{ reason: 'Their champion is away.' }]);
    expect(record?.playbook.steps['hold-kickoff']?.kind).toBe('ask');
    expect(record?.mails['customer-introduction']).toMatchObject({
      status: 'sent',
      fates: {
        'jonas@nordwind-logistik.example': { what: 'delivered' },
        'gone@nordwind-logistik.example': { what: 'bounced' },
      },
    });
    expect((await audit.trail(fixture.handoffId)).map(({ what }) => what)).toEqual(
      expect.arrayContaining(['deal-won', 'handoff-started', 'decided', 'mail-sent', 'waiting-for-customer']),
    );
    expect(await deals.episodes('D-2026-1041')).toEqual([fixture.handoffId]);
    expect((await roster.people([klaus])).get(klaus)?.unreachable?.why).toBe('Mail bounced (NoEmail)');
    expect((await roster.openHandoffs([lena])).get(lena)).toBe(1);
    expect([...(await suppressions.among(['gone@nordwind-logistik.example'])).keys()]).toHaveLength(1);
  });

  it.each(versions)('$file are measured: their due times were what was promised', async ({ fixture }) => {
    const record = await (await open(fixture)).load(fixture.handoffId);
    expect(phaseOf(record)).toBe('kicking off');
    const { promises, lateSteps } = measuresOf(record, record.deal.closedWonAt);
    expect(promises?.missedSteps).toEqual(lateSteps);
    const { points, notKnown, reasons } = scoreOf(record, record.deal.closedWonAt);
    expect(notKnown).toEqual(['Survey']);
    expect(reasons.find(({ what }) => what === 'Returns')).toMatchObject({ points: 7.5 });
    expect(points).toBeGreaterThan(50);
  });

  it.each(versions)(
    '$file have their facts, and a row in reports that names what they do not say',
    async ({ fixture }) => {
      const { clock, world } = await open(fixture);
      const at = new Date(clock.now()).toISOString();
      const { facts } = await measure(world)({ at });
      const { handoffs } = await world.measured.between('2000-01', '2100-01');
      expect(handoffs).toMatchObject([{ id: fixture.handoffId, status: 'open', returns: 1 }]);
      expect(handoffs[0]?.rounds.filter(({ endedAt }) => endedAt === undefined).length).toBeGreaterThan(1);
      expect(handoffs[0]?.daysWaitingForCustomer).toBeGreaterThan(0);
      const standing = await world.facts.of(fixture.handoffId);
      expect(standing).toHaveLength(facts);
      expect(standing.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['begun', 'step/review-brief/1', 'returned/review-brief/1', 'reached/introductionSent']),
      );
      expect(await measure(world)({ at })).toMatchObject({ facts: 0 });
    },
  );

  const tells = versions.filter(({ definition }) => definition.includes('Tell who takes over'));
  it.each(tells)(
    '$file: on the state machine of their time both are told once who takes over',
    async ({ definition }) => {
      const system = await openSystem({ at: '2026-11-17T08:30:00Z', definition, playbook });
      await system.win(dealEvent());
      const told = system
        .mails()
        .filter(({ text }) => /(Lena takes|You take) over from (Anna|you)/.test(text.replace(/\s+/g, ' ')));
      expect(told.flatMap(({ to }) => to.map(({ address }) => address)).toSorted()).toEqual([anna, lena]);
      expect(system.account.lambda.failures).toEqual([]);
    },
  );

  for (const { file, fixture, definition } of versions)
    it(
      `${file} carry their handoff to its end on the state machine of their time`,
      courseUnless(file === versions[0]?.file),
      async () => {
        const system = await open(fixture, definition);
        const { handoffId, links } = fixture;
        // The executions were elsewhere: a fresh one passes over what is decided and comes to what is open.
        await system.world.executions.start(handoffId);
        await system.clock.settled();
        expect((await system.load(handoffId)).steps['schedule-kickoff']?.decision).toBeUndefined();
        const sentBefore = system.mails().map(({ tags }) => tags['kind']);
        expect(sentBefore).not.toContain('customer-introduction');
        expect(sentBefore).not.toContain('ask');
        for (const [step, choice] of [
          ['schedule-kickoff', 'scheduled'],
          ['map-stakeholders', 'verified'],
        ] as const)
          expect((await system.submit(links[step] ?? '', choice)).status, step).toBe(200);
        const answered = async (step: string, choice: string) => {
          await untilAsked(system, handoffId, step);
          return (await system.answer(lena, step, choice)).status;
        };
        for (const [step, choice] of [
          ['hold-kickoff', 'held'],
          ['align-success-plan', 'aligned'],
          ['confirm-handoff', 'confirmed'],
        ] as const)
          expect(await answered(step, choice), step).toBe(200);
        for (const step of ['give-feedback', 'rate-handoff', 'record-first-value']) {
          for (let days = 0; days < 40 && !(await system.load(handoffId)).steps[step]; days++)
            await system.until(new Date(system.clock.now() + 86_400_000).toISOString());
          const choice = { 'give-feedback': 'given', 'rate-handoff': 'rated' }[step] ?? 'reached';
          expect((await system.answer(lena, step, choice)).status, step).toBe(200);
        }
        await system.clock.settled();
        expect((await system.load(handoffId)).state.status).toBe('complete');
        expect((await system.status(handoffId)).status).toBe('SUCCEEDED');
        await system.clock.runToEnd();
        const told = system.mails().map(({ tags }) => tags['kind']);
        expect(told).toEqual(expect.arrayContaining([...stillToTell]));
        expect(system.account.lambda.failures).toEqual([]);
      },
    );
});
