import { describe, expect, it } from 'vitest';
import { askStep } from '../../functions/domain/playbook/playbook.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';

const { 'internal-meeting': internal, kickoff } = playbook.meetings;

describe('the meetings of the SOP', () => {
  it.each([
    ['internal-meeting', 'schedule-internal-meeting', 'hold-internal-meeting'],
    ['kickoff', 'schedule-kickoff', 'hold-kickoff'],
  ])('%s is planned by %s and reported by %s', (meeting, planning, holding) => {
    expect(askStep(playbook, planning).plans).toBe(meeting);
    expect(askStep(playbook, holding).holds).toBe(meeting);
  });

  it('the internal meeting takes 30 minutes, 15 to 30 (S0–S2, S4)', () => {
    expect(internal.minutes).toEqual({ usual: 30, least: 15, most: 30 });
  });

  it('the internal meeting is for the customer success manager and the account executive', () => {
    expect(internal.who).toEqual(['customerSuccessManager', 'accountExecutive']);
    expect(internal.withCustomer).toBeUndefined();
  });

  it('the internal meeting passes over none of the four pillars (S2)', () => {
    expect(internal.agenda.map(({ pillar }) => pillar)).toEqual(['context', 'relationships', 'goals', 'risks']);
  });

  it('the kickoff takes an hour, 15 minutes to 3 hours', () => {
    expect(kickoff.minutes).toEqual({ usual: 60, least: 15, most: 180 });
  });

  it('the kickoff is held with the customer (S0, S1)', () => {
    expect(kickoff.withCustomer).toBe(true);
    expect(kickoff.who).toEqual(['customerSuccessManager', 'accountExecutive']);
  });
});
