import { type HandoffRecord, isClosed } from '../../../functions/domain/handoff/handoff.ts';
import { stepMarking } from '../../../functions/domain/playbook/capabilities.ts';
import { putOnBus } from '../put-event.ts';
import type { SampleEvent } from '../sample-company.ts';
import type { System } from '../system.ts';
import { type PlannedDeal, shifted } from './deals.ts';

const day = 24 * 60;

/** What may become of a customer, and when after the signature: minutes. */
interface Turn {
  readonly type: string;
  readonly after: number;
  readonly amount?: number;
}

/**
 * What becomes of a customer, as far as it is drawn: whose handoff went well is likelier to stay and to buy more. Some have
 * monthly or quarterly terms, so that they renew within half a year.
 */
function turnsOf({ draws, trouble, won }: PlannedDeal): readonly Turn[] {
  const worth = Number(Object(Object(Object(won.detail['package']).contract).value).amount);
  const well = 1 - trouble;
  const onboarded = draws.chance(0.55 + 0.4 * well);
  const churns = draws.chance(0.02 + 0.28 * trouble ** 1.5);
  const expands = !churns && draws.chance(0.03 + 0.22 * well ** 2);
  const renews = !churns && draws.chance(0.25);
  const later = (from: number, to: number): number => draws.int(from * day, to * day);
  return [
    ...(onboarded ? [{ type: 'Onboarding Completed', after: later(28, 70) }] : []),
    ...(churns ? [{ type: 'Customer Churned', after: later(55, 170), amount: worth }] : []),
    ...(expands ? [{ type: 'Customer Expanded', after: later(50, 160), amount: Math.round(worth / 4) }] : []),
    ...(renews ? [{ type: 'Customer Renewed', after: later(85, 100), amount: worth }] : []),
  ];
}

/** Puts what becomes of a customer on the agenda, up to a time (milliseconds since the epoch). */
export function planWhatBecomes(system: System, deal: PlannedDeal, until: number): void {
  const { detail } = deal.won;
  const currency = Object(Object(Object(detail['package']).contract).value).currency;
  for (const { type, after, amount } of turnsOf(deal)) {
    const at = shifted(deal.won.time, after);
    if (Date.parse(at) >= until) continue;
    system.clock.at(Date.parse(at), async () => {
      const record = await system.world.handoffs.load(deal.id);
      if (!record || !hasBegun(record)) return;
      const event: SampleEvent = {
        ...{ source: 'handoff.crm', 'detail-type': type },
        detail: { dealId: detail['dealId'], at, ...(amount !== undefined && { amount, currency }) },
      };
      const problem = await putOnBus(system, event);
      if (problem) throw new Error(problem);
    });
  }
}

/** Nothing becomes of a customer whom nobody has spoken with yet, or whose deal fell through. */
function hasBegun({ state, steps, playbook }: HandoffRecord): boolean {
  if (isClosed(state.status) && state.status !== 'complete') return false;
  const introducing = stepMarking(playbook, 'introductionSent');
  return introducing === undefined || steps[introducing.id]?.decision !== undefined;
}
