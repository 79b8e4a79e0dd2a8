import { beforeAll, describe, expect, it } from 'vitest';
import { packageStep } from '../../functions/domain/playbook/capabilities.ts';
import type { MeasuredHandoff } from '../../functions/domain/reports/measured-handoff.ts';
import { factsAgreeWithTheAudit } from '../../infra/local/simulate/invariants/facts.ts';
import { type Outcome, playStory } from '../../infra/local/simulate/play-story.ts';
import { storyOf } from '../../infra/local/simulate/story.ts';
import { shippedPlaybooks } from '../../statemachines/shipped-playbooks.ts';

const { agency } = shippedPlaybooks;
const filling = packageStep(agency);
const granting = filling?.rule.choices.find(({ does }) => does === 'grant-exception')?.id ?? '';

describe('an exception that is granted in a random story', () => {
  let outcome: Outcome;

  beforeAll(async () => {
    const story = storyOf(12, Object.values(shippedPlaybooks));
    const reviewer = story.roster.find(({ role }) => role === 'revenueOperations')?.email ?? '';
    const script = { [filling?.id ?? '']: [{ choice: 'request-exception' }, { by: reviewer, choice: granting }] };
    outcome = await playStory({ ...story, script, imports: [], deploys: [] }, { isMeasured: true });
  });

  /** The same outcome, with what was measured of it changed. */
  const measuredAs = (change: (row: MeasuredHandoff) => Partial<MeasuredHandoff>): Outcome => {
    const { measured, ...rest } = outcome;
    if (!measured) throw new Error('Nothing was measured.');
    return { ...rest, measured: { ...measured, rows: measured.rows.map((row) => ({ ...row, ...change(row) })) } };
  };

  it('is in the row as the trail has it', () => {
    const [row] = outcome.measured?.rows ?? [];
    expect(row?.exceptions).toBe(1);
    expect(row?.exceptionAt).toBeDefined();
    expect(factsAgreeWithTheAudit.broken(outcome)).toEqual([]);
  });

  it('is found missing, found twice, or found at another time', () => {
    const broken = (change: Parameters<typeof measuredAs>[0]) =>
      factsAgreeWithTheAudit.broken(measuredAs(change)).join();
    expect(broken(() => ({ exceptions: 0 }))).toContain('exceptions of the row: 0 is not on record; 1 is missing');
    expect(broken(() => ({ exceptions: 2 }))).toContain('exceptions of the row: 2 is not on record');
    expect(broken(({ signedAt }) => ({ exceptionAt: signedAt }))).toContain('first exception of the row');
    expect(broken(({ exceptionAt: _, ...row }) => ({ ...row, exceptionAt: undefined }) as never)).toContain(
      'first exception of the row: nothing is not on record',
    );
  });
});
