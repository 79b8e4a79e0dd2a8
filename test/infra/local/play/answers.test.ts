import { describe, expect, it } from 'vitest';
import { kinds } from '../../../../functions/domain/fields/kinds.ts';
import type { Playbook } from '../../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../../statemachines/laws/playbook-laws.ts';
import { choicesOfEveryKind, everyKind } from '../../../support/playbooks/every-kind.ts';
import { playVariant } from '../../../support/playbooks/play-variant.ts';
import { tiny } from '../../../support/playbooks/tiny.ts';

const play = (playbook: Playbook) => playVariant({ playbook, variant: { segment: 'plain' }, manner: 'prompt' });

describe('prompt people', () => {
  it('fill in a required field of every kind, whatever its bounds and its name', async () => {
    expect(playbookProblems(everyKind)).toEqual([]);
    const { mishaps, failures, execution, record } = await play(everyKind);
    expect([mishaps, failures, execution]).toEqual([[], [], 'SUCCEEDED']);
    const asked = choicesOfEveryKind[0]?.evidence ?? [];
    expect([...new Set(asked.map(({ kind }) => kind))].sort()).toEqual(Object.keys(kinds).sort());
    expect(Object.keys(record.steps['aa-j']?.decision?.evidence ?? {}).sort()).toEqual(
      asked.map(({ name }) => name).sort(),
    );
  });

  it('fill in what only the segment of the deal asks for', async () => {
    const { mishaps, execution } = await play({
      ...tiny,
      name: 'segment-asks',
      segments: { ...tiny.segments, plain: { steps: { 'aa-j': { choices: choicesOfEveryKind } } } },
    });
    expect([mishaps, execution]).toEqual([[], 'SUCCEEDED']);
  });
});
