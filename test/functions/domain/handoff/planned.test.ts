import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { isScheduled, offeredStep, opensOf, remindersOf } from '../../../../functions/domain/handoff/planned.ts';
import { tellingTime } from '../../../../functions/domain/handoff/telling-time.ts';
import type { DueRule, StepRule, Tell } from '../../../../functions/domain/playbook/playbook.ts';
import { anna, calendarOf, handoffRecord, people } from '../../../support/handoff-record.ts';

const scheduled = (title: string, tells: readonly Tell[]): StepRule => ({
  kind: 'tell',
  title,
  tell: 'remind',
  by: 'scheduler',
  tells,
  sources: [],
});

const ahead = (say: Tell['say'], within: DueRule['within']): Tell => ({
  say,
  state: `Schedule ${say}`,
  opens: { after: 'renewalDate', within },
});

/** A handoff whose playbook tells these things long after its end. */
const withSteps = (steps: Readonly<Record<string, StepRule>>): HandoffRecord => {
  const record = handoffRecord();
  return { ...record, playbook: { ...record.playbook, steps } };
};

const at = '2026-12-01T09:00:00Z';
const reminders = (record: HandoffRecord) => remindersOf(record, { people, calendarOf, at });

describe('when something is told by itself', () => {
  it('is said to people as it will be, also where whoever takes the customer is away by then', () => {
    const record = handoffRecord();
    const holder = record.state.people.customerSuccessManager ?? '';
    const known = people.get(holder);
    if (!known) throw new Error(`${holder} is not among the people.`);
    const away = [{ from: '2026-12-01', to: '2027-01-31' }];
    const gone = new Map(people).set(holder, { ...known, availability: { ...known.availability, away } });
    for (const each of [people, gone]) {
      const told = tellingTime({ record, people: each, calendarOf }, 'availability-ended');
      expect(told).toBeDefined();
      expect(told).toBe(opensOf(record, each, calendarOf)['availability-ended']);
    }
  });
});

describe('what is told long after the end', () => {
  it('is every moment of every step that the scheduler tells', () => {
    const record = withSteps({
      early: scheduled('Early', [ahead('renewal-reminder', '-120 days')]),
      late: scheduled('Late', [ahead('availability-ended', '-30 days'), ahead('availability-closes', '-60 days')]),
    });
    const found = reminders(record);
    expect(found.map(({ step, say }) => `${step}/${say}`)).toEqual([
      'early/renewal-reminder',
      'late/availability-ended',
      'late/availability-closes',
    ]);
    const times = found.map((each) => Date.parse(each.at ?? ''));
    expect(times.every((time) => time > Date.parse(at))).toBe(true);
    expect(new Set(times).size).toBe(3);
    expect(isScheduled(record, 'early')).toBe(true);
  });

  it('leaves out what is silent, and what somebody waits for', () => {
    const { by: _, ...waited } = scheduled('Waited for', [ahead('feedback', '-1 day')]) as StepRule & { by?: string };
    const record = withSteps({
      silent: scheduled('Silent', [{ ...ahead('renewal-reminder', '-90 days'), silent: true }]),
      waited: waited as StepRule,
    });
    expect(reminders(record)).toEqual([]);
    expect(isScheduled(record, 'waited')).toBe(false);
    expect(isScheduled(record, 'unknown')).toBe(false);
  });

  it('has no time any more when what it reminds of is over', () => {
    const record = withSteps({ early: scheduled('Early', [ahead('renewal-reminder', '-90 days')]) });
    expect(remindersOf(record, { people, calendarOf, at: '2040-01-02T09:00:00Z' })).toEqual([
      { step: 'early', say: 'renewal-reminder', dueAt: expect.any(String), at: undefined },
    ]);
  });
});

describe('when steps open', () => {
  it('is kept apart for two steps that tell the same, and is the anchor itself for what is silent', () => {
    const told = (title: string, tell: Tell): StepRule => {
      const { by: _, ...rule } = scheduled(title, [tell]) as StepRule & { by?: string };
      return rule as StepRule;
    };
    const opens: Tell['opens'] = { after: 'closedWon', within: '14 days' };
    const record = withSteps({
      first: told('First', { say: 'feedback', state: 'First', opens }),
      second: told('Second', { say: 'feedback', state: 'Second', opens: { ...opens, within: '30 days' } }),
      silent: told('Silent', { say: 'availability-ended', state: 'Silent', opens, silent: true }),
      unknown: told('Unknown', {
        say: 'availability-closes',
        state: 'Unknown',
        opens: { after: 'kickoffHeld', within: '1 day' },
      }),
    });
    const found = opensOf(record, people, calendarOf);
    const days = (key: string) => (Date.parse(found[key] ?? '') - Date.parse(record.deal.closedWonAt)) / 86_400_000;
    expect(days('first/feedback')).toBeLessThan(20);
    expect(days('second/feedback')).toBeGreaterThan(28);
    expect(found['silent/availability-ended']).toBe(record.deal.closedWonAt);
    expect(found).not.toHaveProperty(['unknown/availability-closes']);
  });
});

describe('what a step tells one after the other', () => {
  const told = (...tells: readonly (readonly [Tell['say'], DueRule['within']])[]): StepRule => {
    const { by: _, ...rule } = scheduled(
      'Availability',
      tells.map(([say, within]) => ({ say, state: `Tell ${say}`, opens: { after: 'closedWon', within } })),
    ) as StepRule & { by?: string };
    return rule as StepRule;
  };
  const opens = (rule: StepRule) => opensOf(withSteps({ told: rule }), people, calendarOf);

  it.each(['14 days', '13 days'] as const)(
    'is told when the first was promised, if the second says both by then (%s)',
    (within) => {
      const found = opens(told(['availability-closes', '14 days'], ['availability-ended', within]));
      expect(found['told/availability-ended']).toBe(found['told/availability-closes']);
    },
  );

  it('comes on two mornings, if each says its own', () => {
    const found = opens(told(['onboarding-faq', '14 days'], ['onboarding-features', '13 days']));
    const [first, second] = ['told/onboarding-faq', 'told/onboarding-features'].map((key) =>
      Date.parse(found[key] ?? ''),
    );
    expect(second).toBeGreaterThanOrEqual((first ?? 0) + 23 * 3_600_000);
  });

  it('comes on two mornings also where a weekend moves the first to the morning of the second', () => {
    // Won on Tuesday at 9:30 AM: four days later is Saturday, so Monday at 9 AM; six days later is Monday at 9:30 AM.
    const found = opens(told(['onboarding-faq', '4 days'], ['onboarding-features', '6 days']));
    expect(found['told/onboarding-faq']).toBe('2026-11-23T08:00:00Z');
    expect(found['told/onboarding-features']).toBe('2026-11-24T08:00:00Z');
  });

  it('comes twice a day where it is planned by the hour', () => {
    const found = opens(told(['onboarding-faq', '24 hours'], ['onboarding-features', '26 hours']));
    expect(found['told/onboarding-features']?.slice(0, 10)).toBe(found['told/onboarding-faq']?.slice(0, 10));
  });

  it('leaves the second where it is, if that comes later', () => {
    const found = opens(told(['availability-closes', '14 days'], ['availability-ended', '30 days']));
    expect(Date.parse(found['told/availability-ended'] ?? '')).toBeGreaterThan(
      Date.parse(found['told/availability-closes'] ?? '') + 10 * 86_400_000,
    );
  });
});

describe('a step that a mail offers', () => {
  const offered: StepRule = {
    kind: 'ask',
    title: 'Say how it went',
    ask: 'say how it went',
    waitFor: 'remarks',
    owner: 'accountExecutive',
    what: 'If you like.',
    why: 'Others learn from it.',
    due: { after: 'closedWon', within: '14 days' },
    ladder: 'none',
    choices: [{ id: 'said', label: 'Send', evidence: [] }],
    optional: true,
    sources: [],
  };

  it('is opened for whoever holds its role, due by its rule', () => {
    const record = withSteps({ remarks: offered });
    expect(offeredStep(record, { offers: 'remarks', at, people, calendarOf })).toMatchObject({
      step: 'remarks',
      round: 1,
      owner: anna,
      askedAt: at,
      because: expect.stringContaining('14 days after'),
    });
  });

  it('is not there when this handoff does without the step', () => {
    expect(offeredStep(withSteps({}), { offers: 'remarks', at, people, calendarOf })).toBeUndefined();
  });

  it('is not there when nobody holds the role', () => {
    const record = withSteps({ remarks: offered });
    const { accountExecutive: _, ...others } = record.state.people;
    const vacant: HandoffRecord = { ...record, state: { ...record.state, people: others } };
    expect(offeredStep(vacant, { offers: 'remarks', at, people, calendarOf })).toBeUndefined();
  });
});
