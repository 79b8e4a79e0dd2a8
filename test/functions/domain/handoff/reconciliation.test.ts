import { describe, expect, it } from 'vitest';
import {
  type DealInCrm,
  type DealInRecords,
  type Difference,
  differenceKey,
  differenceOf,
  withoutMassStops,
} from '../../../../functions/domain/handoff/reconciliation.ts';

const window = { since: '2026-11-15T00:00:00Z', at: '2026-11-20T15:00:00Z' };

type Named = Extract<DealInCrm, { readonly name: string }>;
const won: Named = {
  phase: 'won',
  name: 'Nordwind',
  stage: 'Closed Won',
  wonAt: '2026-11-18T10:00:00Z',
  changedAt: '2026-11-18T10:00:00Z',
  accountExecutive: 'anna@example.com',
  refused: [],
};
const open: DealInRecords = {
  handoffId: 'D-1',
  status: 'open',
  toldOwner: 'anna@example.com',
  owner: 'anna@example.com',
};
const between = (crm: DealInCrm, ours?: DealInRecords, heard?: string) =>
  differenceOf({ dealId: 'D', crm, ...(ours && { ours }), ...(heard !== undefined && { heard }) }, window);

describe('a deal that is won in the CRM', () => {
  it('differs in nothing from the handoff it has', () => {
    expect(between(won, open)).toBeUndefined();
    expect(between(won, { ...open, status: 'complete' })).toBeUndefined();
    expect(between({ ...won, accountExecutive: 'ben@example.com' }, { ...open, status: 'complete' })).toBeUndefined();
  });

  it.each([
    [undefined, 'We never heard of it.'],
    ['won', 'We heard that it was won, and the event was lost on its way.'],
    ['proposed', 'The last we heard of it was that it is proposed.'],
  ])('and has no handoff gets one, and it is said why it had none (%s)', (heard, why) => {
    expect(between(won, undefined, heard)).toMatchObject({
      kind: 'won without a handoff',
      wrong: `The deal was won at 2026-11-18 10:00 UTC and has no handoff. ${why}`,
      says: 'say that it was won',
    });
  });

  it('gets none where the stage leaves it out, unless one had begun before it was deleted and restored', () => {
    const leftOut = { ...won, isLeftOut: true };
    const stopped: DealInRecords = { ...open, status: 'cancelled', endedBy: 'crm', endedAt: '2026-11-19T10:00:00Z' };
    expect(between(leftOut, undefined, 'left out')).toBeUndefined();
    expect(between(leftOut, undefined, 'gone')).toBeUndefined();
    expect(between(leftOut, stopped, 'left out')).toBeUndefined();
    expect(between(leftOut, stopped, 'gone')).toMatchObject({ says: 'say that it was won' });
  });

  it('says why its event was refused, where it can begin now', () => {
    const refusedBefore = [{ field: 'detail.accountExecutive', problem: 'is missing', remedy: 'Send it.' }];
    expect(differenceOf({ dealId: 'D', crm: won, heard: 'won', refusedBefore }, window)).toMatchObject({
      kind: 'won without a handoff',
      wrong:
        'The deal was won at 2026-11-18 10:00 UTC and has no handoff. We heard that it was won, and refused it: accountExecutive is missing. Now it can begin.',
      says: 'say that it was won',
    });
  });

  it('is left alone when it was won before, or just now', () => {
    expect(between({ ...won, wonAt: '2026-11-14T23:00:00Z' })).toBeUndefined();
    expect(between({ ...won, wonAt: '2026-11-12' })).toBeUndefined();
    expect(between({ ...won, wonAt: '2026-11-14' })?.kind).toBe('won without a handoff');
    expect(between({ ...won, changedAt: '2026-11-20T14:50:00Z' })).toBeUndefined();
  });

  it('is reported when nobody knows when it was won, or its event would be refused', () => {
    const { wonAt: _, ...undated } = won;
    expect(between(undated)).toMatchObject({
      kind: 'cannot begin',
      wrong: expect.stringContaining('does not say when'),
    });
    const refused = [{ field: 'detail.accountExecutive', problem: 'is missing', remedy: 'Send the mail address.' }];
    const reported = between({ ...won, wonAt: '2026-11-18', refused });
    expect(reported).toEqual({
      ...{ kind: 'cannot begin', dealId: 'D', name: 'Nordwind' },
      wrong: 'The deal was won on 2026-11-18 and has no handoff: accountExecutive is missing.',
      mend: 'Send the mail address.',
    });
  });

  it('begins once more when the CRM stopped it and then won it again', () => {
    const stopped: DealInRecords = {
      ...open,
      status: 'cancelled',
      endedBy: 'crm',
      endedAt: '2026-11-17T00:00:00Z',
    };
    expect(between(won, stopped)).toMatchObject({ kind: 'won without a handoff', says: 'say that it was won' });
    const before = between({ ...won, wonAt: '2026-11-16T10:00:00Z' }, stopped);
    expect(before?.kind).toBe('won again, perhaps');
    expect(before?.says).toBeUndefined();
    expect(between(won, { ...open, status: 'called off' })?.kind).toBe('won again, perhaps');
  });

  it('stays without a handoff when a person canceled that', () => {
    const canceled: DealInRecords = {
      ...open,
      status: 'cancelled',
      endedBy: 'ruth@example.com',
      endedAt: '2026-11-17T00:00:00Z',
    };
    expect(between(won, canceled)).toBeUndefined();
  });
});

describe('a handoff that was stopped when its deal was deleted', () => {
  const stopped = { ...open, status: 'cancelled', endedBy: 'crm', endedAt: '2026-11-19T00:00:00Z' } as const;

  it('begins anew where the deal is there again with the signature that it had', () => {
    for (const wonAt of ['2026-11-18T10:00:00Z', '2026-11-18']) {
      const found = between({ ...won, wonAt }, stopped, 'gone');
      expect(found).toMatchObject({ kind: 'won without a handoff', says: 'say that it was won' });
      expect(found?.wrong).toContain('deleted there, and restored since');
    }
  });

  it('is left to people where it was not heard of as deleted, with what can be done in any CRM', () => {
    const found = between({ ...won, wonAt: '2026-11-18' }, stopped, 'lost');
    expect([found?.kind, found?.says]).toEqual(['won again, perhaps', undefined]);
    expect(found?.mend).toContain('move it out of the won stage there and back again');
  });
});

describe('an open handoff', () => {
  it.each(['lost', 'early', 'proposed'] as const)('is stopped when its deal is %s', (phase) => {
    const crm: DealInCrm = { ...won, phase, stage: 'Closed Lost' };
    expect(between(crm, open, 'won')).toMatchObject({ kind: 'no longer won', says: 'say that it is won no more' });
    expect(between(crm, { ...open, status: 'waiting' }, 'won')?.says).toBe('say that it is won no more');
    expect(between(crm, { ...open, status: 'cancelled' }, 'won')).toBeUndefined();
    const another = between(crm, open);
    expect([another?.kind, another?.says]).toEqual(['no longer won', undefined]);
    expect(between(crm)).toBeUndefined();
  });

  it('is only reported when the CRM no longer shows its deal', () => {
    const crm = { phase: 'gone', because: 'It was deleted.' } as const;
    const reported = between(crm, open, 'won');
    expect(reported?.kind).toBe('not found in the CRM');
    expect(reported?.says).toBeUndefined();
    expect(between(crm, undefined, 'won')).toBeUndefined();
    // A deal that the CRM never told of may come from somewhere else.
    expect(between(crm, open)).toBeUndefined();
  });

  it('goes on with the deal that its own became part of, whether it is open or has ended', () => {
    const crm = { phase: 'merged', into: 'E' } as const;
    const says = { kind: 'merged', says: 'say that it was merged', into: 'E' };
    expect(between(crm, open, 'won')).toMatchObject({ ...says, handoffId: open.handoffId });
    expect(between(crm, { ...open, status: 'complete' }, 'won')).toMatchObject(says);
    expect(between(crm, undefined, 'proposed')).toMatchObject(says);
    expect(between(crm, open)).toBeUndefined();
  });

  it('changes owner with the deal, and is reported when it was reassigned here', () => {
    const crm: DealInCrm = { ...won, accountExecutive: 'ben@example.com' };
    expect(between(crm, open)).toMatchObject({ kind: 'owner differs', says: 'say what changed' });
    const { accountExecutive: _, ...nobody } = won;
    expect(between(nobody, open)).toBeUndefined();
    const handed = between(won, { ...open, owner: 'cem@example.com' });
    expect(handed).toMatchObject({
      kind: 'owner differs',
      mend: expect.stringContaining('reassigned it in the handoff'),
    });
    expect(handed?.says).toBeUndefined();
  });
});

describe('many deals that seem lost at once', () => {
  const lost = (count: number): Difference[] =>
    Array.from({ length: count }, (_, i) => ({
      ...{ kind: 'no longer won', dealId: `D${i}`, wrong: 'w', mend: 'm' },
      says: 'say that it is won no more',
    }));
  const changed: Difference = { kind: 'owner differs', dealId: 'E', wrong: 'w', mend: 'm', says: 'say what changed' };
  const saying = (differences: readonly Difference[], among: number) =>
    withoutMassStops(differences, among).map(({ says }) => says);

  it('stop no handoff', () => {
    expect(saying(lost(3), 3)).toEqual(lost(3).map(({ says }) => says));
    expect(saying([...lost(4), changed], 40)).toEqual([...lost(4), changed].map(({ says }) => says));
    expect(saying([...lost(4), changed], 19)).toEqual([undefined, undefined, undefined, undefined, 'say what changed']);
    expect(withoutMassStops(lost(4), 10)[0]?.mend).toContain('4 of 10 open handoffs look so');
  });

  it('are each told by a key of their own', () => {
    expect(new Set(lost(4).map(differenceKey)).size).toBe(4);
    expect(differenceKey(changed)).toBe(differenceKey({ ...changed, mend: 'other' }));
  });
});
