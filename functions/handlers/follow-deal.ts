import { playbookOfSetting } from '../../statemachines/shipped-playbooks.ts';
import { type BusEvent, busEventTime } from '../aws/bus-event.ts';
import { onLambda, stack } from '../aws/lambda-stack.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { changeDeal, changeDealUses } from '../verbs/change-deal.ts';
import { proposeDeal, proposeDealUses } from '../verbs/propose-deal.ts';

const uses = [...changeDealUses, ...proposeDealUses, 'playbookName'] as const;

/** EventBridge rules for `Deal Proposed`, whose drafts follow the playbook that new handoffs follow, and `Deal Changed`. */
export const followDealBy = (playbookOf: (name: string | undefined) => Playbook) =>
  stack('follow-deal', uses, (world) => {
    const [change, propose] = [changeDeal(world), proposeDeal(world, playbookOf(world.playbookName))];
    return async (event: BusEvent): Promise<object> => {
      const said = { event, at: busEventTime(event) };
      return event['detail-type'] === 'Deal Proposed' ? propose(said) : change(said);
    };
  });

export const followDealHandler = followDealBy(playbookOfSetting);

export const handler = onLambda(followDealHandler);
