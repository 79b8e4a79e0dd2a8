import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { upgradeProblems } from '../../../../functions/domain/handoff/upgrade.ts';
import {
  type AskStep,
  askStep,
  type ChoiceRule,
  type FrozenPlaybook,
} from '../../../../functions/domain/playbook/playbook.ts';
import { anna, handoffRecord, ruth, stepRecord } from '../../../support/handoff-record.ts';

const at = '2026-11-21T08:00:00Z';
const open = handoffRecord({ steps: [stepRecord('hold-kickoff')] });
const { playbook } = open;

const problems = (frozen: FrozenPlaybook, record: HandoffRecord = open) => upgradeProblems({ record, frozen, at });

/** The rules with one step changed. */
const withStep = (step: string, over: Partial<AskStep>): FrozenPlaybook => ({
  ...playbook,
  steps: { ...playbook.steps, [step]: { ...askStep(playbook, step), ...over } },
});

describe('moving a running handoff to other rules', () => {
  it.each<[string, FrozenPlaybook]>([
    ['a promise', withStep('hold-kickoff', { due: { after: 'closedWon', within: '9 business days' } })],
    ['a wording', withStep('hold-kickoff', { what: 'Hold it.' })],
    ['an owner of a step that is not open', withStep('confirm-handoff', { owner: 'salesManager' })],
    ['how long links work', { ...playbook, linkDays: 20 }],
    [
      'whom a ladder tells, and a rung more at its end',
      {
        ...playbook,
        ladders: {
          ...playbook.ladders,
          standard: {
            rungs: [
              ...(playbook.ladders['standard']?.rungs.map((rung) => ({ ...rung, tell: ['manager'] as const })) ?? []),
              { kind: 'stall', when: { afterDue: '9 business days' }, tell: ['manager'] },
            ],
            afterwards: { nagEvery: '3 days' },
          },
        },
      },
    ],
  ])('is safe for %s', (_, frozen) => {
    expect(problems(frozen)).toEqual([]);
  });

  it.each<[string, FrozenPlaybook, readonly string[]]>([
    [
      'a step that is gone',
      {
        ...playbook,
        steps: Object.fromEntries(Object.entries(playbook.steps).filter(([id]) => id !== 'map-stakeholders')),
      },
      [`Today's rules have no step "${playbook.steps['map-stakeholders']?.title}".`],
    ],
    [
      'a step that is new',
      { ...playbook, steps: { ...playbook.steps, another: askStep(playbook, 'hold-kickoff') } },
      [`Today's rules have a step "${askStep(playbook, 'hold-kickoff').title}", which this handoff does not.`],
    ],
    ['another order', { ...playbook, flow: [...playbook.flow].reverse() }, ['The steps come in another order today.']],
    [
      'another owner of an open step',
      withStep('hold-kickoff', { owner: 'salesManager' }),
      ['"Hold the kickoff" is open, and another role does it today.'],
    ],
    [
      'an answer that is gone from an open step',
      withStep('hold-kickoff', { choices: [] }),
      ['"Hold the kickoff" is open, and its answer "The kickoff was held" is gone.'],
    ],
    [
      'a promise of an open step that counts from what has not happened',
      withStep('hold-kickoff', { due: { after: 'handoffConfirmed', within: '1 day' } }),
      ['"Hold the kickoff" is open, and is due after "handoff confirmed" today, which has not happened.'],
    ],
    [
      'a ladder of an open step with a rung before those there are',
      withStep('hold-kickoff', { ladder: 'package' }),
      ['"Hold the kickoff" is open, and its ladder has other rungs today: mails might go out twice, or not at all.'],
    ],
    [
      'the rules of another playbook',
      { ...playbook, name: 'other' },
      [`It follows the playbook "${playbook.name}", and these are the rules of "other".`],
    ],
    [
      'a package that would have to say more',
      {
        ...playbook,
        fields: { ...playbook.fields, 'technicalRequirements.dataAgreementSigner': { required: true } },
      },
      ['The package was handed over, and would lack "Technical requirements: Who signs the data agreement" today.'],
    ],
  ])('is refused for %s', (_, frozen, reasons) => {
    expect(problems(frozen)).toEqual(reasons);
  });

  it('is refused while somebody waits for the customer', () => {
    const pause = { from: '2026-11-20T16:00:00Z', until: '2026-11-24T08:00:00Z', reason: 'Holidays', by: anna };
    const paused = handoffRecord({ steps: [stepRecord('hold-kickoff', { pauses: [pause] })] });
    expect(problems(playbook, paused)).toEqual([
      '"Hold the kickoff" is open, and waits for the customer until 2026-11-24.',
    ]);
    const over = handoffRecord({
      steps: [stepRecord('hold-kickoff', { pauses: [{ ...pause, until: '2026-11-21T07:00:00Z' }] })],
    });
    expect(problems(playbook, over)).toEqual([]);
  });

  describe('keeps what was answered readable', () => {
    const step = 'align-success-plan';
    const [aligned] = askStep(playbook, step).choices;
    const answered = handoffRecord({
      steps: [
        stepRecord(step, {
          decided: { choice: 'aligned', evidence: { plan: 'All of it', reviewedInternally: true, clientAgreed: true } },
        }),
        stepRecord('hold-kickoff'),
      ],
    });
    const withChoice = (over: Partial<ChoiceRule>) =>
      problems(withStep(step, { choices: aligned ? [{ ...aligned, ...over }] : [] }), answered);

    it('in other words, and with more to say', () => {
      const more = { name: 'more', label: 'More', kind: 'text', required: true } as const;
      expect(withChoice({ label: 'Agreed', evidence: [...(aligned?.evidence ?? []), more] })).toEqual([]);
    });

    it('and is refused where an answer is gone, or part of one, or means another thing', () => {
      const evidence = aligned?.evidence ?? [];
      expect(withChoice({ id: 'agreed' })).toEqual([
        `"Align the success plan" was answered "${aligned?.label}", an answer that is gone.`,
      ]);
      expect(withChoice({ evidence: evidence.filter(({ name }) => name !== 'plan') })).toEqual([
        `"Align the success plan" was answered "${aligned?.label}", and "The plan, or a link to it" is gone from that answer.`,
      ]);
      const links = evidence.map((field) => (field.name === 'plan' ? { ...field, kind: 'link' as const } : field));
      expect(withChoice({ evidence: links })).toEqual([
        `"Align the success plan" was answered "${aligned?.label}", and "The plan, or a link to it" is another kind of field today.`,
      ]);
    });
  });

  it('is refused where a meeting that is planned goes by another id today', () => {
    const evidence = { meetingAt: '2026-11-24T09:00:00Z', minutes: 30 };
    const planned = handoffRecord({
      steps: [stepRecord('schedule-internal-meeting', { decided: { choice: 'scheduled', evidence } })],
    });
    expect(problems(withStep('schedule-internal-meeting', { plans: 'kickoff' }), planned)).toEqual([
      '"Schedule the internal handoff meeting" has planned the meeting "internal-meeting", which it does not plan today.',
    ]);
  });

  it('is refused where whoever decides on an exception is chased by a ladder with other rungs today', () => {
    const exceptions = [
      {
        by: anna,
        at,
        askedAt: at,
        dueAt: '2026-11-23T15:00:00Z',
        because: 'x',
        reason: 'x',
        reviewer: ruth,
        paths: ['contract.termMonths' as const],
      },
    ];
    const asking = handoffRecord({
      state: { packageComplete: false },
      steps: [stepRecord('complete-package', { owner: anna, exceptions })],
    });
    const review = { within: '24 hours', ladder: 'package' } as const;
    expect(problems(withStep('complete-package', { review }), asking)).toEqual([
      '"Complete the handoff package" is open, and somebody decides on an exception of it by a ladder that has other rungs today: mails might go out twice, or not at all.',
    ]);
    expect(problems(withStep('complete-package', { review: { ...review, ladder: 'until-settled' } }), asking)).toEqual(
      [],
    );
  });

  it('is safe for another ladder of what is only offered, and never climbed', () => {
    const offered = handoffRecord({
      steps: [
        stepRecord('confirm-handoff', { decided: { choice: 'confirmed' } }),
        stepRecord('share-remarks', { owner: anna }),
      ],
    });
    expect(problems(withStep('share-remarks', { ladder: 'package' }), offered)).toEqual([]);
  });

  it('is refused where today’s rules would end it at once', () => {
    expect(problems({ ...playbook, abandonAfter: '1 day' })).toEqual([
      "Today's rules abandon it 1 day after closed won, which has passed.",
    ]);
    expect(problems({ ...playbook, abandonAfter: '60 days' })).toEqual([]);
  });

  it('is refused when the handoff has ended', () => {
    expect(problems(playbook, handoffRecord({ state: { status: 'complete' } }))).toEqual([
      'The handoff has ended: it is complete.',
    ]);
  });

  it('asks a package that is still open for more', () => {
    const filling = handoffRecord({ state: { packageComplete: false }, steps: [stepRecord('complete-package')] });
    const fields = { ...playbook.fields, 'technicalRequirements.dataAgreementSigner': { required: true } };
    expect(problems({ ...playbook, fields }, filling)).toEqual([]);
  });
});
