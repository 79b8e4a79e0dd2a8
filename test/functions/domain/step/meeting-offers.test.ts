import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { type AskStep, askStep, type Capacity } from '../../../../functions/domain/playbook/playbook.ts';
import {
  fieldsOfAction,
  liveMeeting,
  meetingsAhead,
  offeredMeetingActions,
} from '../../../../functions/domain/step/meeting-offers.ts';
import { anna, daniel, handoffRecord, lena, linkTo, ruth, stepRecord } from '../../../support/handoff-record.ts';

const at = '2026-11-23T11:00:00Z';
const meetingAt = '2026-11-26T13:00:00Z';
const planning = stepRecord('schedule-kickoff', {
  decided: { choice: 'scheduled', evidence: { meetingAt, minutes: 60, recipients: ['guest@customer.example'] } },
});
const holding = stepRecord('hold-kickoff');
const planned = handoffRecord({ steps: [planning, holding] });
const standIn = 'jonas.hartmann@example.com';

const offered = (record: HandoffRecord, person: string, as: Capacity, step = 'schedule-kickoff') =>
  offeredMeetingActions(record, linkTo(step, person, as), at)?.actions ?? [];

const both = ['move-meeting', 'call-off-meeting'];

describe('what somebody may do about a meeting', () => {
  it.each<[string, string, Capacity, string, readonly string[]]>([
    ['the host', lena, 'owner', 'schedule-kickoff', both],
    ['the host, once they report', lena, 'owner', 'hold-kickoff', both],
    ['the other one', anna, 'reader', 'schedule-kickoff', both],
    ['a manager', daniel, 'manager', 'schedule-kickoff', both],
    ['a manager of the report', daniel, 'manager', 'hold-kickoff', both],
    ['revenue operations', ruth, 'revenueOperations', 'hold-kickoff', both],
    ['somebody who was told', daniel, 'reader', 'hold-kickoff', []],
    ['a reviewer', ruth, 'reviewer', 'schedule-kickoff', []],
    ['who was owner before', standIn, 'owner', 'schedule-kickoff', []],
    ['who was owner of the report before', standIn, 'owner', 'hold-kickoff', []],
    ['who takes part, on any page of theirs', lena, 'owner', 'map-stakeholders', both],
    ['nobody else, of a step without a meeting', daniel, 'manager', 'map-stakeholders', []],
  ])('is so for %s', (_, person, as, step, actions) => {
    const record = { ...planned, steps: { ...planned.steps, 'map-stakeholders': stepRecord('map-stakeholders') } };
    expect(offered(record, person, as, step)).toEqual(actions);
  });

  it('is nothing while no meeting is planned, once it was called off, reported on or skipped, or the handoff has ended', () => {
    const stands = liveMeeting(planned, 'schedule-kickoff', at)?.stands;
    if (!stands) throw new Error('The kickoff should be planned.');
    const held = stepRecord('hold-kickoff', { decided: { choice: 'held', evidence: { heldAt: meetingAt } } });
    const skipped = stepRecord('hold-kickoff', { decided: { choice: 'skipped', evidence: { reason: 'x' } } });
    const closed: readonly HandoffRecord[] = [
      handoffRecord({ steps: [stepRecord('schedule-kickoff')] }),
      handoffRecord({ steps: [planning, held] }),
      handoffRecord({ steps: [planning, skipped] }),
      handoffRecord({ steps: [planning, holding], state: { status: 'cancelled' } }),
      { ...planned, meetings: { kickoff: { ...stands, status: 'off', sequence: 1 } } },
    ];
    for (const record of closed)
      for (const as of ['owner', 'manager', 'revenueOperations', 'reader'] as const)
        expect(offered(record, lena, as)).toEqual([]);
  });

  it.each(['move-meeting', 'call-off-meeting'] as const)(
    'says what the customer hears where they take part: %s',
    (action) => {
      const hints = (record: HandoffRecord, step: string) =>
        fieldsOfAction(record, { link: linkTo(step, lena, 'owner'), at }, action).flatMap(({ hint }) => hint ?? []);
      const internal = stepRecord('schedule-internal-meeting', {
        decided: { choice: 'scheduled', evidence: { meetingAt, minutes: 30 } },
      });
      const among = handoffRecord({ steps: [internal, stepRecord('hold-internal-meeting')] });
      expect(hints(planned, 'schedule-kickoff').join()).toContain('The customer only');
      expect(hints(among, 'schedule-internal-meeting')).toEqual([]);
    },
  );

  it('is only to move it in a handoff whose state machine cannot lead back', () => {
    const { ifCalledOff: _, ...rule } = askStep(planned.playbook, 'hold-kickoff');
    const steps: Readonly<Record<string, AskStep>> = { 'hold-kickoff': rule };
    const record = { ...planned, playbook: { ...planned.playbook, steps: { ...planned.playbook.steps, ...steps } } };
    expect(offered(record, lena, 'owner')).toEqual(['move-meeting']);
  });

  it('is the same of a meeting that no version of its own was written of', () => {
    expect(planned.meetings).toBeUndefined();
    expect(meetingsAhead(planned, at).map(({ stands }) => stands)).toEqual([
      {
        meeting: 'kickoff',
        round: 1,
        status: 'planned',
        at: meetingAt,
        minutes: 60,
        hosts: [lena, anna],
        guests: ['guest@customer.example'],
        sequence: 0,
        by: lena,
        changedAt: '2026-11-23T10:00:00Z',
      },
    ]);
    expect(meetingsAhead(planned, '2026-11-26T14:00:00Z')).toEqual([]);
  });
});
