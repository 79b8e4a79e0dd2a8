import { expect, it } from 'vitest';
import { factsAgreeWithTheAudit } from '../../infra/local/simulate/invariants/facts.ts';
import { rowsSayWhatWaits } from '../../infra/local/simulate/invariants/waits.ts';
import { playStory } from '../../infra/local/simulate/play-story.ts';
import { storyOf } from '../../infra/local/simulate/story.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';
import { course } from '../support/course.ts';
import { tiny } from '../support/playbooks/tiny.ts';

// More of them: npm run simulate -- --seeds 500 --faults none --measured
const playbooks = [shippedPlaybooks.agency, tiny, tiny];

it(
  'what reports are made of is what the trails say, whatever people do and whichever nights were missed',
  course,
  async () => {
    const broken: string[] = [];
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const outcome = await playStory(storyOf(seed, playbooks), { isMeasured: true });
      broken.push(
        ...[...factsAgreeWithTheAudit.broken(outcome), ...rowsSayWhatWaits.broken(outcome), ...outcome.failures].map(
          (what) => `${seed}: ${what}`,
        ),
      );
      for (const { kind } of outcome.measured?.recorded ?? []) kinds.add(kind);
    }
    expect(broken).toEqual([]);
    // The stories are of some use: most kinds of facts are among them.
    expect([...kinds]).toEqual(expect.arrayContaining(['begun', 'step', 'reached', 'stalled', 'waited', 'ended']));
  },
);
