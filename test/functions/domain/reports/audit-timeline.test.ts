import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../../functions/domain/reports/audit-timeline.ts';
import { roster } from '../../../support/deals.ts';
import { anna, handoffRecord, klaus, lena, personAt, ruth, stepRecord } from '../../../support/handoff-record.ts';

const told = (steps: Parameters<typeof stepRecord>[], email = ruth, people = roster()) =>
  timelineOf(handoffRecord({ steps: steps.map((each) => stepRecord(...each)) }), {
    person: personAt(email),
    roster: people,
    zone: 'Europe/Berlin',
  });

const held = (evidence: Record<string, string>): Parameters<typeof stepRecord> => [
  'hold-internal-meeting',
  { decided: { choice: 'held', evidence } },
];

describe('The timeline of an audited handoff', () => {
  it('says what was entered, field by field, times in the zone asked for', () => {
    const [round] = told([held({ heldAt: '2026-11-20T13:00:00.000Z', notes: 'Two goals.\nOne risk.' })]);
    expect(round?.evidence).toEqual([
      { label: 'Held at', text: expect.stringContaining('2 PM') },
      { label: 'Outcome', text: 'Two goals.\nOne risk.' },
    ]);
  });

  it('says of the survey the score alone', () => {
    const [round] = told([['rate-handoff', { decided: { choice: 'rated', evidence: { score: 4, why: 'Sloppy.' } } }]]);
    expect(round?.evidence).toEqual([{ label: 'Score, 1 to 10', text: '4' }]);
  });

  it('names whom the reader may name, in an audit and in what was entered, and calls others by their role', () => {
    const steps = [
      held({ notes: 'Lena Vogt met ANNA KELLER <anna.keller@example.com>. Joanna Kellermann came, too.' }),
    ];
    const [byRole] = told(steps);
    expect(byRole?.decided?.by).toBe('customer success manager');
    expect(byRole?.evidence[0]?.text).toBe(
      'customer success manager met account executive <account executive>. Joanna Kellermann came, too.',
    );
    const lead = roster().map((each) => (each.email === lena ? { ...each, manager: ruth } : each));
    const [byName] = told(steps, ruth, lead);
    expect(byName?.decided?.by).toBe('Lena Vogt');
    expect(byName?.evidence[0]?.text).toMatch(/^Lena Vogt met account executive/);
    // Audits are not theirs: their own people's names aren't either.
    expect(told([['complete-package', { owner: anna, decided: { choice: 'x' } }]], klaus)[0]?.decided?.by).toBe(
      'account executive',
    );
  });

  it('calls whoever takes part by their role where their first name stands alone, but for one that others have, too', () => {
    const notes = 'Hi Anna,\nLena (copied) told me. Priya heard it, Daniel has Lena’s list, and anna knows.';
    const record = handoffRecord({ steps: [stepRecord(...held({ notes }))] });
    const shown = (...contacts: readonly string[]) =>
      timelineOf(
        { ...record, package: { stakeholders: contacts.map((name) => ({ name })) } },
        { person: personAt(ruth), roster: roster(), zone: 'UTC' },
      )[0]?.evidence[0]?.text;
    const csm = 'customer success manager';
    // Daniel reports to the reader, and Priya has no part.
    expect(shown('Mara Lindt')).toBe(
      `Hi account executive,\n${csm} (copied) told me. Priya heard it, Daniel has ${csm}’s list, and anna knows.`,
    );
    expect(shown('Lena Ostermann', 'Mara Lindt')).toBe(notes.replace('Anna', 'account executive'));
  });

  it('names in place of an address that a field holds the role, and keeps those of the customer', () => {
    const [assigned] = told([
      [
        'assign-customer-success-manager',
        { owner: ruth, decided: { choice: 'assigned', evidence: { customerSuccessManager: lena } } },
      ],
    ]);
    expect([assigned?.decided?.by, assigned?.evidence[0]?.text]).toEqual([
      personAt(ruth).name,
      'customer success manager',
    ]);
    const recipients = ['mara@nordwind.example'];
    const [introduced] = told([['introduce-customer', { decided: { choice: 'approved', evidence: { recipients } } }]]);
    expect(introduced?.evidence.map(({ text }) => text)).toContain('mara@nordwind.example');
  });

  it('calls others by the part in which they decided', () => {
    const at = '2026-11-23T10:00:00Z';
    const by = (as: 'manager' | 'revenueOperations' | 'reviewer' | 'system') => {
      const record = stepRecord('review-brief');
      const decision = { choice: 'accept', by: as === 'system' ? 'system' : anna, as, at, evidence: {} };
      const handoff = handoffRecord({ steps: [{ ...record, decision }] });
      return timelineOf(handoff, { person: personAt(ruth), roster: roster(), zone: 'UTC' })[0]?.decided?.by;
    };
    expect((['manager', 'revenueOperations', 'reviewer', 'system'] as const).map(by)).toEqual([
      'the owner’s manager',
      'revenue operations',
      'the reviewer',
      'the system',
    ]);
  });

  it('has each round by when it was decided, what was promised, and at last what never was', () => {
    const earlier = [
      {
        round: 1,
        owner: lena,
        askedAt: '2026-11-18T10:00:00Z',
        dueAt: '2026-11-19T10:00:00Z',
        because: '',
        decision: { choice: 'return', by: lena, as: 'owner' as const, at: '2026-11-19T09:00:00Z', evidence: {} },
      },
    ];
    const rounds = told([
      ['complete-package', { owner: anna, promisedAt: '2026-11-20T10:00:00Z' }],
      ['review-brief', { round: 2, earlier, decided: { choice: 'accept', at: '2026-11-23T09:00:00Z' } }],
    ]);
    expect(rounds.map(({ decided }) => decided?.label)).toEqual([
      'Return to the account executive',
      'Accept: handoff ready',
      undefined,
    ]);
    expect(rounds.map(({ promisedAt }) => promisedAt)).toEqual([undefined, undefined, '2026-11-20T10:00:00Z']);
  });
});
