import { describe, expect, it } from 'vitest';
import type { LadderRule } from '../../../functions/domain/playbook/playbook.ts';
import { playbookProblems } from '../../../statemachines/laws/playbook-laws.ts';
import { type Broken, sound, unchecked, withLadder, withSteps } from './changed-playbook.ts';

const owner = ['owner'] as const;
const unreadable = `is not a due rule: '24 hours', '24 elapsed hours', '3 business days', '14 days', '-90 days', '3 months' or 'same day'.`;

const broken: Broken = {
  'an unknown ladder': [
    withSteps({ 'hold-kickoff': { ladder: 'rope' } }),
    'In the segments "standard" and "enterprise": "hold-kickoff" has the ladder "rope", which is not defined.',
  ],
  'rungs in the wrong order': [
    withLadder({
      rungs: [
        { kind: 'escalate', when: { afterDue: '2 business days' }, tell: owner },
        { kind: 'breach', when: { afterDue: '0 hours' }, tell: owner },
      ],
    }),
    'The ladder "standard": rung 2 (0 hours after the due time) comes before rung 1 (2 business days after the due time).',
  ],
  'a warning after the breach': [
    withLadder({
      rungs: [
        { kind: 'breach', when: { afterDue: '0 hours' }, tell: owner },
        { kind: 'warn', when: { beforeDue: '4 hours' }, tell: owner },
      ],
    }),
    'The ladder "standard": rung 2 (4 hours before the due time) comes before rung 1 (0 hours after the due time).',
  ],
  'warnings in the wrong order': [
    withLadder({
      rungs: [
        { kind: 'warn', when: { beforeDue: '2 hours' }, tell: owner },
        { kind: 'warn', when: { beforeDue: '4 hours' }, tell: owner },
      ],
    }),
    'The ladder "standard": rung 2 (4 hours before the due time) comes before rung 1 (2 hours before the due time).',
  ],
  'a warning that a ladder cannot count': [
    withLadder({ rungs: [{ kind: 'warn', when: { beforeDue: '1 business day' }, tell: owner }] }),
    'The ladder "standard", rung 1 (warn) comes "1 business day" before the due time: say hours of working time, such as "4 hours".',
  ],
  'a rung after the due time that a ladder cannot count': [
    withLadder({ rungs: [{ kind: 'escalate', when: { afterDue: '4 hours' }, tell: owner }] }),
    'The ladder "standard", rung 1 (escalate) comes "4 hours" after the due time: say "0 hours" or business days, such as "1 business day".',
  ],
  'a rung that tells nobody': [
    withLadder({ rungs: [{ kind: 'breach', when: { afterDue: '0 hours' }, tell: [] }] }),
    'The ladder "standard", rung 1 (breach) tells nobody.',
  ],
  'a rung that counts from the ask': [
    withLadder({ rungs: [{ kind: 'remind', when: { after: 'opened', within: '24 hours' }, tell: owner }] }),
    'The ladder "standard", rung 1 (remind) counts from "opened", which is no moment of the handoff: count from the due time.',
  ],
  'nagging without a pause': [
    withLadder({ afterwards: { nagEvery: '0 days' } }),
    'The ladder "standard" nags every "0 days": say whole days, such as "7 days".',
  ],
  'an end before the last rung': [
    withLadder({
      rungs: [{ kind: 'escalate', when: { afterDue: '3 business days' }, tell: owner }],
      afterwards: { unansweredAfterDue: '3 business days' },
    }),
    'The ladder "standard" ends "3 business days" after the due time, before its rung at "3 business days" is reached.',
  ],
  'a warning that leaves no room': [
    withSteps({ 'hold-kickoff': { due: { after: 'closedWon', within: '4 hours' } } }),
    'In the segments "standard" and "enterprise": "hold-kickoff" is due within "4 hours", but its ladder says "warn" already 4 hours before that.',
  ],
  'a rung after an anchor that comes later': [
    {
      ...sound,
      ladders: {
        ...sound.ladders,
        package: {
          ...(sound.ladders['package'] as LadderRule),
          rungs: [{ kind: 'remind', when: { after: 'internalMeetingHeld', within: '24 hours' }, tell: owner }],
        },
      },
    },
    '"complete-package" has a rung on its ladder after "internalMeetingHeld", but "hold-internal-meeting", which marks it, comes later.',
  ],
  'moments of the handoff in the wrong order': [
    withLadder({
      rungs: [
        { kind: 'remind', when: { after: 'closedWon', within: '48 hours' }, tell: owner },
        { kind: 'remind', when: { after: 'closedWon', within: '24 hours' }, tell: owner },
      ],
    }),
    'The ladder "standard": rung 2 (24 hours after closedWon) comes before rung 1 (48 hours after closedWon).',
  ],
  'a rung whose time nobody can read': [
    withLadder({ rungs: [{ kind: 'remind', when: { after: 'closedWon', within: unchecked('soon') }, tell: owner }] }),
    `A rung of the ladder "standard", "when", "within": "soon" ${unreadable}`,
  ],
  'a warning whose time nobody can read': [
    withLadder({ rungs: [{ kind: 'warn', when: { beforeDue: unchecked('early') }, tell: owner }] }),
    `A rung of the ladder "standard", "when", "beforeDue": "early" ${unreadable}`,
  ],
  'a rung after the due time that nobody can read': [
    withLadder({ rungs: [{ kind: 'breach', when: { afterDue: unchecked('late') }, tell: owner }] }),
    `A rung of the ladder "standard", "when", "afterDue": "late" ${unreadable}`,
  ],
  'a pause between nags that nobody can read': [
    withLadder({ afterwards: { nagEvery: unchecked('often') } }),
    `The ladder "standard", "afterwards", "nagEvery": "often" ${unreadable}`,
  ],
  'an end that nobody can read': [
    withLadder({ afterwards: { unansweredAfterDue: unchecked('never') } }),
    `The ladder "standard", "afterwards", "unansweredAfterDue": "never" ${unreadable}`,
  ],
  'an end that a ladder cannot count': [
    withLadder({ afterwards: { unansweredAfterDue: '4 hours' } }),
    'The ladder "standard" ends at "4 hours" after the due time: say "0 hours" or business days, such as "1 business day".',
  ],
  'an escalation that nobody reads in a digest': [
    {
      ...withLadder({
        rungs: [
          { kind: 'breach', when: { afterDue: '0 hours' }, tell: ['customerSuccessManager'] },
          { kind: 'escalate', when: { afterDue: '1 business day' }, tell: ['owner', 'manager', 'accountExecutive'] },
          { kind: 'escalate', when: { afterDue: '2 business days' }, tell: ['salesManager', 'revenueOperations'] },
        ],
      }),
      escalations: 'digest',
    },
    'The ladder "standard", rung 2 (escalate) tells "accountExecutive", who gets no daily digest for "escalations": "digest": tell a manager or revenue operations, or let escalations be emails.',
  ],
  'a way to hear of escalations that there is not': [
    { ...sound, escalations: unchecked('pigeon') },
    '"escalations": "pigeon" is no way to hear of escalations; say "email" or "digest".',
  ],
  'a rung that tells nobody whom the playbook knows': [
    withLadder({ rungs: [{ kind: 'breach', when: { afterDue: '0 hours' }, tell: [unchecked('board')] }] }),
    'A rung of the ladder "standard", "tell": "board" is no reader of a ladder; say "owner", "manager", "accountExecutive", "customerSuccessManager", "salesManager", "successManager", or "revenueOperations".',
  ],
};

describe('the laws of a ladder', () => {
  it('let anybody be told of an escalation by email', () => {
    const [changed] = broken['an escalation that nobody reads in a digest'] ?? [];
    expect(playbookProblems({ ...sound, ...changed, escalations: 'email' })).toEqual([]);
  });

  it.each(Object.entries(broken))('refuse %s', (_, [changed, problem]) => {
    expect(playbookProblems(changed)).toEqual([problem]);
  });
});
