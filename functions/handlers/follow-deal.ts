import { playbookOfSetting } from '../../statemachines/shipped-playbooks.ts';
import { type BusEvent, busEventTime } from '../aws/bus-event.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import { outcomeEvents } from '../domain/deal/outcome.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { changeDeal, changeDealUses } from '../verbs/change-deal.ts';
import { proposeDeal, proposeDealUses } from '../verbs/propose-deal.ts';
import { recordOutcome, recordOutcomeUses } from '../verbs/record-outcome.ts';

const uses = [...changeDealUses, ...proposeDealUses, ...recordOutcomeUses, 'playbookName'] as const;

/**
 * EventBridge rules for `Deal Proposed`, whose drafts follow the playbook that new handoffs follow, `Deal Changed`, and what
 * became of the customer.
 */
export const followDealBy = (playbookOf: (name: string | undefined) => Playbook) =>
  stack('follow-deal', uses, (world) => {
    const [change, record] = [changeDeal(world), recordOutcome(world)];
    // A setting that is wrong stops the function before its first deal.
    playbookOf(world.playbookName);
    return async (event: BusEvent): Promise<object> => {
      const said = { event, at: busEventTime(event) };
      if (Object.hasOwn(outcomeEvents, String(event['detail-type']))) return record(said);
      return event['detail-type'] === 'Deal Proposed'
        ? proposeDeal(world, playbookOf(world.playbookName))(said)
        : change(said);
    };
  });

export const followDealHandler = followDealBy(playbookOfSetting);

export const handler = onLambda(followDealHandler);
