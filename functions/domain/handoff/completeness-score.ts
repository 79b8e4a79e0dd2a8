import { checkPackage } from '../deal/completeness.ts';
import { packageFieldsOf } from '../deal/package.ts';
import { packageStep } from '../playbook/capabilities.ts';
import type { HandoffRecord } from './handoff.ts';
import { namedGaps, returnsTo } from './returns.ts';

/**
 * How complete the account executive's package was at first, 0–100, rounded down (S2: every deal's package is scored for
 * completeness; P: gaps that a return names count). The share of answers that were right the first time: a required field is
 * not when it was missing or wrong at the trigger, or was named in a return. A question about an optional field, or about
 * none, is one more answer that was not there. 100 when the playbook requires nothing and nothing was asked.
 */
export function completenessScore(record: HandoffRecord): number {
  const { deal, playbook: rules } = record;
  const required = packageFieldsOf(rules)
    .filter((field) => field.required)
    .map(({ path }): string => path);
  const filling = packageStep(rules);
  const named = (filling ? returnsTo(record, filling.id) : []).flatMap((decision) => namedGaps(record, decision));
  const atTrigger = checkPackage({ package: deal.package, deal, rules }).gaps.map(({ path }): string => path);
  const notRight = new Set([
    ...atTrigger.filter((path) => required.includes(path)),
    ...named.map(({ path, question }) => path ?? `? ${question}`),
  ]);
  const asked = new Set([...required, ...notRight]);
  return asked.size === 0 ? 100 : Math.floor((100 * (asked.size - notRight.size)) / asked.size);
}
