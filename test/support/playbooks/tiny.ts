import { definePlaybook } from '../../../statemachines/define-playbook.ts';

/**
 * Hardly a playbook: three steps under names that mean nothing, roles called like nobody else calls them, no meeting. What
 * hangs on a name, or takes a step for granted, shows here.
 */
export const tiny = definePlaybook({
  name: 'tiny',
  roles: {
    accountExecutive: { name: 'finder', side: 'sales' },
    customerSuccessManager: { name: 'keeper', side: 'success' },
    salesManager: { name: 'head of finders', side: 'sales' },
    successManager: { name: 'head of keepers', side: 'success' },
    revenueOperations: { name: 'back office', side: 'operations' },
  },
  accountable: 'customerSuccessManager',
  linkDays: 20,
  atLeast: 4,
  abandonAfter: '60 days',
  flow: ['zz-i', 'aa-j', 'mm-k'],
  steps: {
    'zz-i': {
      kind: 'ask',
      title: 'Write down what is known',
      ask: 'write down what is known',
      waitFor: 'what is known',
      owner: 'accountExecutive',
      what: 'Answer what is still open.',
      why: 'No one else was there.',
      due: { after: 'closedWon', within: '8 hours' },
      ladder: 'qq',
      fills: 'package',
      marks: 'packageReady',
      choices: [{ id: 'that-is-all', label: 'Hand it over', does: 'complete-package', evidence: [] }],
      sources: ['S0'],
    },
    'aa-j': {
      kind: 'ask',
      title: 'Read what is known',
      ask: 'read what is known',
      waitFor: 'what is known read',
      owner: 'customerSuccessManager',
      what: 'Read it, or send it back.',
      why: 'You will need it.',
      due: { after: 'packageReady', within: '2 business days' },
      ladder: 'qq',
      shows: 'brief',
      returns: { choice: 'not-enough', to: 'zz-i', within: '8 hours' },
      choices: [
        { id: 'enough', label: 'It is enough', evidence: [] },
        {
          id: 'not-enough',
          label: 'Send it back',
          evidence: [{ name: 'gaps', label: 'What is missing', kind: 'gaps', required: true }],
        },
      ],
      sources: ['S0'],
    },
    'mm-k': {
      kind: 'ask',
      title: 'Say whether it went well',
      ask: 'say whether it went well',
      waitFor: 'whether it went well',
      owner: 'customerSuccessManager',
      what: 'Grade it. Below {target} we talk.',
      why: 'The next one will be better.',
      due: { after: 'closedWon', within: '3 business days' },
      ladder: 'jj',
      scores: { field: 'grade', atLeast: 5, say: 'low-score', state: 'Tell that it did not go well' },
      choices: [
        {
          id: 'graded',
          label: 'Send the grade',
          evidence: [{ name: 'grade', label: 'Grade', kind: 'score', required: true }],
        },
      ],
      sources: ['S0'],
    },
  },
  meetings: {},
  ladders: {
    qq: {
      rungs: [
        { kind: 'breach', when: { afterDue: '0 hours' }, tell: ['owner'] },
        { kind: 'escalate', when: { afterDue: '1 business day' }, tell: ['manager'] },
        { kind: 'stall', when: { afterDue: '2 business days' }, tell: ['owner', 'revenueOperations'] },
      ],
      afterwards: { nagEvery: '10 days' },
    },
    jj: { rungs: [], afterwards: { unansweredAfterDue: '5 business days' } },
  },
  fallbackSegment: 'plain',
  segments: {
    plain: {},
    fancy: { steps: { 'zz-i': { due: { after: 'closedWon', within: '16 hours' }, ladder: 'jj' } } },
  },
  industries: { mining: { without: ['mm-k'] } },
});
