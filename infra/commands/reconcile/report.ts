import { cleanLine } from '../../../functions/domain/fields/clean-text.ts';
import type { Found } from '../../../functions/verbs/look-at-deal.ts';
import type { Reconciled } from '../../../functions/verbs/reconcile.ts';
import { counted } from '../doctor/finding.ts';

export interface Reported extends Reconciled {
  readonly stage: string | undefined;
  /** UTC. */
  readonly since: string;
  readonly isDryRun: boolean;
}

/** Exit code: 0 when all agrees or was put right, 1 when something is left for people, 2 when not everything was looked at. */
export function exitCodeOf({ found, broken }: Pick<Reconciled, 'found' | 'broken'>): 0 | 1 | 2 {
  if (broken) return 2;
  return found.every(({ isSaid }) => isSaid) ? 0 : 1;
}

/** For people: where the CRM and the handoffs differ, and what was done about it. */
export function textReport({ found, looked, broken, since, isDryRun }: Reported): string {
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  const sections = kinds.map((kind) => {
    const of = found.filter((each) => each.kind === kind);
    return [`${headings[kind]}: ${of.length}`, ...of.flatMap((each) => linesOf(each, isDryRun))].join('\n');
  });
  const said = found.filter(({ isSaid }) => isSaid).length;
  const sayable = found.filter(({ says }) => says !== undefined).length;
  const summary = [
    `Looked at ${counted(looked.won, 'won deal')} of the CRM that changed since ${since.slice(0, 10)}, and at ${counted(looked.open, 'open handoff')}.`,
    found.length === 0 ? 'Nothing differs.' : `${counted(found.length, 'difference')}.`,
    ...(said > 0 ? [`${said} put right: that shows within minutes.`] : []),
    ...(isDryRun && sayable > 0 ? [`Nothing was changed; without --dry-run, ${sayable} would be put right.`] : []),
  ].join(' ');
  const stopped = broken && [
    `The run broke off: ${broken.because}`,
    `What was done until then stands. Go on with: --since ${since.slice(0, 10)} --from ${broken.goOnFrom}`,
  ];
  return [...sections, ...(stopped ? [stopped.join('\n')] : []), summary].join('\n\n');
}

const headings: Readonly<Record<Found['kind'], string>> = {
  'won without a handoff': 'Won in the CRM, without a handoff',
  'cannot begin': "Won in the CRM, and can't begin",
  'won again, perhaps': 'Won again, perhaps',
  merged: 'Merged in the CRM',
  'no longer won': 'Handoffs whose deal is no longer won',
  'not found in the CRM': 'Handoffs whose deal the CRM does not show',
  'owner differs': 'Other owners',
};

function linesOf({ dealId, name, handoffId, wrong, mend, says, isSaid }: Found, isDryRun: boolean): string[] {
  const about = [name ?? `deal ${dealId}`, `(${handoffId ?? dealId})`].join(' ');
  const label = isSaid ? 'done ' : says !== undefined && isDryRun ? 'would' : 'to do';
  // The CRM's words are in them.
  return [`  ${cleanLine(about)}`, `    wrong  ${cleanLine(wrong)}`, `    ${label}  ${cleanLine(mend)}`];
}

/** The same as one JSON document. */
export const jsonReport = ({ found, looked, broken, stage, since, isDryRun }: Reported): string =>
  JSON.stringify(
    { stage: stage ?? null, since, dryRun: isDryRun, looked, found, brokeOff: broken ?? null },
    undefined,
    2,
  );
