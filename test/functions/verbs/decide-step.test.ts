import { describe, expect, it } from 'vitest';
import type { StepOutcome } from '../../../functions/domain/step/outcome.ts';
import type { World } from '../../../functions/ports/world.ts';
import { decideStep } from '../../../functions/verbs/decide-step.ts';
import { course } from '../../support/course.ts';
import { sampleEvent } from '../../support/deals.ts';
import { anna, daniel, lena, ruth } from '../../support/handoff-record.ts';
import { untilAsked, upTo, won } from '../../support/progress.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const linkId = (system: OpenSystem, email: string, step: string): string =>
  system.linkOf(email, step).replace('/s/', '');

/** The world as given, but for some parts. */
const changed = (world: World, parts: Partial<World>): World => ({ ...world, ...parts });

const decided = async (system: OpenSystem, id: string, step: string) => (await system.load(id)).steps[step]?.decision;

describe('a decision', () => {
  it('is made by the first of ten clicks; the others are told who was first, and when', async () => {
    const { system, id } = await upTo('review-brief');
    const submission = (i: number) => ({
      linkId: linkId(system, lena, 'review-brief'),
      // Ten forms, not ten times the same one.
      form: { choice: 'accept', round: '1', nonce: `${i}` },
      at: won,
    });
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, i) => decideStep(system.world)(submission(i))));
    const kinds = outcomes.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['confirmed', ...Array.from({ length: 9 }, () => 'decided')]);
    const second = outcomes.find((outcome) => outcome.kind === 'decided') as Extract<StepOutcome, { kind: 'decided' }>;
    expect(second).toMatchObject({ by: 'Lena Vogt', isOwn: true, decision: { choice: 'accept', at: won, by: lena } });
    await system.clock.settled();
    expect((await system.load(id)).steps['hold-internal-meeting']).toBeDefined();
    const trail = await system.world.audit.trail(id);
    expect(trail.filter(({ what, step }) => what === 'decided' && step === 'review-brief')).toHaveLength(1);
  });

  it('is not lost when the click comes between two tokens', course, async () => {
    const { system, id } = await upTo('review-brief');
    // The decision is there, but nobody could be woken: the task waits with a token that is good no more.
    const world = changed(system.world, {
      tokens: { wake: async () => 'gone', askAgain: async () => 'gone' },
    });
    const submission = {
      linkId: linkId(system, lena, 'review-brief'),
      form: { choice: 'accept', round: '1' },
      at: won,
    };
    expect((await decideStep(world)(submission)).kind).toBe('confirmed');
    await system.clock.settled();
    const isAsked = () => system.mails().some(({ tags }) => tags['step'] === 'hold-internal-meeting');
    await system.until('2026-11-17T12:29:00Z');
    expect(isAsked()).toBe(false);
    // The wait times out at the next rung, asks, finds the decision, and goes on.
    await system.until('2026-11-17T12:30:00Z');
    await untilAsked(system, id, 'hold-internal-meeting');
    expect(isAsked()).toBe(true);
    expect(await system.status(id)).toEqual({ status: 'RUNNING' });
  });

  it('that nobody woke the execution for is found when it looks again', course, async () => {
    const { system, id } = await upTo('schedule-internal-meeting');
    await system.world.steps.decide({
      id,
      step: 'schedule-internal-meeting',
      round: 1,
      decision: {
        choice: 'scheduled',
        by: anna,
        as: 'owner',
        at: won,
        evidence: { meetingAt: '2026-11-18T09:00:00Z', minutes: 30 },
      },
    });
    await system.until('2026-11-17T12:30:00Z');
    expect((await system.load(id)).steps['review-brief']).toBeDefined();
  });

  it('wakes the execution when it is made again, if the first attempt broke off before that', course, async () => {
    const { system, id } = await upTo('review-brief');
    const dying = changed(system.world, {
      tokens: { wake: () => Promise.reject(new Error('killed')), askAgain: async () => 'gone' },
    });
    const submission = {
      linkId: linkId(system, lena, 'review-brief'),
      form: { choice: 'accept', round: '1' },
      at: won,
    };
    await expect(decideStep(dying)(submission)).rejects.toThrow('killed');
    expect((await decideStep(system.world)(submission)).kind).toBe('confirmed');
    await system.clock.settled();
    expect((await system.load(id)).steps['hold-internal-meeting']).toBeDefined();
  });

  it('is not taken for a round that is over', async () => {
    const { system, id } = await upTo('review-brief');
    const link = linkId(system, lena, 'review-brief');
    await system.answer(lena, 'review-brief', 'return', { gaps: 'Who decides?' });
    await system.answer(anna, 'complete-package', 'complete');
    expect((await system.load(id)).steps['review-brief']).toMatchObject({ round: 2 });
    const old = await decideStep(system.world)({ linkId: link, form: { choice: 'accept', round: '1' }, at: won });
    expect(old.kind).toBe('stale');
    expect(await decided(system, id, 'review-brief')).toBeUndefined();
    const fresh = await decideStep(system.world)({ linkId: link, form: { choice: 'accept', round: '2' }, at: won });
    expect(fresh.kind).toBe('confirmed');
  });

  it.each([
    ['nothing', {}],
    ['a choice that the step does not have', { choice: 'approve' }],
    ['a choice of somebody else', { choice: 'grant-exception' }],
    ['an action of somebody else', { choice: 'skip', reason: 'x' }],
    ['an outcome of the system', { choice: 'unanswered' }],
    ['a name that objects have', { choice: 'constructor' }],
  ])('is not taken for %s', async (_, form) => {
    const { system, id } = await upTo('review-brief');
    const submission = { linkId: linkId(system, lena, 'review-brief'), form: { round: '1', ...form }, at: won };
    const outcome = await decideStep(system.world)(submission);
    expect(outcome).toMatchObject({ kind: 'step', refused: { problems: [{ field: 'choice' }] } });
    expect(await decided(system, id, 'review-brief')).toBeUndefined();
  });

  it('keeps what was typed when an answer is missing or wrong', async () => {
    const { system, id } = await upTo('hold-internal-meeting');
    const answer = await system.answer(lena, 'hold-internal-meeting', 'held', {
      notes: '',
      recording: 'not a link',
      openQuestions: 'Who pays <b>?',
    });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('Who pays &lt;b&gt;?');
    expect(answer.html).toContain('not a link');
    expect(await decided(system, id, 'hold-internal-meeting')).toBeUndefined();
  });

  it(
    'is refused when its mail would go to more than fifty people, copies among them, and says how many may',
    course,
    async () => {
      const { system, id } = await upTo('introduce-customer');
      const some = (count: number) => Array.from({ length: count }, (_, i) => `user-${i}@customer.example`).join('\n');
      const refused = await system.answer(lena, 'introduce-customer', 'approved', { recipients: some(50) });
      expect(refused.status).toBe(422);
      expect(refused.html).toContain(
        'One mail reaches at most 50 people. This one would go to 50 and 1 in copy: enter at most 49.',
      );
      expect(await decided(system, id, 'introduce-customer')).toBeUndefined();
      expect((await system.answer(lena, 'introduce-customer', 'approved', { recipients: some(49) })).status).toBe(200);
      const [introduction] = system.mails().filter(({ tags }) => tags['kind'] === 'customer-introduction');
      expect(introduction?.recipients).toHaveLength(50);
    },
  );

  it('opens a stalled handoff again', course, async () => {
    const { system, id } = await upTo('review-brief');
    await system.world.handoffs.changeStatus({ id, from: ['open'], to: 'stalled', at: won, reason: 'Review' });
    await system.answer(lena, 'review-brief', 'accept');
    expect((await system.load(id)).state.status).toBe('open');
  });

  it('is not made through a link that has expired, or that nobody has', async () => {
    const { system, id } = await upTo('review-brief');
    const link = linkId(system, lena, 'review-brief');
    const form = { choice: 'accept', round: '1' };
    expect((await decideStep(system.world)({ linkId: link, form, at: '2026-12-17T08:30:00Z' })).kind).toBe('expired');
    expect((await decideStep(system.world)({ linkId: 'nobodys', form, at: won })).kind).toBe('unknown-link');
    expect(await decided(system, id, 'review-brief')).toBeUndefined();
  });
});

describe('completing the package', () => {
  it('is refused with every gap that is left, and keeps what was filled in', async () => {
    const { system, id } = await upTo('schedule-internal-meeting', { event: sampleEvent('incomplete') });
    const link = system.linkOf(anna, 'complete-package');
    const submission = {
      linkId: link.replace('/s/', ''),
      form: { choice: 'complete', round: '1', packageVersion: '0', 'dealContext.whyUs': 'The price.' },
      at: system.now(),
    };
    const outcome = await decideStep(system.world)(submission);
    if (outcome.kind !== 'step' || !outcome.refused) throw new Error(`It was taken: ${outcome.kind}`);
    expect(outcome.refused.problems.length).toBeGreaterThan(3);
    const record = await system.load(id);
    expect(record.packageVersion).toBe(1);
    expect(record.package).toMatchObject({ dealContext: { whyUs: 'The price.' } });
    expect(record.steps['complete-package']?.decision).toBeUndefined();
  });

  it('is taken once everything is there', course, async () => {
    const { system, id } = await upTo('schedule-internal-meeting', { event: sampleEvent('incomplete') });
    const answer = await system.answer(anna, 'complete-package', 'complete');
    expect(answer.status).toBe(200);
    expect((await system.load(id)).steps['complete-package']?.decision?.choice).toBe('complete');
    expect((await system.load(id)).steps['schedule-internal-meeting']).toBeDefined();
  });

  it('overwrites nothing that was saved since by somebody else, from a page that tells only the version it showed', async () => {
    const { system, id } = await upTo('schedule-internal-meeting', { event: sampleEvent('incomplete') });
    const submission = (whyUs: string) => ({
      linkId: linkId(system, anna, 'complete-package'),
      form: { choice: 'save', round: '1', packageVersion: '0', 'dealContext.whyUs': whyUs },
      at: system.now(),
    });
    expect(await decideStep(system.world)(submission('First.'))).toMatchObject({ kind: 'step', saved: '9:30 AM' });
    const second = await decideStep(system.world)(submission('Second.'));
    expect(second).toMatchObject({ kind: 'step', refused: { problems: [{ field: 'dealContext.whyUs' }] } });
    const record = await system.load(id);
    expect(record.package).toMatchObject({ dealContext: { whyUs: 'First.' } });
    expect(record.packageHistory?.['dealContext.whyUs']?.rivals).toMatchObject([{ by: anna, text: 'Second.' }]);
  });

  it.each(['abc', '1.5', '-1', '1e400', ''])(
    'is refused for a version that there never was: %s',
    course,
    async (version) => {
      const system = await openSystem({ at: won });
      const id = await system.win(sampleEvent('incomplete'));
      const submission = {
        linkId: linkId(system, anna, 'complete-package'),
        form: { choice: 'save', round: '1', packageVersion: version, 'contract.planTier': 'Gold' },
        at: won,
      };
      const outcome = await decideStep(system.world)(submission);

      expect(outcome.kind).toBe('stale');
      expect((await system.load(id)).packageVersion).toBe(0);
    },
  );

  it('survives a form that is larger than a record may be', course, async () => {
    const { system, id } = await upTo('schedule-internal-meeting', { event: sampleEvent('incomplete') });
    const outcome = await decideStep(system.world)({
      linkId: linkId(system, anna, 'complete-package'),
      form: { choice: 'save', round: '1', packageVersion: '0', 'dealContext.whyUs': 'ü'.repeat(400_000) },
      at: system.now(),
    });
    expect(['step', 'confirmed']).toContain(outcome.kind);
    expect((await system.load(id)).state.status).toBe('open');
  });

  it(
    'may be granted an exception by the reviewer, with the gaps, their owner and a date on record',
    course,
    async () => {
      const { system, id } = await upTo('schedule-internal-meeting', { event: sampleEvent('incomplete') });
      const asked = await decideStep(system.world)({
        linkId: linkId(system, anna, 'complete-package'),
        form: { choice: 'request-exception', round: '1', reason: 'They decide in January.' },
        at: system.now(),
      });
      expect(asked.kind).toBe('confirmed');
      await system.until(system.now());
      const granted = await system.answer(lena, 'complete-package', 'grant-exception', {
        reason: 'I can begin without it.',
        owner: anna,
        dueDate: '2026-12-15',
      });
      expect(granted.status).toBe(200);
      const decision = await decided(system, id, 'complete-package');
      expect(decision).toMatchObject({
        choice: 'grant-exception',
        by: lena,
        as: 'reviewer',
        evidence: { owner: [anna], dueDate: '2026-12-15' },
      });
      expect(decision?.evidence['gaps']).toEqual(expect.arrayContaining(['stakeholders', 'contract.termMonths']));
      expect((await system.load(id)).steps['schedule-internal-meeting']).toBeDefined();
    },
  );
});

describe('who may act', () => {
  it('is the owner of today: a link of yesterday’s owner shows only', async () => {
    const { system, id } = await upTo('review-brief');
    const old = linkId(system, lena, 'review-brief');
    await system.answer(lena, 'review-brief', 'reassign', { to: daniel, everything: 'no' });
    const outcome = await decideStep(system.world)({ linkId: old, form: { choice: 'accept', round: '1' }, at: won });
    expect(outcome).toMatchObject({ kind: 'step', view: { state: 'read-only' } });
    expect(await decided(system, id, 'review-brief')).toBeUndefined();
  });

  it('is nobody but the person of the link, in their capacity', async () => {
    const { system, id } = await upTo('review-brief');
    await system.until('2026-11-20T12:00:00Z');
    const link = linkId(system, ruth, 'review-brief');
    const outcome = await decideStep(system.world)({
      linkId: link,
      form: { choice: 'accept', round: '1' },
      at: system.now(),
    });
    expect(outcome).toMatchObject({ kind: 'step', refused: { problems: [{ field: 'choice' }] } });
    expect(await decided(system, id, 'review-brief')).toBeUndefined();
  });
});
