import { describe, expect, it } from 'vitest';
import { invariants } from '../../infra/local/simulate/invariants/all.ts';
import { digestsComeAsTold } from '../../infra/local/simulate/invariants/help.ts';
import { type Outcome, playStory } from '../../infra/local/simulate/play-story.ts';
import { escalatingBy, type Story, storyOf } from '../../infra/local/simulate/story.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { course, courseUnless } from '../support/course.ts';
import { tiny } from '../support/playbooks/tiny.ts';

const digested = (seed: number): Story => escalatingBy('digest', storyOf(seed, [tiny]));

const brokenIn = (outcome: Outcome): readonly string[] =>
  invariants.flatMap(({ name, broken }) => broken(outcome).map((what) => `${name}: ${what}`));

const toldInDigests = ({ handoffs }: Outcome) =>
  handoffs.flatMap(({ record }) => Object.values(record.mails).filter(({ inDigest }) => inDigest));

/** Every escalation that is left to a digest has to come by email; that a digest was announced cannot be helped. */
for (const seed of [1, 2, 3, 4, 5, 6, 7, 8])
  it(`nothing falls silent where no digest comes: story ${seed}`, courseUnless(seed === 1), async () => {
    const outcome = await playStory(digested(seed), { digests: 'none' });
    expect(brokenIn(outcome).filter((broken) => !broken.startsWith(digestsComeAsTold.name))).toEqual([]);
    expect(toldInDigests(outcome)).toEqual([]);
  });

describe('where digests go out each morning', () => {
  for (const seed of [1, 2, 3, 4, 5, 6])
    it(`all that must be so is so: story ${seed}`, courseUnless(seed === 1), async () => {
      expect(brokenIn(await playStory(digested(seed)))).toEqual([]);
    });

  it(
    'is not so where nobody reads of a late step in time, or not in the digest that its owner was told of',
    course,
    async () => {
      const story = escalatingBy('digest', storyOf(2, [{ ...shippedPlaybooks.agency, abandonAfter: '20 days' }]));
      const silent = { manner: 'silent', script: {}, imports: [], deploys: [] } as const;
      const outcome = await playStory({ ...story, ...silent, events: story.events.slice(0, 1) });
      expect(brokenIn(outcome)).toEqual([]);
      const told = toldInDigests(outcome);
      expect(told.length).toBeGreaterThan(0);
      const tampered = (at: (at: string) => string): Outcome => ({
        ...outcome,
        handoffs: outcome.handoffs.map((ended) => {
          const mails = Object.entries(ended.record.mails).map(
            ([key, mail]) => [key, mail.inDigest ? { ...mail, at: at(mail.at) } : mail] as const,
          );
          return { ...ended, record: { ...ended.record, mails: Object.fromEntries(mails) } };
        }),
      });
      const late = (hours: number) => (at: string) => new Date(Date.parse(at) + hours * 3_600_000).toISOString();
      const names = (broken: readonly string[]) => new Set(broken.map((each) => each.split(':')[0]));
      expect(names(brokenIn(tampered(late(2))))).toContain(
        'who is said to be asked in a daily digest is asked in that digest',
      );
      expect(names(brokenIn(tampered(late(24 * 90))))).toContain(
        'before the next rung somebody beside the owner was asked to help',
      );
    },
  );
});
