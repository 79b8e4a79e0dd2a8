import { describe, expect, it } from 'vitest';
import { enoughToSay } from '../../../../functions/domain/reports/comparison.ts';
import { definitionOf, definitionsTable, measureIds } from '../../../../functions/domain/reports/definitions.ts';
import { smallSample } from '../../../../functions/domain/reports/figures.ts';
import { whoSeesTable } from '../../../../functions/domain/reports/who-sees.ts';

const doc = `# Measures

Every number in a report is one of these. Code, reports and this page read one table, \`functions/domain/reports/definitions.ts\`.
After changing it, refresh this page: \`npm test -- test/functions/domain/reports/measures-doc.test.ts -u\`.

- All are computed from what was measured last night, and each can be followed to the handoffs behind it.
- A median comes with the 90th percentile by nearest rank: a value that really occurred, which nine in ten don't exceed.
- A figure made of fewer than ${smallSample} samples is marked: one handoff would move a share by more than ten points.
- Weeks are ISO weeks, and months calendar months, in the stage's default zone. What happened in a week counts there, whenever
  the handoff began. Whether steps were done, on time and as promised counts in the week in which they were due, as in the heat map:
  a week in which everybody ignores everything is at 0%.
- Cohorts are handoffs signed in the same month. A canceled handoff counts with what happened until then.
- Before and after a change are compared handoff by handoff with the Mann-Whitney rank test, from ${enoughToSay} on each side;
  "better" or "worse" needs a difference that chance brings about less than once in twenty. Of what takes its time
  (moments, returns, stalls, the survey, the score, outcomes), only handoffs are compared that had as long as nine in ten needed;
  until enough have, it is too early to say. In a time, those that still haven't come to it count as slower than all.
  Handoffs whose rules nobody ever came to it by are left out: those rules may not know it. Steps that two versions of a
  playbook don't promise alike are in no measure of steps: a looser promise is no better work.
- What became of customers is told by the CRM. Of customers of whom it told nothing, nothing is counted,
  but in "Won to expansion": there they are part of all that were won.
- S0 to S4 are the SOP guides that ask for a measure; P is what users of other tools miss.

${definitionsTable()}

## Who sees what

Whose work somebody sees, and what of it, by report. People's names are only ever shown to themselves and to their own manager;
teams are named by who leads them. Somebody who leads others sees what managers see. Survey remarks are in no report.

${whoSeesTable()}

## The quarter's audit

Handoffs that ended or stalled in the quarter, in the order of the SHA-256 of \`seed/handoff id\`; the first ten are the sample.
Draw it again with the seed that the pack prints: \`printf '%s/%s' <seed> <id> | sha256sum\`, for each id, sorted.

## What if

\`npm run whatif -- --playbook <file> --since <day>\` replays the handoffs signed since a day under other rules: promises, least
times, ladders, required fields, and with \`--roster\` working hours. It only reads. Each time that a step was asked
is replayed by the rules it had first. Where that gives the times on record, the other rules are told; the rest stands as it was, with the reason. The text
says what no replay can know: people would have acted differently.
`;

describe('the measures', () => {
  it('stand in infra/docs/measures.md as they stand in the code', async () => {
    await expect(doc).toMatchFileSnapshot('../../../../infra/docs/measures.md');
  });

  it('each have a title of their own and a sentence that says how they are made', () => {
    const definitions = measureIds.map(definitionOf);
    expect(new Set(definitions.map(({ title }) => title)).size).toBe(definitions.length);
    for (const { formula, source } of definitions) {
      expect(formula).toMatch(/^[A-Z].*\.$/s);
      expect(source.length).toBeGreaterThan(0);
    }
  });
});
