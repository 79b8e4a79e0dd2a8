import { describe, expect, it } from 'vitest';
import type { MeetingRule } from '../../../../functions/domain/playbook/meetings.ts';
import type { AskStep, StepRule, TellStep } from '../../../../functions/domain/playbook/playbook.ts';
import { openSlots, worded } from '../../../../functions/domain/playbook/wording.ts';

const review: MeetingRule = {
  title: 'Review',
  minutes: { usual: 45, least: 20, most: 90 },
  who: ['accountExecutive'],
  agenda: [{ title: 'All', minutes: 45 }],
};

const letters: TellStep = {
  kind: 'tell',
  title: 'Letters',
  tell: 'send letters',
  tells: [
    { say: 'onboarding-faq', state: 'A', opens: { after: 'handoffConfirmed', within: '2 days' } },
    { say: 'onboarding-features', state: 'B', opens: { after: 'handoffConfirmed', within: '9 days' } },
    { say: 'onboarding-contacts', state: 'C', opens: { after: 'handoffConfirmed', within: '30 days' }, silent: true },
  ],
  sources: [],
};

const step = (change: Partial<AskStep>): AskStep => ({
  kind: 'ask',
  title: 'Step',
  ask: 'do it',
  waitFor: 'it',
  owner: 'accountExecutive',
  what: 'Do it.',
  why: 'Because.',
  due: { after: 'closedWon', within: '24 hours' },
  ladder: 'plain',
  choices: [{ id: 'done', label: 'Done', evidence: [] }],
  sources: [],
  ...change,
});

const read = (rule: StepRule): AskStep => {
  const said = worded(rule, { steps: { letters }, meetings: { review } });
  if (said.kind !== 'ask') throw new Error('A step that somebody is asked to do stays one.');
  return said;
};

describe('the wording of a step', () => {
  it.each<[string, Partial<AskStep>, string]>([
    [
      'the meeting it plans',
      { plans: 'review', what: '{least} to {most} minutes, mostly {usual}' },
      '20 to 90 minutes, mostly 45',
    ],
    ['the meeting it holds', { holds: 'review', what: 'up to {most} minutes' }, 'up to 90 minutes'],
    [
      'how it repeats',
      { repeat: { choice: 'done', every: '10 days', times: 4 }, what: 'every {every}, {times} times' },
      'every 10 days, 4 times',
    ],
    [
      'its score',
      { scores: { field: 'score', atLeast: 7, say: 'low-score', state: 'Alert' }, what: 'below {target}' },
      'below 7',
    ],
    [
      'the mails it approves, those that stay silent left out',
      { approves: 'letters', what: '{approved} mails in {approvedWithin}' },
      '2 mails in 9 days',
    ],
  ])('speaks of %s', (_, change, what) => {
    expect(read(step(change)).what).toBe(what);
  });

  it('is filled in wherever people read it', () => {
    const text = 'up to {most}';
    const said = read(
      step({
        plans: 'review',
        title: text,
        what: text,
        why: text,
        choices: [
          {
            id: 'done',
            label: text,
            evidence: [{ name: 'list', label: text, hint: text, kind: 'checklist', items: [text], required: true }],
          },
        ],
      }),
    );
    expect(JSON.stringify(said).match(/up to 90/g)).toHaveLength(7);
    expect(openSlots(said)).toEqual([]);
  });

  it('gives a field of minutes the bounds of the meeting that is planned', () => {
    const evidence = [
      { name: 'minutes', label: 'Minutes', kind: 'minutes', required: true },
      { name: 'place', label: 'Where', kind: 'text', required: false },
    ] as const;
    const [minutes, place] =
      read(step({ plans: 'review', choices: [{ id: 'done', label: 'Done', evidence }] })).choices[0]?.evidence ?? [];
    expect(minutes).toMatchObject({ min: 20, max: 90 });
    expect(place).toEqual(evidence[1]);
  });

  it('keeps a slot that no rule fills, for a law to find', () => {
    const said = read(step({ what: 'below {target} of {constructor}', plans: 'review', why: '{target}, {most}' }));
    expect(said.what).toBe('below {target} of {constructor}');
    expect(openSlots(said)).toEqual(['target', 'constructor']);
  });

  it('of a step that tells stays as it is', () => {
    expect(worded(letters, { steps: {}, meetings: {} })).toBe(letters);
    expect(openSlots({ ...letters, title: '{most}' })).toEqual([]);
  });
});
