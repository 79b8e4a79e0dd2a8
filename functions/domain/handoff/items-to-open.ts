import type { Gap } from '../deal/completeness.ts';
import { packageFields, packageFieldsOf } from '../deal/package.ts';
import { packageSections } from '../deal/package-fields.ts';
import { openItemStep, packageStep } from '../playbook/capabilities.ts';
import { textsOf } from '../texts/texts.ts';
import { givenText } from './decisions.ts';
import { answeredRequests } from './exceptions.ts';
import type { HandoffRecord } from './handoff.ts';
import { negativeAnswers } from './negative-answers.ts';
import type { OpenItem } from './open-item.ts';
import { itemsOf } from './open-items.ts';
import type { StepRecord } from './step-record.ts';

/** An item as it is to be opened, by whom it is to be brought (a mail address). */
export interface ItemToOpen extends Omit<OpenItem, 'openedAt'> {
  readonly owner: string;
}

/**
 * The open items that decisions call for and that are not there: none, but while they are being opened. Read again and again,
 * so that an attempt that broke off is made good.
 */
export function itemsToOpen(record: HandoffRecord): readonly ItemToOpen[] {
  const known = new Set(itemsOf(record).map(({ item }) => item.key));
  return openItemStep(record.playbook) === undefined
    ? []
    : [...itemsOfExceptions(record), ...itemsOfNegatives(record)].filter(({ key }) => !known.has(key));
}

/** S2: what an exception leaves open has an owner and a date. What one person owes by one day for one reason is one item. */
function itemsOfExceptions(record: HandoffRecord): readonly ItemToOpen[] {
  const filling = packageStep(record.playbook);
  const step = filling && record.steps[filling.id];
  if (!step) return [];
  return answeredRequests(step).flatMap(({ answer }) => {
    const items = new Map<string, ItemToOpen>();
    for (const { path, granted, owner, due, reason = answer.reason } of answer.fields) {
      if (!granted || !owner || !due) continue;
      const key = [filling.id, answer.at, owner, due, reason].join('/');
      const paths = [...(items.get(key)?.paths ?? []), path];
      items.set(key, { key, ...wordsOf(record, paths), from: filling.id, paths, by: answer.by, reason, due, owner });
    }
    return [...items.values()];
  });
}

/** What is not so yet has a name, an owner and a date. */
const itemsOfNegatives = (record: HandoffRecord): readonly ItemToOpen[] =>
  negativeAnswers(record).map(({ key, step, owner, decision, negative: { title, what, within, asks, settledAs } }) => {
    const reason = givenText(decision, asks ?? '');
    return {
      key,
      title,
      what,
      from: step,
      by: decision.by,
      ...(reason !== '' && { reason }),
      ...(settledAs !== undefined && { settledAs }),
      due: { after: 'opened', within },
      owner,
    };
  });

/** What is called for, by the names of the fields: 'Contract: Term length', 'Contract: Term length and 2 more answers'. */
function wordsOf(
  { playbook }: Pick<HandoffRecord, 'playbook'>,
  paths: readonly Gap['path'][],
): Pick<OpenItem, 'title' | 'what'> {
  const { items, sections } = textsOf(playbook.language);
  const names = fieldsIn(playbook)
    .filter(({ path }) => paths.includes(path))
    .map(({ section, label }) => items.field(sections[section] ?? packageSections[section].title, label));
  const [first = '', ...more] = names;
  return { title: more.length === 0 ? first : items.more(first, more.length), what: items.handIn(names) };
}

/** What was opened keeps the names that the table gave its fields then. */
const fieldsIn = (playbook: HandoffRecord['playbook']) =>
  playbook.language === undefined ? packageFields : packageFieldsOf(playbook);

/** The record whose open items are called in the words of its rules, whatever they were called when they were opened. */
export function inWordsOfRules(record: HandoffRecord): HandoffRecord {
  const steps = Object.entries(record.steps).map(([id, step]): [string, StepRecord] => {
    const { item } = step;
    if (!item) return [id, step];
    const negative = negativeAnswers(record).find(({ key }) => key === item.key)?.negative;
    const words = item.paths ? wordsOf(record, item.paths) : negative;
    return [id, words ? { ...step, item: { ...item, title: words.title, what: words.what } } : step];
  });
  return { ...record, steps: Object.fromEntries(steps) };
}
