import { describe, expect, it } from 'vitest';
import type { AskStep, DueRule, Overlay, Playbook, TellStep } from '../../../functions/domain/playbook/playbook.ts';
import { playbookChanges } from '../../../statemachines/advice/playbook-changes.ts';
import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';
import { asking, kindLadder, twoSteps, withSteps } from './two-steps.ts';

const write = twoSteps.steps['write-summary'] as AskStep;
const withWrite = (over: Partial<AskStep>): Playbook => withSteps({ 'write-summary': { ...write, ...over } });
const withLadder = (over: Partial<typeof kindLadder>): Playbook => ({
  ...twoSteps,
  ladders: { kind: { ...kindLadder, ...over } },
});
const answer = { id: 'done', label: 'Done', evidence: [] };
const field = { name: 'notes', label: 'Notes', kind: 'longText', required: false } as const;
const noted: Playbook = withWrite({ choices: [{ ...answer, evidence: [field] }] });

const close: TellStep = {
  kind: 'tell',
  title: 'Close',
  tell: 'close',
  tells: [{ say: 'availability-closes', state: 'Tell', opens: { after: 'closedWon', within: '14 days' } }],
  sources: [],
};

/** The system tells something, in the one segment at another time. */
const telling = (when: DueRule | 'silent'): Playbook =>
  withSteps({ close }, { segments: { all: { steps: { close: { tells: { 'availability-closes': when } } } } } });

/** With a meeting, of which the one segment may say something else. */
const meeting = (all: Overlay): Playbook => ({
  ...twoSteps,
  meetings: { call: { title: 'Call', who: [], agenda: [], minutes: { usual: 30, least: 15, most: 60 } } },
  segments: { all },
});

const edits: readonly (readonly [string, Playbook, Playbook, readonly string[]])[] = [
  ['nothing', twoSteps, structuredClone(twoSteps), []],
  [
    'a promise',
    twoSteps,
    withWrite({ due: { after: 'closedWon', within: '3 business days' } }),
    ['Write the summary: due 3 business days after closed won, was 2 business days after closed won.'],
  ],
  [
    'an owner and a wording',
    twoSteps,
    withWrite({ owner: 'salesManager', why: 'It counts.' }),
    [
      'Write the summary: done by the salesManager, was the accountExecutive.',
      'Write the summary: its reason says "It counts.", was "It helps.".',
    ],
  ],
  [
    'a new step',
    twoSteps,
    withSteps(
      { 'check-contract': asking('accountExecutive', { title: 'Check the contract' }) },
      { flow: [...twoSteps.flow, 'check-contract'] },
    ),
    [
      'New step "Check the contract" (check-contract): the accountExecutive does it, due 2 business days after closed won.',
      'The flow is "Name the reader", then "Write the summary", then "Read the summary", then "Check the contract", was "Name the reader", then "Write the summary", then "Read the summary".',
    ],
  ],
  [
    'a field',
    noted,
    withWrite({ choices: [{ ...answer, evidence: [{ ...field, required: true, hint: 'short' }] }] }),
    [
      'Write the summary: the answer "Done" asks for "Notes", now required.',
      'Write the summary: the answer "Done" asks for "Notes": hint "short", was not said.',
    ],
  ],
  [
    'what a negative answer leaves to do',
    twoSteps,
    withWrite({
      choices: [{ ...answer, negative: { title: 'Try again', what: 'Write once more.', within: '2 days' } }],
    }),
    ['Write the summary: the answer "Done" opens the follow-up "Try again" within 2 days, was not said.'],
  ],
  ['a new field', twoSteps, noted, ['Write the summary: the answer "Done" asks also for "Notes" (optional).']],
  ['a field that is gone', noted, twoSteps, ['Write the summary: the answer "Done" no longer asks for "Notes".']],
  [
    'a new answer',
    twoSteps,
    withWrite({ choices: [answer, { id: 'later', label: 'Later', evidence: [] }] }),
    ['Write the summary: new answer "Later".'],
  ],
  [
    'a capability',
    twoSteps,
    withWrite({ marks: 'introductionSent' }),
    ['Write the summary: marks "introductionSent", was not said.'],
  ],
  [
    'a ladder that tells one more',
    twoSteps,
    withLadder({
      rungs: kindLadder.rungs.map((rung) =>
        rung.kind === 'escalate' ? { ...rung, tell: [...rung.tell, 'salesManager'] } : rung,
      ),
    }),
    ['The ladder "kind": also tells salesManager 1 business day after it is due (escalate).'],
  ],
  [
    'a rung, and what comes afterwards',
    twoSteps,
    withLadder({ rungs: kindLadder.rungs.slice(1), afterwards: { unansweredAfterDue: '2 business days' } }),
    [
      'The ladder "kind": gone: warn 4 hours before it is due, to the owner.',
      'The ladder "kind": afterwards ends as unanswered 2 business days after it is due, was reminds every 7 days.',
    ],
  ],
  [
    'segments, industries and the package',
    twoSteps,
    {
      ...twoSteps,
      linkDays: 20,
      fields: { 'contract.scope': { required: false } },
      segments: { all: { steps: { 'write-summary': { due: { after: 'closedWon', within: 'same day' } } } }, large: {} },
      industries: { healthcare: {} },
    },
    [
      'The playbook: links work this many days: 20, was 30.',
      'The package field contract.scope: now optional, was not said.',
      'New segment "large".',
      'The segment "all": Write the summary: due the same day as closed won, was not said.',
      'New industry "healthcare".',
    ],
  ],
  [
    'what a segment says of a step, a meeting, a ladder and the package',
    meeting({}),
    meeting({
      without: ['read-summary'],
      steps: { 'write-summary': { owner: 'salesManager', choices: [{ ...answer, evidence: [field] }] } },
      meetings: { call: { minutes: { usual: 90, least: 60, most: 120 } } },
      ladders: { kind: { ...kindLadder, afterwards: { nagEvery: '3 days' } } },
      fields: { 'contract.scope': { required: true } },
    }),
    [
      'The segment "all": goes without "Read the summary", was not said.',
      'The segment "all": Write the summary: done by the salesManager, was not said.',
      'The segment "all": Write the summary: the answer "Done" asks also for "Notes" (optional).',
      'The segment "all": the meeting "call": minutes 90 (60 to 120), was not said.',
      'The segment "all": the ladder "kind": afterwards reminds every 3 days, was reminds every 7 days.',
      'The segment "all": the package field contract.scope: now required, was not said.',
    ],
  ],
  [
    'a step that is gone, and that a segment went without',
    { ...withSteps({ extra: asking('salesManager', { title: 'Extra' }) }), segments: { all: { without: ['extra'] } } },
    { ...twoSteps, segments: { all: { without: ['read-summary'] } } },
    ['The step "Extra" (extra) is gone.', 'The segment "all": goes without "Read the summary", was "Extra".'],
  ],
  [
    'when a segment tells something',
    telling({ after: 'introductionSent', within: '60 days' }),
    telling('silent'),
    ['The segment "all": Close: "availability-closes" goes out never, was 60 days after customer introduced.'],
  ],
];

describe('what an edit of a playbook changes', () => {
  it.each(edits)('is said in the words of the SOP: %s', (_, before, after, changes) => {
    expect(playbookChanges(before, after)).toEqual(changes);
  });

  it.each(Object.entries(shippedPlaybooks))(
    'is never passed over: any text or number in the playbook %s',
    (_, playbook) => {
      const missed = leaves(playbook).filter((path) => playbookChanges(playbook, edited(playbook, path)).length === 0);
      expect(missed.map((path) => path.join('.'))).toEqual([]);
    },
  );
});

type Path = readonly string[];

/** Every text, number and truth of a table. */
function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name]));
}

function edited<T>(value: T, [name, ...rest]: Path): T {
  if (name === undefined) return (typeof value === 'number' ? value + 1 : `${value} otherwise`) as T;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[name] = edited(copy[name], rest);
  return copy as T;
}
