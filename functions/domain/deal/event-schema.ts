import * as z from 'zod';
import { answerSchemas, mostRows, rowKinds } from '../fields/package-kinds.ts';
import { dealFields } from './deal-fields.ts';
import { type FieldRule, packageSections, type SectionRule } from './package-fields.ts';
import { defaultSegments } from './segment.ts';

/**
 * The JSON Schema (draft 2020-12) of the event `Deal Closed Won`, for those who connect a CRM. It shows the event at its best:
 * everything the handoff asks for, in the shape to send it in. What is required for the package to be complete is said in the
 * descriptions; an event with an incomplete package is accepted, and the account executive is asked for the rest.
 */
export function dealEventSchema(): object {
  const event = z.looseObject({
    source: z.literal('handoff.crm'),
    'detail-type': z.literal('Deal Closed Won'),
    time: z.iso.datetime({ offset: true }).exactOptional().describe('when the event happened'),
    detail: z.looseObject({ ...dealFields(), package: packageSchema().exactOptional() }),
  });
  const schema = z.toJSONSchema(event, { io: 'input' });
  return { ...schema, title: 'Deal Closed Won', description: 'A deal was won: starts its handoff.' };
}

function packageSchema() {
  const sections = Object.entries<SectionRule>(packageSections).map(([id, { title, field, fields = {} }]) => {
    const named = Object.entries(fields).map(([name, rule]) => [name, fieldSchema(rule)]);
    const section = field
      ? fieldSchema(field)
      : z.looseObject(Object.fromEntries(named)).describe(title).exactOptional();
    return [id, section];
  });
  return z.looseObject(Object.fromEntries(sections)).describe('the handoff package; may be incomplete');
}

function fieldSchema(rule: FieldRule) {
  const one = rule.kind === 'choice' ? z.enum(defaultSegments) : answerSchemas()[rule.kind];
  const answer = rowKinds.has(rule.kind) ? z.array(one).min(1).max(mostRows) : one;
  const orNone = rule.orNone && (rowKinds.has(rule.kind) ? z.union([answer, z.literal('none')]) : answer);
  const ofDeal = rule.fromDeal ? ', unless the deal says it' : '';
  const demand = rule.optional ? 'Optional.' : `Required for a complete package${ofDeal}.`;
  return (orNone || answer).exactOptional().describe(`${rule.label}: ${rule.hint}. ${demand}`);
}
