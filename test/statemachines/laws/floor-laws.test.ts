import { describe, expect, it } from 'vitest';
import type { FloorFact } from '../../../functions/domain/playbook/floor.ts';
import type { AskStep, Playbook, StepField } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { asking, type Broken, call, other, saying, small, unchecked } from './changed-playbook.ts';

const field = (change: Partial<StepField>): StepField => ({
  name: 'answer',
  label: 'Answer',
  kind: 'checklist',
  items: ['It is so'],
  required: true,
  ...change,
});
const link: Partial<StepField> = { kind: 'link', items: [] };
const withFloor = (floor: readonly FloorFact[], ...fields: readonly StepField[]): AskStep => asking(fields, { floor });
const of = '"call", choice "called", field "answer"';
const untold = (fact: FloorFact) =>
  `"call" has "${fact}" in its floor, which no step before it says and none of its fields settles.`;
const reviewer = field({ kind: 'person', from: 'colleagues', items: [], supplies: 'planReviewer' });
const accepting: AskStep = other({
  ...call,
  choices: [{ id: 'accept', label: 'Accept', proves: 'acknowledged', evidence: [] }],
});
const following: AskStep = other({ ...call, opens: { after: 'kickoffHeld', within: '2 days' } });

const broken: Broken = {
  'a fact nobody knows': [
    saying({ floor: ['sunshine'] }),
    '"call", "floor": "sunshine" is no fact of the floor before first contact; say "packageComplete", "handoffReady", "recordingsAttached", "planReviewed", or "followUpScheduled".',
  ],
  'a fact twice': [
    small({ call: withFloor(['packageComplete', 'packageComplete']) }),
    '"call" has "packageComplete" in its floor twice.',
  ],
  'a flag that no step sets': [small({ call: withFloor(['handoffReady']) }), untold('handoffReady')],
  'a flag that is set later': [small({ call: withFloor(['handoffReady']), accepting }), untold('handoffReady')],
  'a review that nobody is asked about': [small({ call: withFloor(['planReviewed']) }), untold('planReviewed')],
  'a follow-up that never comes': [small({ call: withFloor(['followUpScheduled']) }), untold('followUpScheduled')],
  'settling what is not in the floor': [
    small({ call: asking([field({ settles: 'followUpScheduled' })]) }),
    '"call", field "answer", settles "followUpScheduled", which is not in the floor of the step.',
  ],
  'settling by an answer that may be left out': [
    small({ call: withFloor(['followUpScheduled'], field({ settles: 'followUpScheduled', required: false })) }),
    '"call", field "answer", settles "followUpScheduled", but may be left empty.',
  ],
  'settling what no answer can': [
    small({ call: withFloor(['packageComplete'], field({ settles: 'packageComplete' })) }),
    `${of} settles "packageComplete", which no answer here can make so.`,
  ],
  'settling by another kind of answer': [
    small({ call: withFloor(['recordingsAttached'], field({ settles: 'recordingsAttached' })) }),
    `${of} settles "recordingsAttached", which is for the kind link and not checklist.`,
  ],
  'a review by nobody in particular': [
    small({
      call: withFloor(['planReviewed'], { ...reviewer, settles: 'planReviewed', supplies: unchecked(undefined) }),
    }),
    `${of} settles "planReviewed", but does not supply "planReviewer": nobody would know who it was.`,
  ],
  'supplying what nobody knows': [
    saying({ choices: [{ id: 'called', label: 'Called', evidence: [{ ...field({}), supplies: 'rumor' }] }] }),
    `${of}, "supplies": "rumor" is no thing that later steps use; say "personalLine", "meetingQuestions", "successPlan", or "planReviewer".`,
  ],
  'a plan in one line': [
    small({ call: asking([field({ kind: 'text', items: [], supplies: 'successPlan' })]) }),
    `${of} supplies "successPlan", which is for the kind longText and not text.`,
  ],
  'a plan suggested in one line': [
    small({ call: asking([field({ kind: 'text', items: [], suggest: 'successPlan' })]) }),
    `${of} suggests "successPlan", which is for the kind longText and not text.`,
  ],
};

describe('the laws of the floor before first contact', () => {
  it.each<[string, Playbook]>([
    [
      'what the package tells',
      small({
        call: withFloor(['packageComplete', 'recordingsAttached'], field({ ...link, settles: 'recordingsAttached' })),
      }),
    ],
    ['a flag that is set before', small({ accepting, call: withFloor(['handoffReady']) })],
    [
      'a flag that is set right there',
      small({ call: withFloor(['handoffReady'], field({ settles: 'handoffReady' })) }),
    ],
    ['a review told before', small({ write: other(asking([reviewer])), call: withFloor(['planReviewed']) })],
    [
      'a review told right there',
      small({ call: withFloor(['planReviewed'], { ...reviewer, settles: 'planReviewed' }) }),
    ],
  ])('find nothing wrong with %s', (_, playbook) => {
    expect(playbookProblems(playbook)).toEqual([]);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });

  it('know a follow-up that opens after the kickoff', () => {
    const problems = playbookProblems(small({ call: withFloor(['followUpScheduled']), following }));
    expect(problems.filter((problem) => problem.includes('floor'))).toEqual([]);
  });
});
