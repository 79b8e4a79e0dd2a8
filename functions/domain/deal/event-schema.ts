import * as z from 'zod/mini';
import { optionsOf } from '../fields/field-rule.ts';
import { kinds } from '../fields/kinds.ts';
import { dealBeforeSignature, dealFields, optional } from './deal-fields.ts';
import { outcomeEvents } from './outcome.ts';
import { outcomeFields } from './outcome-fields.ts';
import { type PackageFieldRule, packageSections, type SectionRule } from './package-fields.ts';

/** The events that tell how a deal stands, and what follows from each. */
const described = {
  'Deal Closed Won': 'A deal was won: starts its handoff.',
  'Deal Proposed':
    'A deal is past the proposal stage, or was changed there: it gets a draft package. It tells the deal as it is now, all of it.',
  'Deal Changed': 'A deal that is won was changed: its handoff follows. It tells the deal as it is now, all of it.',
  'Onboarding Completed':
    'The onboarding of a customer is complete: kept with the handoff of the deal, and counted in reports.',
  'Customer Expanded': 'A customer bought more: kept with the handoff of the deal, and counted in reports.',
  'Customer Renewed': 'A customer renewed: kept with the handoff of the deal, and counted in reports.',
  'Customer Churned': 'A customer left: kept with the handoff of the deal, and counted in reports.',
} as const;
export type DealEventType = keyof typeof described;
export const dealEventTypes = Object.keys(described) as readonly DealEventType[];

/**
 * The JSON Schema (draft 2020-12) of such an event, for those who connect a CRM. It shows the event at its best:
 * everything the handoff asks for, in the shape to send it in. What is required for the package to be complete is said in the
 * descriptions (`segments`: those of the playbook); an event with an incomplete package is accepted, and the account executive is asked for the rest.
 */
export function dealEventSchema(segments: readonly string[], type: DealEventType = 'Deal Closed Won'): object {
  const event = z.looseObject({
    source: z.literal('handoff.crm'),
    'detail-type': z.literal(type),
    time: optional(z.iso.datetime({ offset: true }), 'when the event happened'),
    detail: isOutcomeEvent(type) ? z.looseObject(outcomeFields()) : dealSchema(segments, type),
  });
  const schema = z.toJSONSchema(event, { io: 'input' });
  return { ...schema, title: type, description: described[type] };
}

const isOutcomeEvent = (type: DealEventType): type is keyof typeof outcomeEvents => Object.hasOwn(outcomeEvents, type);

function dealSchema(segments: readonly string[], type: Exclude<DealEventType, keyof typeof outcomeEvents>) {
  const { closedWonAt, wonEpisode, ...facts } = dealFields();
  const own = {
    'Deal Closed Won': { wonEpisode, closedWonAt },
    'Deal Proposed': dealBeforeSignature(),
    'Deal Changed': {},
  }[type];
  return z.looseObject({ ...facts, ...own, package: z.exactOptional(packageSchema(segments)) });
}

function packageSchema(segments: readonly string[]) {
  const sections = Object.entries<SectionRule>(packageSections).map(([id, { title, field, fields = {} }]) => {
    const named = Object.entries(fields).map(([name, rule]) => [name, fieldSchema(rule, segments)]);
    const section = field
      ? fieldSchema(field, segments)
      : z.exactOptional(z.looseObject(Object.fromEntries(named)).check(z.describe(title)));
    return [id, section];
  });
  return z.looseObject(Object.fromEntries(sections)).check(z.describe('the handoff package; may be incomplete'));
}

function fieldSchema(rule: PackageFieldRule, segments: readonly string[]) {
  const options = optionsOf(rule, segments);
  const answer: z.ZodMiniType = kinds[rule.kind].schema({
    ...rule,
    required: !rule.optional,
    ...(options && { options }),
  });
  // A text says "none" by itself.
  const orNone = rule.orNone && !answer.safeParse('none').success && z.union([answer, z.literal('none')]);
  const ofDeal = rule.fromDeal ? ', unless the deal says it' : '';
  const demand = rule.optional ? 'Optional.' : `Required for a complete package${ofDeal}.`;
  return optional(orNone || answer, `${rule.label}: ${rule.hint} ${demand}`);
}
