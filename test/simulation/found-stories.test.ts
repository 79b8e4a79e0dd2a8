import { expect, it } from 'vitest';
import type { Escalations } from '../../functions/domain/playbook/playbook.ts';
import { invariants } from '../../infra/local/simulate/invariants/all.ts';
import { type Outcome, playStory } from '../../infra/local/simulate/play-story.ts';
import { escalatingBy, storyOf } from '../../infra/local/simulate/story.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { course } from '../support/course.ts';

interface Found {
  readonly seed: number;
  readonly what: string;
  /** Where escalations stood in daily digests. */
  readonly escalations?: Escalations;
  /** Whether it still is the story it was. */
  readonly isIt: (outcome: Outcome) => boolean;
}

const isMailed =
  (kind: string, step?: string) =>
  ({ mails }: Outcome): boolean =>
    mails.some(({ tags }) => tags['kind'] === kind && (step === undefined || tags['step'] === step));

/** Stories that broke something once, by their seed, and what it was. */
it.each<Found>([
  {
    seed: 14,
    what: 'nobody is there for a step at the moment in which trouble with another one is over: two emails at once',
    isIt: isMailed('nobody-there'),
  },
  {
    seed: 257,
    what: 'a question is answered between two rounds: on time by the due time of a request that nobody had made yet',
    isIt: ({ measured }) =>
      [...(measured?.standing.values() ?? [])]
        .flat()
        .some((fact) => fact.kind === 'step' && fact.round === 2 && fact.timeliness === 'unasked'),
  },
  {
    seed: 35,
    what: 'a step is handed over while an exception of it is being decided: everybody is told but its new owner',
    isIt: (outcome) =>
      outcome.handoffs.some(({ record }) =>
        Object.values(record.steps).some(
          ({ step, exceptions }) => exceptions?.some(({ answer }) => !answer) && isMailed('taken-over', step)(outcome),
        ),
      ),
  },
  {
    seed: 53,
    what: 'a manager is back between a rung and the digest of who stood in: its owner was told of a digest that said nothing',
    escalations: 'digest',
    isIt: ({ handoffs }) =>
      handoffs.some(({ record }) =>
        Object.values(record.mails).some(
          ({ key, inDigest, at }) =>
            inDigest && key.startsWith('hold-internal-meeting/') && at.startsWith('2027-03-31T18:05'),
        ),
      ),
  },
])('story $seed holds: $what', course, async ({ seed, escalations = 'email', isIt }) => {
  const story = escalatingBy(escalations, storyOf(seed, Object.values(shippedPlaybooks)));
  const outcome = await playStory(story, { isMeasured: true });
  const broken = invariants.flatMap(({ name, broken: found }) => found(outcome).map((what) => `${name}: ${what}`));
  expect(broken).toEqual([]);
  expect(isIt(outcome)).toBe(true);
});
