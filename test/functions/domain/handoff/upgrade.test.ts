import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { upgradeProblems } from '../../../../functions/domain/handoff/upgrade.ts';
import { type AskStep, askStep, type FrozenPlaybook } from '../../../../functions/domain/playbook/playbook.ts';
import { anna, handoffRecord, stepRecord } from '../../../support/handoff-record.ts';

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
