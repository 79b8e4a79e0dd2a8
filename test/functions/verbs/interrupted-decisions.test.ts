import { describe, expect, it } from 'vitest';
import { MailUnavailable, RecordsUnavailable, ServiceUnavailable } from '../../../functions/ports/errors.ts';
import type { World } from '../../../functions/ports/world.ts';
import { decideStep } from '../../../functions/verbs/decide-step.ts';
import { notify } from '../../../functions/verbs/notify.ts';
import { breaking, callsIn } from '../../support/breaking.ts';
import { course, courseUnless } from '../../support/course.ts';
import { anna, lena } from '../../support/handoff-record.ts';
import { type OnTheWay, upTo } from '../../support/progress.ts';
import type { OpenSystem } from '../../support/world.ts';

interface Case {
  readonly step: OnTheWay;
  readonly by: string;
  readonly form: Readonly<Record<string, string>>;
  /** A step that is asked next. */
  readonly next: string;
}

const cases: readonly Case[] = [
  { step: 'review-brief', by: lena, form: { choice: 'accept' }, next: 'hold-internal-meeting' },
  { step: 'review-brief', by: lena, form: { choice: 'return', gaps: 'Who signs off?' }, next: 'complete-package' },
  {
    step: 'schedule-internal-meeting',
    by: anna,
    form: { choice: 'scheduled', meetingAt: '2026-11-18T10:00', minutes: '30' },
    next: 'review-brief',
  },
];

const changes = /^(steps\.(decide|open)|audit|meetings|mails|mail|tokens|executions|links\.store|handoffs\.change)/;

const submissionOf = (system: OpenSystem, { step, by, form }: Case) => ({
  linkId: system.linkOf(by, step).replace('/s/', ''),
  form: { round: '1', ...form },
  at: system.now(),
});

/** What must be so after a decision, whoever did it in however many attempts. */
async function outcomeOf(system: OpenSystem, id: string, { step, next }: Case) {
  const record = await system.load(id);
  const trail = await system.world.audit.trail(id);
  const decided = trail.filter((entry) => entry.what === 'decided' && entry.step === step);
  return {
    choice: record.steps[step]?.decision?.choice,
    onRecord: decided.map(({ who, detail }) => `${who}: ${detail}`),
    meetings: Object.values(record.meetings ?? {}).map(({ meeting, at, sequence }) => ({ meeting, at, sequence })),
    next: record.steps[next] !== undefined,
    nextAsked: trail.flatMap(({ what, step, detail }) =>
      what === 'asked' && step === next ? /^[^ ,]+/.exec(detail) : [],
    ),
    status: (await system.status(id)).status,
  };
}

for (const [i, which] of cases.entries())
  describe(`a decision on ${which.step}: ${which.form['choice']}`, courseUnless(i === 0), () => {
    const decide = (world: World, system: OpenSystem, later = 0) => {
      const submission = submissionOf(system, which);
      const at = new Date(Date.parse(submission.at) + later).toISOString();
      return decideStep(world)({ ...submission, at });
    };

    it(
      'is whole wherever the page is interrupted: when the form is sent again, and when it is not',
      course,
      async () => {
        const whole = await upTo(which.step);
        const all = await callsIn(whole.system.world, (world) => decide(world, whole.system));
        await whole.system.clock.settled();
        const wanted = await outcomeOf(whole.system, whole.id, which);
        const calls = all.filter(({ port, method }) => changes.test(`${port}.${method}`));
        expect(calls.length).toBeGreaterThan(2);
        for (const call of calls)
          for (const when of ['before', 'after'] as const) {
            const where = `${call.port}.${call.method} ${call.call} ${when}`;
            const { system, id } = await upTo(which.step);
            await decide(breaking(system.world, { ...call, when }), system).catch(() => undefined);
            const isDecided = (await system.load(id)).steps[which.step]?.decision !== undefined;
            if (isDecided && when === 'after') {
              // Nobody sends it again: the execution finds it when it looks.
              await system.until('2026-11-18T08:30:00Z');
            } else {
              expect((await decide(system.world, system, 60_000)).kind, where).toBe('confirmed');
              await system.clock.settled();
            }
            expect(await outcomeOf(system, id, which), where).toEqual(wanted);
          }
      },
    );

    it(
      'stands whatever fails after it for a moment: the page says so, and the execution does the rest at once',
      course,
      async () => {
        const whole = await upTo(which.step);
        const all = await callsIn(whole.system.world, (world) => decide(world, whole.system));
        await whole.system.clock.settled();
        const wanted = await outcomeOf(whole.system, whole.id, which);
        const decided = all.findIndex(({ port, method }) => `${port}.${method}` === 'steps.decide');
        const calls = all.slice(decided + 1).filter(({ port, method }) => changes.test(`${port}.${method}`));
        expect(calls.length).toBeGreaterThan(1);
        for (const call of calls)
          for (const when of ['before', 'after'] as const) {
            const where = `${call.port}.${call.method} ${call.call} ${when}`;
            const { system, id } = await upTo(which.step);
            const Failure = call.port === 'mail' ? MailUnavailable : RecordsUnavailable;
            const error = new Failure('Try again.');
            expect((await decide(breaking(system.world, { ...call, when, error }), system)).kind, where).toBe(
              'confirmed',
            );
            await system.clock.settled();
            expect(await outcomeOf(system, id, which), where).toEqual(wanted);
          }
      },
    );

    it('wakes the execution, and says that something went wrong, where what fails does not pass by itself', async () => {
      const { system, id } = await upTo(which.step);
      const error = new Error('Not allowed.');
      const world = breaking(system.world, { port: 'steps', method: 'open', when: 'before', error });
      await expect(decide(world, system)).rejects.toThrow('Not allowed.');
      await system.clock.settled();
      expect((await outcomeOf(system, id, which)).onRecord).toHaveLength(1);
    });

    it('is left to whoever decided, who sends it again, where the execution cannot be woken either', async () => {
      const { system } = await upTo(which.step);
      const tokens = { wake: () => Promise.reject(down), askAgain: () => Promise.reject(down) };
      const down = new ServiceUnavailable('Step Functions says ServiceUnavailable: try again.');
      await expect(decide({ ...system.world, tokens }, system)).rejects.toThrow(down);
      expect((await decide(system.world, system, 60_000)).kind).toBe('confirmed');
    });
  });

describe('a decision whose page is killed while the execution asks', () => {
  it.each([
    ['says so itself', false],
    [
      'is of an earlier version, though the token of an earlier time stands with its step, and the execution goes past it',
      true,
    ],
  ])('is on record where it %s', async (_, isEarlier) => {
    const { system, id } = await upTo('review-brief');
    const which: Case = { step: 'review-brief', by: lena, form: { choice: 'accept' }, next: 'hold-internal-meeting' };
    const { steps } = system.world;
    const before: typeof steps = {
      ...steps,
      decide: ({ decision: { said: _said, ...decision }, ...input }) => steps.decide({ ...input, decision }),
    };
    const world = { ...system.world, ...(isEarlier && { steps: before }) };
    const killed = breaking(world, { port: 'steps', method: 'decide', when: 'after' });
    await expect(decideStep(killed)(submissionOf(system, which))).rejects.toThrow('ended');
    const { token, decision } = (await system.load(id)).steps['review-brief'] ?? {};
    expect([token, decision?.choice]).toEqual([expect.any(String), 'accept']);
    const asks = async (seconds: number) => {
      const at = new Date(Date.parse(system.now()) + seconds * 1_000).toISOString();
      await notify(system.world)({ handoffId: id, step: which.next, round: 1, at });
      return (await outcomeOf(system, id, which)).onRecord;
    };
    // Its page may be at it still.
    expect(await asks(30)).toHaveLength(isEarlier ? 0 : 1);
    expect(await asks(90)).toHaveLength(1);
    expect(await asks(120)).toHaveLength(1);
  });
});
