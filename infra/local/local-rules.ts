import type { Rule } from '../account/events.ts';
import type { RecurringRule } from '../account/recurring-rules.ts';
import { crmWiring } from '../wiring/crms.ts';
import { dealRules, heardRule, partnerRule, type Values } from '../wiring/deal-rules.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { deliveryRule, mailRule, mailRuleDetail } from '../wiring/mail-rule.ts';
import { dealsHeard, deliveries, undelivered } from '../wiring/queues.ts';
import { scheduleRetries, schedulesIn } from '../wiring/schedules.ts';
import type { LocalCrm } from './local-crm.ts';
import { queueName } from './local-names.ts';

/**
 * What recurs, of functions that there are. Where nothing is to, there is still what empties a queue, when something came into it: no
 * other call of it would do anything. `zone`: the site's.
 */
export const recurringRulesOf = (
  names: readonly FunctionName[],
  { recurs, zone }: { readonly recurs: boolean; readonly zone: string },
): readonly RecurringRule[] =>
  schedulesIn(zone)
    .filter(({ target, empties }) => names.includes(target) && (recurs || empties !== undefined))
    .map(({ name, expression, target, empties }) => ({
      ...{ name, expression, target },
      ...(!recurs && empties !== undefined && { onceFor: queueName(empties) }),
      retry: { longest: scheduleRetries.hours * 3_600_000, attempts: 1 + scheduleRetries.attempts },
      deadLetters: queueName(undelivered),
    }));

const patternValues = (values: Values) => ('anythingBut' in values ? [{ 'anything-but': values.anythingBut }] : values);

/** What becomes of deals and of what the mail service tells. */
const dealAndMailRules: readonly Rule[] = [
  ...dealRules.map(({ name, source, detailType, target }) => ({
    name,
    pattern: { source: patternValues(source), 'detail-type': patternValues(detailType) },
    target,
    deadLetters: queueName(undelivered),
  })),
  {
    name: mailRule.name,
    pattern: { source: mailRule.source, 'detail-type': mailRule.detailType, detail: mailRuleDetail() },
    target: mailRule.target,
    deadLetters: queueName(undelivered),
  },
  {
    name: deliveryRule.name,
    pattern: { source: deliveryRule.source, 'detail-type': deliveryRule.detailType, detail: mailRuleDetail() },
    target: { queue: queueName(deliveries.name) },
  },
];

/** What the CRM says, by its webhook or on its own bus, goes to the queue of what is to be read. */
const crmRules = ({ name, partnerSource }: LocalCrm): readonly Rule[] => {
  const target = { queue: queueName(dealsHeard.name) };
  const own = { source: [heardRule.source], 'detail-type': [heardRule.detailType] };
  return [
    { name: heardRule.name, pattern: own, target },
    ...(crmWiring(name).tells === 'partner bus'
      ? [{ name: partnerRule.name, pattern: { source: [partnerSource] }, target }]
      : []),
  ];
};

/** The rules of the bus, with those of the CRM that deals come from. */
export const rulesFor = (crm: LocalCrm | undefined): readonly Rule[] => [
  ...dealAndMailRules,
  ...(crm ? crmRules(crm) : []),
];
