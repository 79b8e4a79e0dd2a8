import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { compile } from '../../statemachines/compile.ts';
import * as say from '../../statemachines/expressions.ts';
import { textsIn } from '../support/placed-states.ts';
import { full } from '../support/playbooks/full.ts';

interface Sample {
  readonly expression: string;
  /** What `$states` and the variables hold. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Undefined: nothing, which Step Functions takes for an error. */
  readonly result: unknown;
}

const input = (value: object) => ({ states: { input: value } });
const payload = (value: object) => ({ states: { result: { Payload: value } } });
const item = (value: object) => ({ states: { result: { Item: value } } });
const context = {
  states: {
    context: {
      Execution: { Input: { handoffId: 'D-1-1' } },
      State: { EnteredTime: '2026-11-20T16:00:00Z' },
      Task: { Token: 'a-token' },
    },
  },
};
const opens = { opensAfterConfirmHandoff: { 'give-feedback': '2026-12-04T08:00:00Z' } };
const csm = 'customerSuccessManager';
const opening = [
  'close-availability/availability-closes',
  'close-availability/availability-ended',
  'give-feedback',
  'rate-handoff',
  'record-first-value',
  'send-onboarding-mails/onboarding-faq',
  'send-onboarding-mails/onboarding-features',
  'send-onboarding-mails/onboarding-contacts',
].map((key) => ({
  expression: say.opensAt('opensAfterConfirmHandoff', key),
  given: { opensAfterConfirmHandoff: { [key]: '2026-12-04T08:00:00Z', another: '2027-01-01T00:00:00Z' } },
  result: '2026-12-04T08:00:00Z',
}));

const ofItem = { states: { context: { Execution: { Input: { handoffId: 'D-1-1', step: 'bring-it-2' } } } } };

/** By the name of what makes them. */
const samples: Readonly<Record<Exclude<keyof typeof say, 'jsonata'>, readonly Sample[]>> = {
  handoffId: [{ expression: say.handoffId, given: context, result: 'D-1-1' }],
  handoffKey: [{ expression: say.handoffKey, given: context, result: 'HANDOFF#D-1-1' }],
  itemStep: [{ expression: say.itemStep, given: ofItem, result: 'bring-it-2' }],
  itemKey: [{ expression: say.itemKey, given: ofItem, result: 'STEP#bring-it-2' }],
  isOpenItem: [
    { expression: say.isOpenItem, given: ofItem, result: true },
    { expression: say.isOpenItem, given: context, result: false },
  ],
  itemStepOrNull: [
    { expression: say.itemStepOrNull, given: ofItem, result: 'bring-it-2' },
    { expression: say.itemStepOrNull, given: context, result: null },
  ],
  enteredAt: [{ expression: say.enteredAt, given: context, result: '2026-11-20T16:00:00Z' }],
  taskToken: [{ expression: say.taskToken, given: context, result: 'a-token' }],
  tokenToldApart: [
    { expression: say.tokenToldApart(), given: context, result: 'goes-on:a-token' },
    ...[
      [['second-review'], 'is-read:a-token'],
      [[], 'goes-on:a-token'],
    ].map(([steps, result]) => ({
      expression: say.tokenToldApart(say.hasStep('second-review')),
      given: { ...context, steps },
      result,
    })),
  ],
  payload: [{ expression: say.payload, given: payload({ a: 1 }), result: { a: 1 } }],
  payloadMember: ['steps', 'packageComplete', 'unheldRoles', 'reminders', 'opens', 'repeatAt', 'nextAt'].map(
    (member) => ({
      expression: say.payloadMember(member),
      given: payload({ [member]: 'this', other: 'that' }),
      result: 'this',
    }),
  ),
  turnGiven: [
    {
      expression: say.turnGiven,
      given: {
        states: {
          ...context.states,
          errorOutput: {
            Error: 'MailTurn',
            Cause: JSON.stringify({ errorType: 'MailTurn', errorMessage: '2026-11-20T16:00:07.100Z', trace: [] }),
          },
        },
      },
      result: '2026-11-20T16:00:07.100Z',
    },
  ],
  turnAt: [
    {
      expression: say.turnAt,
      given: input({ turnAt: '2026-11-20T16:00:07.100Z' }),
      result: '2026-11-20T16:00:07.100Z',
    },
  ],
  nextAt: [
    { expression: say.nextAt, given: input({ nextAt: '2026-11-23T15:00:00Z' }), result: '2026-11-23T15:00:00Z' },
  ],
  nextAtOrNow: [
    ['2026-11-23T15:00:00Z', '2026-11-23T15:00:00Z'],
    // Functions of an earlier deploy have only told.
    [undefined, '2026-11-20T16:00:00Z'],
  ].map(([nextAt, result]) => ({
    expression: say.nextAtOrNow,
    given: { states: { ...context.states, result: { Payload: { opens: {}, ...(nextAt && { nextAt }) } } } },
    result,
  })),
  waitSeconds: [
    ['2026-12-20T16:00:00Z', 2_592_000],
    ['2026-11-20T16:00:00.200Z', 1],
    ['2026-11-20T16:00:01.200Z', 2],
    ['2026-11-19T16:00:00Z', 1],
  ].map(([nextAt, result]) => ({
    expression: say.waitSeconds,
    given: { states: { ...context.states, input: { nextAt } } },
    result,
  })),
  variable: ['roundReviewBrief', 'roundRecordFirstValue', 'repeatRecordFirstValue'].map((name) => ({
    expression: say.variable(name),
    given: { [name]: 2 },
    result: 2,
  })),
  hasStep: ['introduce-by-phone', 'schedule-kickoff', 'send-onboarding-mails'].flatMap((step) => [
    { expression: say.hasStep(step), given: { steps: ['confirm-handoff', step] }, result: true },
    { expression: say.hasStep(step), given: { steps: ['confirm-handoff', 'hold-kickoff'] }, result: false },
    // One step only would be no list.
    { expression: say.hasStep(step), given: { steps: step }, result: true },
  ]),
  toldWithRequests: [
    { expression: say.toldWithRequests, given: payload({ toldWithRequests: ['a/b'] }), result: ['a/b'] },
    { expression: say.toldWithRequests, given: payload({ toldWithRequests: [] }), result: [] },
    // Functions of an earlier deploy do not say.
    { expression: say.toldWithRequests, given: payload({ steps: [] }), result: [] },
  ],
  isToldByItself: ['tell-who-takes-over/handoff-begins'].flatMap((key) => [
    { expression: say.isToldByItself(key), given: { toldWithRequests: [key] }, result: false },
    { expression: say.isToldByItself(key), given: { toldWithRequests: key }, result: false },
    { expression: say.isToldByItself(key), given: { toldWithRequests: [] }, result: true },
  ]),
  both: [
    [['a'], true, true],
    [['a'], false, false],
    [['b'], true, false],
    [[], false, false],
  ].map(([steps, incomplete, result]) => ({
    expression: say.both(say.hasStep('a'), say.packageIncomplete),
    given: { steps, packageComplete: !incomplete },
    result,
  })),
  onceIf: ['introduce-by-phone', 'send-onboarding-mails'].flatMap((step) => [
    { expression: say.onceIf(say.hasStep(step)), given: { steps: [step] }, result: [1] },
    { expression: say.onceIf(say.hasStep(step)), given: { steps: ['hold-kickoff'] }, result: [] },
  ]),
  either: [
    [['a'], true],
    [['b'], true],
    [[], false],
  ].map(([steps, result]) => ({
    expression: say.either([say.hasStep('a'), say.hasStep('b')]),
    given: { steps },
    result,
  })),
  packageIncomplete: [
    { expression: say.packageIncomplete, given: { packageComplete: false }, result: true },
    { expression: say.packageIncomplete, given: { packageComplete: true }, result: false },
  ],
  nobodyHolds: [
    { expression: say.nobodyHolds(csm), given: { unheldRoles: [csm] }, result: true },
    { expression: say.nobodyHolds(csm), given: { unheldRoles: ['salesManager', csm] }, result: true },
    { expression: say.nobodyHolds(csm), given: { unheldRoles: ['salesManager'] }, result: false },
    { expression: say.nobodyHolds(csm), given: { unheldRoles: [] }, result: false },
  ],
  decidedChoice: [{ expression: say.decidedChoice, given: item({ choice: { S: 'return' } }), result: 'return' }],
  decidedNumber: [
    { expression: say.decidedNumber('score'), given: item({ evidence: { M: { score: { N: '7' } } } }), result: 7 },
    { expression: say.decidedNumber('score'), given: item({ evidence: { M: {} } }), result: null },
    { expression: say.decidedNumber('score'), given: item({ choice: { S: 'unanswered' } }), result: null },
  ],
  choiceIs: [
    { expression: say.choiceIs('return'), given: input({ choice: 'return' }), result: true },
    { expression: say.choiceIs('return'), given: input({ choice: 'accept' }), result: false },
    { expression: say.choiceIs('called-off'), given: input({ choice: 'called-off' }), result: true },
  ],
  scoreBelow: [
    { expression: say.scoreBelow(8), given: input({ score: 7 }), result: true },
    { expression: say.scoreBelow(8), given: input({ score: 8 }), result: false },
    { expression: say.scoreBelow(8), given: input({ score: 10 }), result: false },
    { expression: say.scoreBelow(8), given: input({ score: null }), result: false },
  ],
  openQuestion: [
    ['not-yet', 1, true],
    ['unanswered', 2, true],
    ['not-yet', 3, false],
    ['reached', 1, false],
    ['skipped', 1, false],
  ].map(([choice, round, result]) => ({
    expression: say.openQuestion('not-yet', 'roundRecordFirstValue', 3),
    given: { ...input({ choice }), roundRecordFirstValue: round },
    result,
  })),
  oneMore: ['roundReviewBrief', 'roundRecordFirstValue'].map((name) => ({
    expression: say.oneMore(name),
    given: { [name]: 1 },
    result: 2,
  })),
  opensAt: [
    ...opening,
    { expression: say.opensAt('opensAfterConfirmHandoff', 'hold-kickoff'), given: opens, result: undefined },
  ],
};

const all = Object.entries(samples).flatMap(([name, each]) => each.map((sample) => ({ name, ...sample })));

describe('the JSONata expressions', () => {
  it.each(all)('$name: $expression is $result', async ({ expression, given, result }) => {
    expect(await jsonata(expression).evaluate(undefined, { parse: JSON.parse, ...given })).toEqual(result);
  });

  it('are written as Step Functions wants them', () => {
    expect(say.jsonata('1 + 1')).toBe('{% 1 + 1 %}');
  });

  it('are all named, and all have a sample here', () => {
    expect(Object.keys(samples).sort()).toEqual(
      Object.keys(say)
        .filter((name) => name !== 'jsonata')
        .sort(),
    );
    const used = new Set(textsIn(compile(full)).filter((text) => text.includes('{%')));
    const known = new Set(all.map(({ expression }) => say.jsonata(expression)));
    expect([...used].filter((text) => !known.has(text))).toEqual([]);
    expect([...used].every((text) => /^\{% .* %\}$/.test(text))).toBe(true);
  });

  it('hold no placeholder, which CloudFormation would fill', () => {
    expect(all.filter(({ expression }) => expression.includes('${'))).toEqual([]);
  });
});
