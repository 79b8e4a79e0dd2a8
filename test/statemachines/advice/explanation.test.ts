import { describe, expect, it } from 'vitest';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { explain } from '../../../statemachines/advice/explanation.ts';
import { explanationText } from '../../../statemachines/advice/explanation-text.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { roster, sampleDeal } from '../../support/deals.ts';
import { calendarOf } from '../../support/handoff-record.ts';
import { asking, twoSteps, withSteps } from './two-steps.ts';

const deal = sampleDeal('incomplete');

const explained = (playbook: Playbook, over: Partial<Parameters<typeof explain>[0]> = {}) =>
  explain({
    playbook,
    deal,
    notes: [],
    roster: roster(),
    at: deal.closedWonAt,
    calendarOf,
    defaultZone: 'UTC',
    answers: 'when due',
    ...over,
  });

const text = (playbook: Playbook, over: Partial<Parameters<typeof explain>[0]> = {}): string =>
  explanationText(explained(playbook, over), deal.closedWonAt);

describe('the explanation of a deal', () => {
  it('says which answers open a follow-up', () => {
    const { steps } = explained(playbook);
    const otherwise = steps.flatMap(({ asks }) => asks?.otherwise ?? []);
    expect(otherwise).toContain(
      'A no to "Are all key contacts identified?" opens the follow-up "Find the missing key contacts", due within 5 business days.',
    );
    expect(otherwise).toContain(
      '"Not yet", said for the last time, opens the follow-up "Reach first value", due within 15 days.',
    );
  });

  it('says which variant applies, and what fell back', () => {
    const { segment, notes } = explained(twoSteps);
    expect(segment).toBe('all');
    expect(notes).toEqual([
      'The segment "standard" is not in the playbook: treated as all.',
      'The playbook has no rules of its own for the industry "Retail": the general ones apply.',
    ]);
  });

  it('says what the package lacks, and who is assigned and why', () => {
    const { package: pkg, people } = explained(twoSteps);
    expect(pkg.complete).toBe(false);
    expect(pkg.gaps).toContain('Contract: Term length');
    expect(people.find(({ role }) => role === 'customerSuccessManager')).toMatchObject({ who: 'Lena Vogt' });
    expect(people.find(({ role }) => role === 'salesManager')).toEqual({
      role: 'salesManager',
      who: 'Klaus Brandt',
      because: 'Manages Anna Keller.',
    });
  });

  it('says why somebody holds each of two roles', () => {
    const ruth = 'ruth.lindqvist@example.com';
    const led = roster().map((person) => (person.role === 'accountExecutive' ? { ...person, manager: ruth } : person));
    const { people } = explained(twoSteps, { roster: led });
    const because = (of: string) => people.find(({ role, who }) => role === of && who === 'Ruth Lindqvist')?.because;
    expect(because('salesManager')).toBe('Manages Anna Keller.');
    expect(because('revenueOperations')).toBe('The first in the roster.');
  });

  it('says how managers hear of escalations, and when', () => {
    expect(text(twoSteps)).toContain('Escalations: managers and revenue operations get an email for each.');
    const digested = text({ ...twoSteps, escalations: 'digest' });
    expect(digested).toContain('Escalations: managers and revenue operations read of them in their next daily digest;');
    expect(digested).toContain('Wed, Nov 25, 5 PM Berlin time  escalation → Anna Keller (owner)');
    expect(digested).toContain('9:05 AM Berlin time  escalation in the daily digest → Klaus Brandt (manager)');
  });

  it('tells each step with its sentence, and who is mailed when nobody acts, to the end', () => {
    expect(text(twoSteps)).toContain(
      `Write the summary (write-summary)
  Anna Keller (accountExecutive) is asked Fri, Nov 20, 4 PM Berlin time
  due Tue, Nov 24, 5 PM Berlin time: close of business, 2 business days after Fri, Nov 20, 4 PM (closed won), weekend skipped
  When nobody acts:
    Tue, Nov 24, 1 PM Berlin time  warning → Anna Keller (owner)
    Tue, Nov 24, 5 PM Berlin time  overdue → Anna Keller (owner)
    Wed, Nov 25, 5 PM Berlin time  escalation → Anna Keller (owner) and Klaus Brandt (manager)
    Wed, Dec 2, 5 PM Berlin time  still stalled → Anna Keller (owner), Klaus Brandt (manager), and Ruth Lindqvist (revenueOperations), and again every 7 days
    Fri, Nov 5, 2027, 4 PM Berlin time  the handoff is abandoned, and its people are told`.replace(
        'revenue operations',
        'revenueOperations',
      ),
    );
  });

  it('takes steps as done when they are due, one after the other, and says so', () => {
    const said = text(twoSteps);
    expect(said).toContain('Assumed: each step is done at the moment it is due');
    expect(said).toContain('(name-reader): left out, because Lena Vogt holds that role already.');
    expect(said).toContain('Lena Vogt (customerSuccessManager) is asked Tue, Nov 24, 5 PM Berlin time');
    expect(said).toContain('The handoff is complete Fri, Nov 27, 5 PM Berlin time.');
  });

  it('takes nobody to act where it is asked to, and stops where the flow does', () => {
    const said = text(twoSteps, { answers: 'never' });
    expect(said).toContain('Assumed: nobody ever acts.');
    expect(said).toContain('(read-summary): not reached: "Write the summary" stays open, and this comes after it.');
    expect(said).toContain('The handoff does not become complete');
  });

  it('goes on after a step that ends unanswered', () => {
    const soft = { ...twoSteps.ladders['kind'], afterwards: { unansweredAfterDue: '2 business days' } } as const;
    const playbook = { ...twoSteps, ladders: { kind: { rungs: [], ...soft } } };
    expect(text(playbook, { answers: 'never' })).toContain('The handoff is complete Tue, Dec 1, 5 PM Berlin time.');
  });

  it('tells when the system writes of itself, and to whom, and the renewal reminder', () => {
    const playbook = withSteps(
      {
        'write-summary': asking('accountExecutive', {
          title: 'Write the summary',
          marks: 'introductionSent',
          announce: { say: 'handoff-confirmation', state: 'Tell' },
        }),
        close: {
          kind: 'tell',
          title: 'Close',
          tell: 'close',
          tells: [
            { say: 'availability-closes', state: 'Tell it', opens: { after: 'introductionSent', within: '14 days' } },
          ],
          sources: [],
        },
        remind: {
          kind: 'tell',
          title: 'Remind',
          tell: 'remind',
          by: 'scheduler',
          tells: [{ say: 'renewal-reminder', state: 'Remind', opens: { after: 'renewalDate', within: '-90 days' } }],
          sources: [],
        },
      },
      { flow: ['write-summary', 'close', 'remind'] },
    );
    const said = text(playbook);
    expect(said).toContain('Then: the confirmation → Anna Keller');
    expect(said).toContain(
      'Tue, Dec 8, 5 PM Berlin time  the note that availability closes → Anna Keller and Lena Vogt',
    );
    expect(said).toMatch(/The renewal reminder goes to Lena Vogt and Anna Keller .* 2027/);
  });

  it('names everybody whom an invitation invites, also who is asked for nothing', () => {
    const meeting = playbook.meetings['internal-meeting'];
    const who = ['customerSuccessManager', 'accountExecutive', 'successManager'] as const;
    const meetings = { ...playbook.meetings, 'internal-meeting': { ...meeting, who } };
    const { steps } = explained({ ...playbook, meetings });
    const [invitation] = steps.flatMap(({ tells }) => tells.filter(({ say }) => say === 'internal-meeting-invitation'));
    expect(invitation?.to).toEqual(expect.arrayContaining(['Lena Vogt', 'Anna Keller', 'Daniel Weiss']));
  });

  it('says how often it asks again, and writes again, as people say it', () => {
    const repeat = { choice: 'done', every: '1 business day', times: 2, from: 'answer', within: '4 hours' } as const;
    const { kind } = twoSteps.ladders;
    const ladders = { kind: { rungs: kind?.rungs ?? [], afterwards: { nagEvery: '1 day' } } } as const;
    const said = text({ ...withSteps({ 'read-summary': asking('customerSuccessManager', { repeat }) }), ladders });
    expect(said).toContain('"Done", or no answer, asks again every business day, 2 times in all.');
    expect(said).toMatch(/still stalled → .*, and again every day/);
  });

  it('reminds of the renewal whoever is named on the way, and nobody where nobody acts', () => {
    const why = { since: '2026-11-01T09:00:00Z', why: 'mailbox does not exist' };
    const unreached = roster().map((person) =>
      person.role === 'customerSuccessManager' ? { ...person, unreachable: why } : person,
    );
    const reminded = (answers: 'when due' | 'never') =>
      explained(playbook, { roster: unreached, answers }).reminders.map(({ to }) => to);
    expect(reminded('when due')).toEqual([['Lena Vogt', 'Anna Keller']]);
    expect(reminded('never')).toEqual([['Anna Keller']]);
  });

  it('asks a stand-in for whoever is away, and says in whose place', () => {
    const away = roster().map((person) =>
      person.email === 'anna.keller@example.com'
        ? { ...person, availability: { ...person.availability, away: [{ from: '2026-11-16', to: '2026-12-18' }] } }
        : person,
    );
    expect(text(twoSteps, { roster: away })).toContain('in place of Anna Keller, who is not there) is asked');
  });
});
