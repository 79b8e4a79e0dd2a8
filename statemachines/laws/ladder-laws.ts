import type { LadderRule, RungReader, RungRule } from '../../functions/domain/playbook/playbook.ts';
import { managerRoles } from '../../functions/domain/playbook/roles.ts';
import { hoursOf, parseWithin, type Within } from '../../functions/domain/time/due.ts';

/**
 * Why a ladder cannot be climbed, one sentence each: rungs in the wrong order or that tell nobody, spans in units that a ladder
 * does not count in, an end before the last rung. Empty when all is well.
 */
export function ladderProblems(name: string, { rungs, afterwards }: LadderRule): string[] {
  const of = `The ladder "${name}"`;
  const problems = rungs.flatMap((rung, i) => rungProblems(`${of}, rung ${i + 1} (${rung.kind})`, rung));
  const times = rungs.map(({ when }) => when);
  for (const [i, later] of times.slice(1).entries()) {
    const earlier = times[i] ?? later;
    if (isOutOfOrder(earlier, later))
      problems.push(`${of}: rung ${i + 2} (${textOf(later)}) comes before rung ${i + 1} (${textOf(earlier)}).`);
  }
  if ('nagEvery' in afterwards) {
    const { nagEvery } = afterwards;
    if (unitOf(nagEvery) !== 'days' || !(hoursOf(nagEvery) > 0))
      problems.push(`${of} nags every "${nagEvery}": say whole days, such as "7 days".`);
    return problems;
  }
  const { unansweredAfterDue: end } = afterwards;
  if (!countsOnFromDue(end)) problems.push(`${of} ends at "${end}" after the due time: ${sayBusinessDays}.`);
  for (const when of times)
    if ('afterDue' in when && hoursOf(when.afterDue) >= hoursOf(end))
      problems.push(`${of} ends "${end}" after the due time, before its rung at "${when.afterDue}" is reached.`);
  return problems;
}

/** Who gets the daily digest: those who lead people, and revenue operations. */
const digestReaders: ReadonlySet<RungReader> = new Set([
  'manager',
  ...Object.values(managerRoles),
  'revenueOperations',
] satisfies RungReader[]);

/** Why escalations cannot be told in the daily digest: a rung tells somebody who gets none. */
export function digestProblems(name: string, { rungs }: LadderRule): string[] {
  return rungs.flatMap(({ kind, tell }, i) =>
    tell
      .filter((who) => kind === 'escalate' && who !== 'owner' && !digestReaders.has(who))
      .map(
        (who) =>
          `The ladder "${name}", rung ${i + 1} (${kind}) tells "${who}", who gets no daily digest for "escalations": "digest": tell a manager or revenue operations, or let escalations be emails.`,
      ),
  );
}

/** Why a step's due time leaves no room for the rungs before it. */
export function roomProblems(of: string, within: Within, { rungs }: LadderRule): string[] {
  return rungs.flatMap(({ when, kind }) => {
    if (!('beforeDue' in when) || unitOf(when.beforeDue) !== 'hours') return [];
    const [needed, given] = [hoursOf(when.beforeDue), hoursOf(within)];
    if (given < 0 || !(needed >= given)) return [];
    return [`${of} is due within "${within}", but its ladder says "${kind}" already ${when.beforeDue} before that.`];
  });
}

function rungProblems(of: string, { when, tell }: RungRule): string[] {
  const problems = tell.length === 0 ? [`${of} tells nobody.`] : [];
  if ('afterDue' in when && !countsOnFromDue(when.afterDue))
    problems.push(`${of} comes "${when.afterDue}" after the due time: ${sayBusinessDays}.`);
  if ('beforeDue' in when && !(unitOf(when.beforeDue) === 'hours' && hoursOf(when.beforeDue) > 0))
    problems.push(`${of} comes "${when.beforeDue}" before the due time: say hours of working time, such as "4 hours".`);
  if ('after' in when && when.after === 'opened')
    problems.push(`${of} counts from "opened", which is no moment of the handoff: count from the due time.`);
  return problems;
}

const sayBusinessDays = 'say "0 hours" or business days, such as "1 business day"';

/** After the due time a ladder is climbed in business days. */
const countsOnFromDue = (within: Within): boolean => hoursOf(within) === 0 || unitOf(within) === 'business days';

type When = RungRule['when'];

function isOutOfOrder(earlier: When, later: When): boolean {
  if ('afterDue' in earlier) return !('afterDue' in later) || hoursOf(later.afterDue) <= hoursOf(earlier.afterDue);
  if ('beforeDue' in earlier) return 'beforeDue' in later && hoursOf(later.beforeDue) >= hoursOf(earlier.beforeDue);
  return 'after' in later && later.after === earlier.after && hoursOf(later.within) <= hoursOf(earlier.within);
}

function textOf(when: When): string {
  if ('afterDue' in when) return `${when.afterDue} after the due time`;
  if ('beforeDue' in when) return `${when.beforeDue} before the due time`;
  return `${when.within} after ${when.after}`;
}

function unitOf(within: Within): string | undefined {
  const amount = parseWithin(within);
  return amount instanceof Error ? undefined : amount.unit;
}
