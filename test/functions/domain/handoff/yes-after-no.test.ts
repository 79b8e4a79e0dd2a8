import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { itemsToOpen } from '../../../../functions/domain/handoff/items-to-open.ts';
import { measuresOf } from '../../../../functions/domain/handoff/measures.ts';
import { planOf } from '../../../../functions/domain/handoff/standing-plan.ts';
import { ruleIn } from '../../../../functions/domain/handoff/step-rule.ts';
import { announcementMessage } from '../../../../functions/domain/messages/announcement.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import { renderMail } from '../../../../functions/mails/render-mail.ts';
import { playbook } from '../../../../statemachines/playbooks/default.ts';
import {
  anna,
  calendarOf,
  handoffRecord,
  klaus,
  lena,
  people,
  type StepOverrides,
  site,
  stepRecord,
} from '../../../support/handoff-record.ts';

const item = 'settle-open-item-1';
const saidNo = '2027-01-20T09:00:00Z';
const settledAt = '2027-02-01T09:00:00Z';
const at = '2027-03-01T09:00:00Z';

/** A handoff in which the last answer to a step was no. */
const withNo = (step: string, choice: string): HandoffRecord => ({
  ...handoffRecord({
    steps: [stepRecord(step, { owner: lena, round: 3, decided: { choice, by: lena, at: saidNo, evidence: {} } })],
  }),
  playbook: freezePlaybook(playbook, { segment: 'standard' }),
});

/** The same once the open item has come to an end; `known`: what it kept of the answer that it becomes. */
function ended(
  record: HandoffRecord,
  decided: NonNullable<StepOverrides['decided']>,
  { known = true } = {},
): HandoffRecord {
  const [toOpen] = itemsToOpen(record);
  if (!toOpen) throw new Error('Nothing is to be opened.');
  const { owner, settledAs, ...rest } = toOpen;
  const opened = { ...rest, openedAt: saidNo, ...(known && settledAs !== undefined && { settledAs }) };
  const { [item]: step } = handoffRecord({
    steps: [stepRecord(item, { owner, decided: { by: lena, at: settledAt, ...decided } })],
  }).steps;
  return { ...record, steps: { ...record.steps, ...(step && { [item]: { ...step, item: opened } }) } };
}

const never = withNo('record-first-value', 'not-yet');
const reached = {
  choice: 'settled',
  evidence: { heldAt: '2027-01-28T09:00:00Z', onboardingComplete: true, retro: 'Two trainings did it.' },
};
const told = (record: HandoffRecord) =>
  announcementMessage({ record, say: 'first-value', people, at, site, calendarOf });

describe('an open item that a yes settles', () => {
  it('asks what that answer asks, under its name, and for the reason where it is given up', () => {
    const { choices } = ruleIn(ended(never, reached), item);
    expect(choices.map(({ id, label, evidence }) => [id, label, ...evidence.map(({ name }) => name)])).toEqual([
      ['settled', 'They have reached it', 'heldAt', 'onboardingComplete', 'retro'],
      ['not-possible', 'It is not possible', 'reason'],
    ]);
  });

  it('counts from when it came about, with what it proves', () => {
    const { closedWonAt } = never.deal;
    const days = (Date.parse('2027-01-28T09:00:00Z') - Date.parse(closedWonAt)) / 86_400_000;
    expect(measuresOf(never, at).daysToFirstValue).toBeUndefined();
    expect(measuresOf(never, at).onboardingComplete).toBeUndefined();
    expect(measuresOf(ended(never, reached), at)).toMatchObject({
      daysToFirstValue: Math.round(days * 100) / 100,
      onboardingComplete: true,
    });
  });

  it('tells what the step tells: first value, to the account executive and their manager', () => {
    expect(told(never)).toEqual({ nothing: '"Record the first value" is not done yet.' });
    const announced = told(ended(never, reached));
    if ('nothing' in announced) throw new Error(announced.nothing);
    expect(announced.to.map(({ email }) => email)).toEqual([anna, klaus]);
    const text = renderMail(announced.message, { site }).text.replace(/\s+/g, ' ');
    expect(text).toContain('Nordwind Logistik reached their first milestone on Thu, Jan 28, 72 days after signing.');
    expect(text).toContain('Two trainings did it.');
  });

  it('changes nothing when it is given up', () => {
    const lost = ended(never, { choice: 'not-possible', evidence: { reason: 'They left.' } });
    expect(told(lost)).toEqual({ nothing: '"Record the first value" is not done yet.' });
    expect(measuresOf(lost, at).daysToFirstValue).toBeUndefined();
  });

  it('keeps the plan as the customer wanted it', () => {
    const record = withNo('align-success-plan', 'changes-wanted');
    expect(planOf(ended(record, { choice: 'settled', evidence: { plan: 'Bremen first.' } }))).toMatchObject({
      text: 'Bremen first.',
      edited: { by: lena, at: settledAt },
    });
    expect(measuresOf(ended(record, { choice: 'settled', evidence: {} }), at).success.clientAgreed).toBe(true);
  });
});

describe('an open item from before that, or of a playbook without it', () => {
  const settled = { choice: 'settled', evidence: { outcome: 'They print labels.' } };
  const record = ended(never, settled, { known: false });

  it('asks what came of it, and counts from when it was settled', () => {
    expect(ruleIn(record, item).choices[0]?.evidence.map(({ name }) => name)).toEqual(['outcome']);
    const days = (Date.parse(settledAt) - Date.parse(never.deal.closedWonAt)) / 86_400_000;
    expect(measuresOf(record, at).daysToFirstValue).toBe(Math.round(days * 100) / 100);
    expect(told(record)).toHaveProperty('nothing');
  });
});
