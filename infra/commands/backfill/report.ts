import { cleanLine, excerpt } from '../../../functions/domain/fields/clean-text.ts';
import { titleOf } from '../../../functions/domain/handoff/step-rule.ts';
import { momentIn } from '../../../functions/domain/time/wording.ts';
import { counted } from '../doctor/finding.ts';
import type { BackfilledAll, BackfilledDeal } from './run.ts';

export interface Reported extends BackfilledAll {
  /** UTC. */
  readonly since: string;
  /** UTC. */
  readonly at: string;
  readonly isDryRun: boolean;
}

/** Exit code: 0 when every deal has its handoff, 1 when something is left for people, 2 when not everything was looked at. */
export function exitCodeOf({ deals, unknown, broken }: BackfilledAll): 0 | 1 | 2 {
  if (broken) return 2;
  return unknown.length === 0 && deals.every(({ result }) => !isLeft(result)) ? 0 : 1;
}

const isLeft = ({ outcome }: BackfilledDeal['result']): boolean =>
  outcome === 'refused' || outcome === 'nobody knows when it was won';

/** For people: with what each deal begins, or why it does not. */
export function textReport({ deals, unknown, broken, since, at, isDryRun }: Reported): string {
  const count = (outcome: BackfilledDeal['result']['outcome']) =>
    deals.filter(({ result }) => result.outcome === outcome).length;
  const starts = count('started') + count('would start');
  const left = deals.filter(({ result }) => isLeft(result)).length;
  const summary = [
    `${counted(deals.length, 'deal')} won since ${since.slice(0, 10)}.`,
    `${counted(starts, 'handoff')} ${isDryRun ? 'would be started; nothing was changed' : 'started'}.`,
    ...(count('has its handoff') > 0
      ? [`${counted(count('has its handoff'), 'deal has', 'deals have')} one already.`]
      : []),
    ...(count('left out') > 0 ? [`${counted(count('left out'), 'deal is', 'deals are')} left out by the stage.`] : []),
    ...(left > 0 ? [`${counted(left, 'deal')} can't begin: see above.`] : []),
  ].join(' ');
  const strangers = unknown.map((dealId) => `Deal ${excerpt(dealId)}: the CRM shows no such deal won since then.`);
  const stopped = broken && [
    `The run broke off: ${broken.because}`,
    `What was done until then stands. Go on with: --since ${since.slice(0, 10)} --from ${broken.goOnFrom}`,
  ];
  return [...deals.flatMap((deal) => dealLines(deal, at)), ...strangers, ...(stopped ?? []), summary].join('\n');
}

function dealLines({ dealId, name, wonAt, result }: BackfilledDeal, at: string): string[] {
  const head = `${excerpt(name)} (${dealId})${wonAt === undefined ? '' : `, won ${wonAt.slice(0, 10)}`}`;
  switch (result.outcome) {
    case 'has its handoff':
      return [];
    case 'not won any more':
      return [`${head}: not won any more; left alone.`];
    case 'left out':
      return [`${head}: left out. ${cleanLine(result.because)}`];
    case 'nobody knows when it was won':
      return [`${head}: the CRM does not say when it was won. Fill that in there.`];
    case 'refused':
      return [
        `${head}: can't begin.`,
        ...result.refused.map(
          ({ field, problem, remedy }) => `  ${cleanLine(`${field.replace(/^detail\./, '')} ${problem}. ${remedy}`)}`,
        ),
      ];
    default: {
      const { record, settled, asks } = result;
      const done = settled.map(({ opened, decision }) =>
        cleanLine(`${titleOf(record, opened.step)} (${decision.evidence['reason']})`),
      );
      return [
        `${head}: ${result.outcome === 'started' ? 'started' : 'would start'}; package ${record.state.packagePercent}% complete.`,
        ...done.map((each) => `  left out:    ${each}`),
        ...asks.map(
          ({ title, owner, dueAt, zone }) =>
            `  begins with: ${cleanLine(title)}: ${owner}, due ${momentIn(zone, dueAt, at)}`,
        ),
      ];
    }
  }
}

/** The same as one JSON document. */
export const jsonReport = ({ deals, unknown, broken, since, isDryRun }: Reported): string =>
  JSON.stringify(
    {
      since,
      dryRun: isDryRun,
      deals: deals.map(({ result, ...deal }) => ({
        ...deal,
        outcome: result.outcome,
        ...('refused' in result && { refused: result.refused }),
        ...('settled' in result && {
          handoff: result.record.state.id,
          packagePercent: result.record.state.packagePercent,
          doneBefore: result.settled.map(({ opened }) => opened.step),
          asks: result.asks,
        }),
      })),
      unknown,
      brokeOff: broken ?? null,
    },
    undefined,
    2,
  );
