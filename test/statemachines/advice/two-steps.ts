import type { AskStep, LadderRule, Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { roleIds } from '../../../functions/domain/playbook/roles.ts';

/** A step with nothing to fill in, for whoever holds `owner`. */
export const asking = (owner: AskStep['owner'], over: Partial<AskStep> = {}): AskStep => ({
  kind: 'ask',
  title: 'A step',
  ask: 'do it',
  waitFor: 'it',
  owner,
  what: 'Do it.',
  why: 'It helps.',
  due: { after: 'closedWon', within: '2 business days' },
  ladder: 'kind',
  choices: [{ id: 'done', label: 'Done', evidence: [] }],
  sources: [],
  ...over,
});

/** Says before, at and after the due time, the last of these to the manager too, then nags. */
export const kindLadder: LadderRule = {
  rungs: [
    { kind: 'warn', when: { beforeDue: '4 hours' }, tell: ['owner'] },
    { kind: 'breach', when: { afterDue: '0 hours' }, tell: ['owner'] },
    { kind: 'escalate', when: { afterDue: '1 business day' }, tell: ['owner', 'manager'] },
  ],
  afterwards: { nagEvery: '7 days' },
};

/** A playbook in which nothing is wrong: the account executive writes a summary, then a named CSM reads it. */
export const twoSteps: Playbook = {
  name: 'two steps',
  roles: Object.fromEntries(
    roleIds.map((role) => [role, { name: role, side: 'success' as const }]),
  ) as Playbook['roles'],
  accountable: 'customerSuccessManager',
  linkDays: 30,
  atLeast: 4,
  abandonAfter: '350 days',
  flow: ['name-reader', 'write-summary', 'read-summary'],
  steps: {
    'name-reader': asking('revenueOperations', {
      title: 'Name the reader',
      ask: 'name the reader',
      waitFor: 'reader named',
      names: 'customerSuccessManager',
      choices: [
        {
          id: 'named',
          label: 'Name',
          evidence: [
            { name: 'who', label: 'Who', kind: 'person', from: { role: 'customerSuccessManager' }, required: true },
          ],
        },
      ],
    }),
    'write-summary': asking('accountExecutive', {
      title: 'Write the summary',
      ask: 'write the summary',
      waitFor: 'summary',
      due: { after: 'closedWon', within: '2 business days' },
    }),
    'read-summary': asking('customerSuccessManager', {
      title: 'Read the summary',
      ask: 'read the summary',
      waitFor: 'summary read',
      due: { after: 'closedWon', within: '5 business days' },
    }),
  },
  meetings: {},
  ladders: { kind: kindLadder },
  fallbackSegment: 'all',
  segments: { all: {} },
  industries: {},
};

/** The same with some steps added or replaced. */
export const withSteps = (steps: Playbook['steps'], over: Partial<Playbook> = {}): Playbook => ({
  ...twoSteps,
  steps: { ...twoSteps.steps, ...steps },
  ...over,
});
