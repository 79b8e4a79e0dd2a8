import { describe, expect, it } from 'vitest';
import type { EvidenceField } from '../../../../functions/domain/fields/field-rule.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { checkedPackage } from '../../../../functions/domain/handoff/handoff-package.ts';
import type { Link } from '../../../../functions/domain/handoff/link.ts';
import { askStep } from '../../../../functions/domain/playbook/playbook.ts';
import { fieldsOfForm } from '../../../../functions/domain/step/package-form.ts';
import { mergePackage } from '../../../../functions/domain/step/package-merge.ts';
import { offeredPeople, type StepView, viewStep } from '../../../../functions/domain/step/step-view.ts';
import { roster } from '../../../support/deals.ts';
import {
  anna,
  askSteps,
  calendarOf,
  daniel,
  handoffRecord,
  klaus,
  lena,
  linkTo,
  people,
  ruth,
  site,
  stepRecord,
} from '../../../support/handoff-record.ts';

function view(record: HandoffRecord, link: Link, at = '2026-11-20T15:00:00Z'): StepView {
  const { gaps } = checkedPackage(record);
  const seen = viewStep({ record, link, people, roster: roster(), gaps, at, calendarOf, site });
  if (!seen) throw new Error('There is no such page.');
  return seen;
}
const offered = ({ choices, actions }: StepView) => [...choices, ...actions].map(({ id }) => id);

const incomplete = handoffRecord({
  sample: 'incomplete',
  state: { packageComplete: false },
  steps: [stepRecord('complete-package', { owner: anna })],
});
/** Anna has asked Lena for an exception. */
const asking = handoffRecord({
  sample: 'incomplete',
  state: { packageComplete: false },
  steps: [
    stepRecord('complete-package', {
      owner: anna,
      exceptions: [
        {
          by: anna,
          at: '2026-11-20T14:00:00Z',
          reason: 'They decide in January.',
          paths: ['contract.termMonths'],
          reviewer: lena,
          askedAt: '2026-11-20T14:00:00Z',
          dueAt: '2026-11-23T14:00:00Z',
          because: 'due Mon, Nov 23, 3 PM Berlin time',
        },
      ],
    }),
  ],
});
const review = handoffRecord({ steps: [stepRecord('review-brief')] });

describe('what is offered, by capacity', () => {
  it('offers the owner the choices of the step, and what owners can do beside', () => {
    expect(offered(view(review, linkTo('review-brief', lena)))).toEqual([
      'accept',
      'return',
      'wait-for-customer',
      'reassign',
      'note',
      'away',
    ]);
  });

  it('offers managers and revenue operations to reassign, skip and cancel, but not to decide', () => {
    for (const [email, as] of [
      [klaus, 'manager'],
      [ruth, 'revenueOperations'],
    ] as const) {
      const seen = view(review, linkTo('review-brief', email, as));
      expect(offered(seen)).toEqual(['reassign', 'note', 'skip', 'cancel', 'away']);
      expect(seen.notice).toMatch(/^Lena Vogt was asked on Fri, Nov 20, 4 PM Berlin time; it’s open\.$/);
    }
  });

  it('offers whoever has no say in the step a note, and nothing else', () => {
    expect(offered(view(review, linkTo('review-brief', anna, 'reader')))).toEqual(['note', 'away']);
  });

  it('offers the owner of the package the form, and to ask for an exception', () => {
    const seen = view(incomplete, linkTo('complete-package', anna));
    expect(offered(seen)).toEqual(['complete', 'request-exception', 'wait-for-customer', 'reassign', 'note', 'away']);
    expect(seen.packageForm && fieldsOfForm(seen.packageForm).map(({ label }) => label)).toContain('Success metrics');
    expect(seen.gaps).toEqual([]);
  });

  it('lets the reviewer and revenue operations decide on an exception, and shows them the gaps', () => {
    for (const [email, as] of [
      [lena, 'reviewer'],
      [ruth, 'revenueOperations'],
    ] as const) {
      const seen = view(asking, linkTo('complete-package', email, as));
      expect(offered(seen)).toEqual(expect.arrayContaining(['grant-exception', 'decline-exception']));
      expect(offered(seen)).not.toContain('complete');
      expect(seen.packageForm).toBeUndefined();
      expect(seen.gaps.length).toBeGreaterThan(5);
    }
  });

  it('lets nobody else decide: not who asked, not the owner, no manager, no reviewer of another time', () => {
    for (const [email, as] of [
      [anna, 'owner'],
      [anna, 'revenueOperations'],
      [anna, 'reviewer'],
      [klaus, 'manager'],
      [daniel, 'reviewer'],
      [klaus, 'reader'],
    ] as const)
      expect(offered(view(asking, linkTo('complete-package', email, as)))).not.toEqual(
        expect.arrayContaining([expect.stringContaining('exception')]),
      );
  });

  it('says to its owner that the step waits for a decision, and since when; a second request is not offered', () => {
    const seen = view(asking, linkTo('complete-package', anna));
    expect(seen.notice).toContain('Waiting for Lena Vogt’s decision since');
    expect(seen.due).toMatchObject({ state: 'waiting' });
    expect(offered(seen)).not.toContain('request-exception');
    expect(offered(seen)).toContain('complete');
  });

  it('only shows the step to who was its owner before', () => {
    const moved = handoffRecord({ steps: [stepRecord('review-brief', { owner: 'jonas.hartmann@example.com' })] });
    const seen = view(moved, linkTo('review-brief', lena));
    expect(seen).toMatchObject({ state: 'read-only', choices: [], actions: [{ id: 'away' }] });
    expect(seen.notice).toBe('Jonas Hartmann has this step now. Nothing needs you here.');
  });

  it('offers nothing once it is decided or the handoff is closed', () => {
    const decided = handoffRecord({ steps: [stepRecord('review-brief', { decided: { choice: 'accept' } })] });
    expect(view(decided, linkTo('review-brief', lena))).toMatchObject({ state: 'decided', choices: [], actions: [] });
    expect(view(decided, linkTo('review-brief', lena)).notice).toMatch(/^You decided on /);
    expect(view(decided, linkTo('review-brief', klaus, 'manager')).notice).toMatch(/^Lena Vogt decided on /);
    for (const status of ['complete', 'cancelled', 'abandoned'] as const) {
      const closed = handoffRecord({ steps: [stepRecord('review-brief')], state: { status } });
      expect(view(closed, linkTo('review-brief', lena))).toMatchObject({ state: 'closed', choices: [], actions: [] });
    }
  });

  it('takes remarks after the end, without a clock or a ladder to play with', () => {
    const complete = handoffRecord({
      steps: [stepRecord('share-remarks', { owner: anna })],
      state: { status: 'complete' },
    });
    expect(offered(view(complete, linkTo('share-remarks', anna)))).toEqual(['shared', 'away']);
  });

  it('has no page for a step that was never asked', () => {
    const link = linkTo('hold-kickoff', lena);
    expect(
      viewStep({ record: review, link, people, gaps: [], at: '2026-11-20T15:00:00Z', calendarOf, site }),
    ).toBeUndefined();
  });

  it('offers colleagues of the same side, who are active, but not the owner', () => {
    const colleagues = [...offeredPeople(view(review, linkTo('review-brief', lena)), 'reassign')];
    expect(colleagues).toContain('tom.hughes@example.com');
    // Away until 4 December.
    expect(colleagues).not.toContain('jonas.hartmann@example.com');
    expect(colleagues).toContain('daniel.weiss@example.com');
    for (const not of [lena, anna, ruth, 'sarah.cole@example.com']) expect(colleagues).not.toContain(not);
  });

  it('says of whoever could be named to take the customer until when they are away', () => {
    const naming = 'assign-customer-success-manager';
    const open = handoffRecord({ steps: [stepRecord(naming, { owner: ruth })] });
    const jonas = (at: string) =>
      view(open, linkTo(naming, ruth), at)
        .choices.flatMap(({ fields }) => fields)
        .flatMap(({ options = [] }) => options)
        .find(({ value }) => value === 'jonas.hartmann@example.com')?.label;
    expect(jonas('2026-11-26T15:00:00Z')).toBe('Jonas Hartmann, jonas.hartmann@example.com, away until Mon, Dec 7');
    expect(jonas('2026-12-07T15:00:00Z')).toBe('Jonas Hartmann, jonas.hartmann@example.com');
  });

  it('asks whoever reassigns a step whether everything of its holder goes along', () => {
    const question = (of: HandoffRecord, link: Link) =>
      view(of, link)
        .actions.find(({ id }) => id === 'reassign')
        ?.fields.find(({ name }) => name === 'everything')?.label;
    expect(question(review, linkTo('review-brief', lena))).toContain('everything of yours');
    expect(question(review, linkTo('review-brief', daniel, 'manager'))).toBe(
      'Should they take over everything Lena has in this handoff?',
    );
    const standing = handoffRecord({ steps: [stepRecord('review-brief', { owner: daniel, standInFor: lena })] });
    expect(question(standing, linkTo('review-brief', daniel))).toContain('everything Lena has');
  });

  it('offers active customer success managers where one is to be named', () => {
    const unassigned = handoffRecord({ steps: [stepRecord('assign-customer-success-manager', { owner: ruth })] });
    const managers = [...offeredPeople(view(unassigned, linkTo('assign-customer-success-manager', ruth)), 'assigned')];
    expect(managers).toContain(lena);
    for (const not of [anna, 'sarah.cole@example.com', 'daniel.weiss@example.com']) expect(managers).not.toContain(not);
  });
});

describe('a field that is chosen from a list', () => {
  it('offers colleagues, those who hold a role, or the segments, as its rule says', () => {
    const fields: readonly EvidenceField[] = [
      { name: 'colleague', label: 'Colleague', kind: 'person', required: true, from: 'colleagues' },
      { name: 'manager', label: 'Manager', kind: 'person', required: true, from: { role: 'salesManager' } },
      { name: 'segment', label: 'Segment', kind: 'choice', required: true, options: 'segments' },
      { name: 'size', label: 'Size', kind: 'choice', required: true, options: ['small', 'large'] },
    ];
    const record = handoffRecord({ steps: [stepRecord('review-brief')] });
    const rule = askStep(record.playbook, 'review-brief');
    const choices = [{ id: 'accept', label: 'Accept', evidence: fields }];
    const playbook = { ...record.playbook, steps: { ...record.playbook.steps, 'review-brief': { ...rule, choices } } };
    const [choice] = view({ ...record, playbook }, linkTo('review-brief', lena)).choices;
    const offers = Object.fromEntries(
      (choice?.fields ?? []).map(({ name, options = [] }) => [name, options.map(({ value }) => value)]),
    );
    expect(offers['colleague']).toContain('tom.hughes@example.com');
    expect(offers['colleague']).not.toContain(lena);
    expect(offers['manager']).toContain(klaus);
    expect(offers['manager']).not.toContain(lena);
    expect(offers['segment']).toEqual(['standard', 'enterprise', 'self-serve']);
    expect(offers['size']).toEqual(['small', 'large']);
  });
});

describe('how matters stand', () => {
  const due = (at: string) => view(review, linkTo('review-brief', lena), at).due;

  it.each([
    ['2026-11-20T15:00:00Z', 'in time', '8 hours of working time left'],
    ['2026-11-23T12:00:00Z', 'due soon', '3 hours of working time left'],
    ['2026-11-23T15:30:00Z', 'overdue', '30 minutes overdue'],
    ['2026-11-27T15:00:00Z', 'overdue', '4 days overdue'],
  ])('at %s it is %s', (at, state, words) => {
    expect(due(at)).toMatchObject({ state, words, text: 'Mon, Nov 23, 4 PM Berlin time' });
  });

  it('shows times in the zone of the reader, the reckoning in that of the owner', () => {
    const seen = view(review, linkTo('review-brief', 'diana.moore@example.com', 'manager'));
    expect(seen.due.text).toBe('Mon, Nov 23, 10 AM New York time');
    expect(seen.due.because).toMatch(/^Due Mon, Nov 23, 4 PM Berlin time: 24 h after/);
    expect(due('2026-11-20T15:00:00Z').because).toBe('24 h after Fri, Nov 20, 4 PM (closed won), weekend skipped');
  });

  it.each([
    ['nobody, where both work then', anna, lena, undefined],
    [
      'both, where they share no hour',
      lena,
      'chloe.nguyen@example.com',
      'Mon, Nov 23, 7 AM Berlin time (5 PM Sydney time). The time we propose is outside the working hours of Chloe Nguyen and Lena Vogt.',
    ],
  ])('names beside a proposed meeting whose hours it is outside: %s', (_, accountExecutive, successor, hint) => {
    const record = handoffRecord({
      steps: [stepRecord('schedule-internal-meeting', { owner: accountExecutive })],
      state: { people: { ...handoffRecord().state.people, accountExecutive, customerSuccessManager: successor } },
    });
    const { choices } = view(record, linkTo('schedule-internal-meeting', accountExecutive));
    const field = choices.flatMap(({ fields }) => fields).find(({ name }) => name === 'meetingAt');
    expect(field?.hint).toBe(hint);
  });

  it('says what it waits for', () => {
    const pause = {
      from: '2026-11-20T16:00:00Z',
      until: '2026-11-30T08:00:00Z',
      reason: 'Their CFO is away',
      by: lena,
    };
    const waiting = handoffRecord({ steps: [stepRecord('review-brief', { pauses: [pause] })] });
    expect(view(waiting, linkTo('review-brief', lena), '2026-11-24T09:00:00Z').due).toMatchObject({
      state: 'waiting',
      words: 'waiting for the customer until Mon, Nov 30, 9 AM Berlin time: Their CFO is away',
    });
  });

  it('says why it came back', () => {
    const returned = handoffRecord({
      steps: [
        stepRecord('complete-package', { owner: anna, round: 2 }),
        stepRecord('review-brief', { decided: { choice: 'return', evidence: { gaps: 'Who pays?\n\n Which SSO? ' } } }),
      ],
    });
    expect(view(returned, linkTo('complete-package', anna), '2026-11-24T09:00:00Z').returned).toEqual({
      by: 'Lena Vogt',
      when: 'Mon, Nov 23, 11 AM Berlin time',
      gaps: ['Who pays?', 'Which SSO?'],
    });
  });

  it('has a page for every step and capacity', () => {
    for (const { id, owner } of askSteps()) {
      for (const sample of ['enterprise-across-zones', 'awkward-text', 'self-serve'] as const) {
        const record = handoffRecord({ sample, steps: [stepRecord(id, { owner })] });
        if (!record.playbook.steps[id]) continue;
        for (const as of ['owner', 'reviewer', 'manager', 'revenueOperations', 'reader'] as const) {
          const seen = view(record, linkTo(id, as === 'owner' ? owner : ruth, as));
          expect(seen.state).toBe('act');
          expect(seen.summary.length).toBeGreaterThanOrEqual(2);
        }
      }
    }
  });
});

describe('the package form', () => {
  const form = (record: HandoffRecord) => {
    const seen = view(record, linkTo('complete-package', anna)).packageForm;
    return seen ? fieldsOfForm(seen) : [];
  };
  const sent = (record: HandoffRecord, texts: Readonly<Record<string, string>>) =>
    mergePackage(record, { step: 'complete-package', form: texts, by: anna, at: '2026-11-20T15:00:00Z' });
  const typed = (record: HandoffRecord) => Object.fromEntries(form(record).map(({ name, value }) => [name, value]));

  it.each(['incomplete', 'complete-standard', 'awkward-text', 'enterprise-across-zones'] as const)(
    'saves nothing when nothing was changed (%s)',
    (sample) => {
      const record = handoffRecord({ sample, steps: [stepRecord('complete-package', { owner: anna })] });
      const crlf = Object.fromEntries(
        Object.entries(typed(record)).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]),
      );
      expect(sent(record, crlf)?.written).toEqual([]);
    },
  );

  it('saves what was changed, and ignores other names', () => {
    const merged = sent(incomplete, {
      ...typed(incomplete),
      'customerGoals.outcomes60Days': 'All depots live.',
      'contract.discounts': '  ',
      nonce: 'x',
      'no.such.field': 'y',
    });
    expect(merged?.written).toEqual(['customerGoals.outcomes60Days']);
    expect(merged?.package).toMatchObject({ customerGoals: { outcomes60Days: 'All depots live.' } });
  });

  it('shows every field once', () => {
    const names = form(incomplete).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('contract.renewalDate');
  });
});
