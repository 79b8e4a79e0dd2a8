import type { Gap } from '../deal/completeness.ts';
import { packageFields } from '../deal/package.ts';
import { packageSections } from '../deal/package-fields.ts';
import { listed } from '../fields/words.ts';
import { openItemStep, packageStep } from '../playbook/capabilities.ts';
import { givenList, givenText } from './decisions.ts';
import type { Decision, HandoffRecord } from './handoff.ts';
import { isException } from './handoff-package.ts';
import type { OpenItem } from './open-item.ts';
import { itemsOf } from './open-items.ts';

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
    : itemsOfExceptions(record).filter(({ key }) => !known.has(key));
}

/** S2: what an exception leaves open has an owner and a date. */
function itemsOfExceptions(record: HandoffRecord): readonly ItemToOpen[] {
  const filling = packageStep(record.playbook);
  const step = filling && record.steps[filling.id];
  if (!step) return [];
  return [...step.earlier, step].flatMap(({ round, decision }) => {
    if (!decision || !isException(filling.rule, decision)) return [];
    const [owner] = givenList(decision, 'owner');
    const paths = pathsIn(decision);
    if (owner === undefined || paths.length === 0) return [];
    return [
      {
        key: [filling.id, round, owner, decision.at].join('/'),
        ...wordsOf(paths),
        from: filling.id,
        paths,
        by: decision.by,
        reason: givenText(decision, 'reason'),
        due: givenText(decision, 'dueDate'),
        owner,
      },
    ];
  });
}

const pathsIn = (decision: Decision): readonly Gap['path'][] => {
  const given = new Set(givenList(decision, 'gaps'));
  return packageFields.map(({ path }) => path).filter((path) => given.has(path));
};

/** What is called for, by the names of the fields: 'Contract: Term length', 'Contract: Term length and 2 more answers'. */
function wordsOf(paths: readonly Gap['path'][]): Pick<OpenItem, 'title' | 'what'> {
  const names = packageFields
    .filter(({ path }) => paths.includes(path))
    .map(({ section, label }) => `${packageSections[section].title}: ${label}`);
  const [first = '', ...more] = names;
  const others = more.length === 1 ? '1 more answer' : `${more.length} more answers`;
  return {
    title: more.length === 0 ? first : listed([first, others]),
    what: `Hand in what is still missing: ${names.join('; ')}.`,
  };
}
