import { describe, expect, it } from 'vitest';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { ladderLines } from './wording-of-rules.ts';

describe('the ladders of the SOP', () => {
  it('standard: owner, their manager, revenue operations, a business day apart; then stalled, nagged weekly (S4, P)', () => {
    expect(ladderLines(playbook.ladders.standard)).toEqual([
      'warn: 4 hours before due, to owner',
      'breach: 0 hours after due, to owner',
      'escalate: 1 business day after due, to owner, manager',
      'escalate: 2 business days after due, to owner, revenueOperations',
      'stall: 3 business days after due, to owner, manager, revenueOperations',
      'nag every 7 days',
    ]);
  });

  it('package: warned at the end of the signing day, reminded after 24 hours (S0–S4)', () => {
    expect(ladderLines(playbook.ladders.package)).toEqual([
      'warn: same day after closedWon, to owner',
      'remind: 24 hours after closedWon, to owner',
      'breach: 0 hours after due, to owner',
      'escalate: 1 business day after due, to owner, manager',
      'escalate: 2 business days after due, to owner, revenueOperations',
      'stall: 3 business days after due, to owner, manager, revenueOperations',
      'nag every 7 days',
    ]);
  });

  it('follow-up: the same rungs, then unanswered', () => {
    expect(ladderLines(playbook.ladders['follow-up'])).toEqual([
      'warn: 4 hours before due, to owner',
      'breach: 0 hours after due, to owner',
      'escalate: 1 business day after due, to owner, manager',
      'escalate: 2 business days after due, to owner, revenueOperations',
      'unanswered 3 business days after due',
    ]);
  });

  it('patient: nobody is chased', () => {
    expect(ladderLines(playbook.ladders.patient)).toEqual(['unanswered 0 hours after due']);
  });

  it('a handoff with a step still open 350 days after closed won is abandoned', () => {
    expect(playbook.abandonAfter).toBe('350 days');
  });

  it('a link works for 30 days', () => {
    expect(playbook.linkDays).toBe(30);
  });
});
