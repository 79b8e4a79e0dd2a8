import type { CrmDeal, DealRead, DealState, WonDeals } from '../../functions/ports/crm.ts';
import { CrmUnavailable } from '../../functions/ports/errors.ts';
import { sampleEvent } from './deals.ts';
import type { OpenSystem } from './world.ts';

/** A deal that was won on November 18, 2026, as a CRM has it. */
export const wonDeal = (dealId: string, more: Partial<CrmDeal> = {}): CrmDeal => {
  const { package: pkg, customer, accountExecutive, segment, crmRecord } = sampleEvent('complete-standard').detail;
  return {
    ...{ dealId, stage: 'Closed Won', phase: 'won', wonAt: '2026-11-18T10:00:00Z', changedAt: '2026-11-18T10:00:00Z' },
    facts: { name: `Deal ${dealId}`, customer, accountExecutive, segment, crmRecord, package: pkg },
    notes: [],
    ...more,
  };
};

const stateOf = ({ dealId, stage, phase, changedAt, facts }: CrmDeal): DealState => ({
  ...{ dealId, name: String(facts['name'] ?? ''), stage, phase, changedAt },
  ...(typeof facts['accountExecutive'] === 'string' && { accountExecutive: facts['accountExecutive'] }),
});

/** A CRM with these deals, two a page; `fails`: the call that does, counted from 1. */
export function crmWith(deals: readonly CrmDeal[], { fails }: { fails?: number } = {}) {
  let calls = 0;
  const called = () => {
    calls += 1;
    if (calls === fails) throw new CrmUnavailable('The CRM answers with 503.');
  };
  return {
    calls: () => calls,
    async wonSince(from: string, next = '0'): Promise<WonDeals> {
      called();
      const won = deals.filter(({ phase, changedAt }) => phase === 'won' && changedAt >= from);
      const page = won.slice(Number(next), Number(next) + 2);
      const more = Number(next) + 2 < won.length;
      return {
        deals: page.map(({ dealId, wonAt, changedAt }) => ({
          dealId,
          name: `Deal ${dealId}`,
          changedAt,
          ...(wonAt && { wonAt }),
        })),
        ...(more && { next: String(Number(next) + 2) }),
      };
    },
    async dealStates(dealIds: readonly string[]): Promise<readonly DealState[]> {
      called();
      return deals.filter(({ dealId }) => dealIds.includes(dealId)).map(stateOf);
    },
    async readDeal(dealId: string): Promise<DealRead> {
      called();
      const deal = deals.find((each) => each.dealId === dealId);
      return deal ? { deal } : { gone: 'There is no such deal.' };
    },
  };
}

/** The CRM has told that a deal was won. */
export const hearWon = ({ world }: Pick<OpenSystem, 'world'>, dealId: string): Promise<unknown> =>
  world.seenDeals.save(dealId, { phase: 'won', facts: '', at: '2026-11-17T08:30:00Z', outbox: [] }, 0);
