import { emails, link, links } from './address-kinds.ts';
import { checklist, choice, person, yesNo } from './choice-kinds.ts';
import type { FieldRule } from './field-rule.ts';
import { gaps } from './gap-kind.ts';
import type { Kind } from './kind.ts';
import { minutes, money, number, score } from './number-kinds.ts';
import { list, metrics, promises, stakeholders } from './row-kinds.ts';
import { longText, text, timeZone } from './text-kinds.ts';
import { date, futureDateTime, pastDateTime } from './time-kinds.ts';
import type { FieldKind, ValueOfKind } from './values.ts';

/** Every kind of field, for evidence and package alike. */
export const kinds: { readonly [K in FieldKind]: Kind<ValueOfKind[K]> } = {
  text,
  longText,
  list,
  number,
  date,
  money,
  timeZone,
  choice,
  link,
  links,
  metrics,
  stakeholders,
  promises,
  pastDateTime,
  futureDateTime,
  yesNo,
  score,
  minutes,
  checklist,
  emails,
  person,
  gaps,
};

/** What is wrong with the rule of a field, in words that follow the field's name: 'is a checklist without a box'. */
export function flawsOf(rule: FieldRule): readonly string[] {
  return kinds[rule.kind].flaws?.(rule) ?? [];
}
