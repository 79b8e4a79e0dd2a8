import { describe, expect, it } from 'vitest';
import { parseDealEvent } from '../../../../functions/domain/deal/deal.ts';
import { refusalInCrm } from '../../../../infra/local/console/crm-refusal.ts';
import { dealEvent } from '../../../support/deals.ts';

const saidOf = (changed: Readonly<Record<string, unknown>>): readonly string[] => {
  const parsed = parseDealEvent(dealEvent(changed));
  return 'refused' in parsed ? parsed.refused.map((refusal) => refusalInCrm(refusal, 'HubSpot')) : [];
};

describe('a deal that Handoff refuses', () => {
  it.each([
    [{ accountExecutive: '' }, 'The deal has no owner. Set one in HubSpot.'],
    [{ accountExecutive: 'Anna' }, "The deal's owner has no email address that works. Correct it in HubSpot."],
    [{ customer: {} }, 'The deal has no company. Add one in HubSpot.'],
    [
      { customer: { name: 'N'.repeat(300) } },
      "The name of the deal's company can't be used. Shorten or correct it in HubSpot.",
    ],
    [{ closedWonAt: undefined }, "The deal doesn't say when it was won. Set its close date in HubSpot."],
    [{ closedWonAt: '1999-01-01' }, "The deal's close date is over a year away, or no date. Correct it in HubSpot."],
    [{ wonEpisode: 'x' }, `The deal's wonEpisode is not usable: "x". Correct it in HubSpot.`],
  ])('is told of as something to do in the CRM: %j', (changed, said) => {
    expect(saidOf(changed)).toEqual([said]);
  });
});
