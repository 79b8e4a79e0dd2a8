import { describe, expect, it } from 'vitest';
import { mergedContacts } from '../../../../functions/domain/handoff/contact-changes.ts';
import { changesAt, type SaidByCrm, takeChanges } from '../../../../functions/domain/handoff/deal-change.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { sampleDeal } from '../../../support/deals.ts';
import { anna, handoffRecord } from '../../../support/handoff-record.ts';

const deal = sampleDeal('complete-standard');
const pkg = deal.package as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const saidAt = (at: string, contract: object = {}): SaidByCrm => ({
  facts: { ...deal, package: { ...pkg, contract: { ...pkg['contract'], ...contract } } },
  at,
});

const before = saidAt('2026-11-17T08:30:00Z');
const nine = '2026-11-17T09:00:00Z';
const ten = '2026-11-17T10:00:00Z';

const recordOf = (overrides: Partial<HandoffRecord> = {}): HandoffRecord => ({
  ...handoffRecord(),
  deal,
  package: deal.package,
  packageVersion: 3,
  ...overrides,
});

const contractOf = (changed: { readonly package: unknown } | undefined) => Object(changed?.package).contract;

/** Somebody wrote of it at a moment. */
const written = (planTier: string, at: string): Partial<HandoffRecord> => ({
  package: { ...pkg, contract: { ...pkg['contract'], planTier } },
  packageHistory: { 'contract.planTier': { saved: { by: anna, at }, version: 3, marks: ['m'] } },
});

const take = (record: HandoffRecord, now: SaidByCrm) => takeChanges(record, { before, now });

describe('what the CRM changes', () => {
  it('is taken where nobody wrote of it, with what stood before', () => {
    const changed = take(recordOf(), saidAt(nine, { planTier: 'Starter' }));
    expect(contractOf(changed)).toEqual({ ...pkg['contract'], planTier: 'Starter' });
    expect(changed?.history['contract.planTier']).toEqual({
      saved: { by: 'crm', at: nine },
      version: 4,
      marks: [],
      changed: { at: nine, was: 'Professional' },
    });
  });

  it('wins over what somebody wrote before, and waits beside what they wrote after', () => {
    const now = saidAt(nine, { planTier: 'Starter' });
    const earlier = recordOf(written('Enterprise', '2026-11-17T08:45:00Z'));
    expect(contractOf(take(earlier, now)).planTier).toBe('Starter');
    const later = recordOf(written('Enterprise', ten));
    const kept = take(later, now);
    expect(contractOf(kept).planTier).toBe('Enterprise');
    expect(kept?.history['contract.planTier']?.rivals).toEqual([{ by: 'crm', at: nine, text: 'Starter' }]);
    const told = { ...later, package: kept?.package, packageHistory: kept?.history ?? {} };
    expect(changesAt(told, nine)).toEqual([
      { path: 'contract.planTier', was: 'Enterprise', now: 'Starter', keptBy: anna },
    ]);
    // Once more it is the same.
    expect(take(told, now)).toBeUndefined();
  });

  it('is nothing where it is known, was not changed by the CRM, or is said no longer', () => {
    expect(take(recordOf(), saidAt(nine))).toBeUndefined();
    const same = recordOf(written('Starter', '2026-11-17T08:45:00Z'));
    expect(take(same, saidAt(nine, { planTier: 'Starter' }))).toBeUndefined();
    // Somebody corrected the tier here; the CRM, which still has the old one, changes something else.
    const corrected = take(recordOf(written('Enterprise', '2026-11-17T08:45:00Z')), saidAt(nine, { termMonths: 36 }));
    expect(contractOf(corrected)).toMatchObject({ planTier: 'Enterprise', termMonths: 36 });
    expect(take(recordOf(), saidAt(nine, { planTier: undefined }))).toBeUndefined();
  });

  it('is the same amount however it is written', () => {
    expect(take(recordOf(), saidAt(nine, { value: '86,400 EUR' }))).toBeUndefined();
  });

  it('takes nothing back that the CRM has said since', () => {
    const newer = take(recordOf(), saidAt(ten, { planTier: 'Starter' }));
    const record = recordOf({ package: newer?.package, packageHistory: newer?.history ?? {} });
    expect(take(record, saidAt(nine, { planTier: 'Basic' }))).toBeUndefined();
  });
});

describe('contacts', () => {
  const person = (name: string, more: object = {}) => ({
    ...{ name, email: `${name.toLowerCase()}@nordwind.example`, roles: ['end user'], influence: 'low', stays: true },
    ...more,
  });
  const [mia, noah, ida] = [person('Mia'), person('Noah'), person('Ida')];

  it('come in and go as in the CRM', () => {
    expect(mergedContacts([mia, noah], [mia, noah], [mia, ida])).toEqual([mia, ida]);
  });

  it('keep what somebody here wrote of them', () => {
    const known = { ...mia, influence: 'high', notes: 'Decides late.' };
    expect(mergedContacts([known, noah], [mia, noah], [{ ...mia, name: 'Mia Berg' }, noah])).toEqual([
      { ...known, name: 'Mia Berg' },
      noah,
    ]);
    expect(mergedContacts([known], [mia], [])).toEqual([known]);
  });

  it('stay out or in where somebody here took them out or added them', () => {
    expect(mergedContacts([noah, ida], [mia, noah], [mia, noah])).toEqual([noah, ida]);
  });
});
