import { describe, expect, it } from 'vitest';
import { lastWonDeals } from '../../../../infra/commands/score/crm-deals.ts';
import { crmWith, wonDeal } from '../../../support/crm-double.ts';

const wonOn = (dealId: string, day: number, more: { leftOut?: string } = {}) =>
  wonDeal(dealId, { wonAt: `2026-11-${day}T10:00:00Z`, ...more });

describe('the deals that the CRM won last', () => {
  it('are as many as were asked for, without those that the stage leaves out', async () => {
    const renewal = { leftOut: 'Its dealtype is "renewal".' };
    const crm = crmWith([wonOn('A', 10), wonOn('B', 11), wonOn('C', 12, renewal), wonOn('D', 13)]);
    const { deals } = await lastWonDeals(crm, { since: '2026-11-01T00:00:00Z', last: 2 });
    expect(deals.map(({ dealId }) => dealId)).toEqual(['D', 'B']);
  });
});
