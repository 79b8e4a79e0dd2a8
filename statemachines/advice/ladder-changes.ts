import type { LadderRule, Playbook, RungRule } from '../../functions/domain/playbook/playbook.ts';
import { byName, namesChanged } from './member-changes.ts';
import { isNothing, readerWords, rungWords, someOf } from './rule-words.ts';

/** What differs between two ladders of one name. A rung is taken for the same while it says the same at the same time. */
export function ladderChanges(before: LadderRule, after: LadderRule, roles: Playbook['roles']): readonly string[] {
  const nameOf = (rung: RungRule) => `${rung.kind} ${rungWords(rung)}`;
  const { added, gone, kept } = namesChanged(byName(before.rungs, nameOf), byName(after.rungs, nameOf));
  const readers = ({ tell }: RungRule) => someOf(tell.map((reader) => readerWords(reader, roles)));
  return [
    ...added.map(([, rung]) => `new: ${rung.kind} ${rungWords(rung)}, to ${readers(rung)}`),
    ...gone.map(([, rung]) => `gone: ${rung.kind} ${rungWords(rung)}, to ${readers(rung)}`),
    ...kept.flatMap(({ was, is }) => [
      ...tellsChanged('also tells', is.tell, was.tell, is, roles),
      ...tellsChanged('no longer tells', was.tell, is.tell, is, roles),
    ]),
    ...reordered(before, after, nameOf),
    ...(afterwardsWords(before) === afterwardsWords(after)
      ? []
      : [`afterwards ${afterwardsWords(after)}, was ${afterwardsWords(before)}`]),
  ];
}

/** In words, the whole of it. */
export function ladderWords(ladder: LadderRule, roles: Playbook['roles']): string {
  const rungs = ladder.rungs.map(
    (rung) => `${rung.kind} ${rungWords(rung)} to ${someOf(rung.tell.map((reader) => readerWords(reader, roles)))}`,
  );
  return [...rungs, `afterwards ${afterwardsWords(ladder)}`].join('; ');
}

function tellsChanged(
  what: string,
  these: RungRule['tell'],
  others: RungRule['tell'],
  rung: RungRule,
  roles: Playbook['roles'],
): readonly string[] {
  const readers = these.filter((reader) => !others.includes(reader)).map((reader) => readerWords(reader, roles));
  return readers.length === 0 ? [] : [`${what} ${someOf(readers)} ${rungWords(rung)} (${rung.kind})`];
}

function reordered(before: LadderRule, after: LadderRule, nameOf: (rung: RungRule) => string): readonly string[] {
  const names = { was: before.rungs.map(nameOf), is: after.rungs.map(nameOf) };
  const both = (these: readonly string[], others: readonly string[]) => these.filter((name) => others.includes(name));
  return `${both(names.was, names.is)}` === `${both(names.is, names.was)}` ? [] : ['its rungs come in another order'];
}

const afterwardsWords = ({ afterwards }: LadderRule): string =>
  'nagEvery' in afterwards
    ? `reminds every ${afterwards.nagEvery}`
    : isNothing(afterwards.unansweredAfterDue)
      ? 'ends as unanswered when it is due'
      : `ends as unanswered ${afterwards.unansweredAfterDue} after it is due`;
