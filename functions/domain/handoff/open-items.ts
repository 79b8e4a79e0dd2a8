import type { Gap } from '../deal/completeness.ts';
import type { FieldPath } from '../deal/package.ts';
import { openItemStep } from '../playbook/capabilities.ts';
import { anchorNames, type DueRule, itemStep } from '../playbook/playbook.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { type Due, dueAfter } from '../time/due.ts';
import { startOfDay } from '../time/formats.ts';
import { anchorsOf } from './anchors.ts';
import { dueByRule } from './due-rule.ts';
import { atLeastOf, type DueTimes, dueTimes } from './due-times.ts';
import type { HandoffRecord } from './handoff.ts';
import { checkedPackage } from './handoff-package.ts';
import type { OpenItem } from './open-item.ts';
import type { StepRecord } from './step-record.ts';

/** A step that is an open item. */
export type ItemRecord = StepRecord & { readonly item: OpenItem };

const isItem = (step: StepRecord): step is ItemRecord => step.item !== undefined;

/** Every open item there was, settled or not, oldest first. */
export const itemsOf = (record: Pick<HandoffRecord, 'steps'>): readonly ItemRecord[] =>
  Object.values(record.steps)
    .filter(isItem)
    .toSorted((a, b) => Date.parse(a.item.openedAt) - Date.parse(b.item.openedAt) || numberOf(a) - numberOf(b));

const numberOf = ({ step }: StepRecord): number => Number(/\d+$/.exec(step)?.[0] ?? 0);

/** The open item that a step is; undefined for a step of the playbook. */
export function itemIn(record: Pick<HandoffRecord, 'steps'>, step: string): ItemRecord | undefined {
  const found = record.steps[step];
  return found && isItem(found) ? found : undefined;
}

/** What is still owed: the items that nobody has settled, oldest first. */
export const openItemsOf = (record: Pick<HandoffRecord, 'steps'>): readonly ItemRecord[] =>
  itemsOf(record).filter(({ decision }) => decision === undefined);

/** The id that the next open item gets; undefined in a handoff whose rules know of none. */
export function nextItemStep(record: Pick<HandoffRecord, 'playbook' | 'steps'>): string | undefined {
  const template = openItemStep(record.playbook);
  return template && itemStep(template.id, Math.max(0, ...itemsOf(record).map(numberOf)) + 1);
}

/** The fields of the package that open items were made of: nobody else is held to them any more. */
const pathsOwed = (record: Pick<HandoffRecord, 'steps'>): ReadonlySet<FieldPath> =>
  new Set(itemsOf(record).flatMap(({ item }) => item.paths ?? []));

/**
 * What the package lacks and the owner of this step is to supply: of an open item what it owes; else everything that is no
 * open item.
 */
export function gapsToFill(record: HandoffRecord, step: string): readonly Gap[] {
  const { gaps } = checkedPackage(record);
  const item = itemIn(record, step)?.item;
  const owed = item ? new Set(item.paths) : pathsOwed(record);
  return gaps.filter(({ path }) => owed.has(path) === (item !== undefined));
}

/** Whether everything an item owes the package is in it. An item that owes it nothing is settled by its owner's word only. */
export function isSupplied(record: HandoffRecord, { step, item: { paths = [] } }: ItemRecord): boolean {
  return paths.length > 0 && gapsToFill(record, step).length === 0;
}

/**
 * By when an item is due that reaches its owner at `askedAt` (UTC): close of business of its day (of the next business day, if
 * that is none), or by its rule, counted from the ask where its anchor is not known; never earlier than is fair to its owner.
 */
export function itemTimes(
  due: OpenItem['due'],
  {
    record,
    askedAt,
    calendar,
  }: { readonly record: HandoffRecord; readonly askedAt: Instant; readonly calendar: BusinessCalendar },
): DueTimes {
  const onDay = (day: string): Due => {
    const anchor = startOfDay(day, calendar.zone) ?? askedAt;
    const due = dueAfter({ within: 'same day', anchor, anchorName: 'day agreed', calendar });
    // A day was agreed, and not its first minute.
    return { ...due, because: due.because.replace(/, [\d:]+ [AP]M (?=\(day agreed\))/, ' ') };
  };
  const byRule = (rule: DueRule): Due =>
    dueByRule(rule, { ...anchorsOf(record), opened: askedAt }, calendar) ??
    dueAfter({ within: rule.within, anchor: askedAt, anchorName: anchorNames.opened, calendar });
  const atLeast = atLeastOf(record.playbook, openItemStep(record.playbook)?.rule ?? {});
  return dueTimes(typeof due === 'string' ? onDay(due) : byRule(due), { askedAt, atLeast, calendar });
}
