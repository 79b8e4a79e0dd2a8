import { cleanLine } from '../../../functions/domain/fields/clean-text.ts';
import type { Diagnosis, Examined } from './examine.ts';
import { counted } from './finding.ts';
import type { Looked } from './look.ts';
import type { Circumstances, SightPart } from './sight.ts';

export interface Reported extends Examined, Pick<Looked, 'unseen'> {
  readonly known: Pick<Circumstances, 'at' | 'stage'>;
  /** Handoffs that are open. */
  readonly open: number | undefined;
}

/** What each part is called, and what an operator has to be allowed to see it. */
const parts: Readonly<Record<SightPart, { readonly called: string; readonly needs: string }>> = {
  handoffs: {
    called: 'the handoffs',
    needs: 'dynamodb:Scan, Query and GetItem on the table, and kms:Decrypt with its key',
  },
  executions: { called: 'the executions', needs: 'states:ListExecutions and DescribeExecution' },
  roster: { called: 'the roster', needs: 'dynamodb:Query and BatchGetItem on the table and its index' },
  queues: { called: 'the dead letters', needs: 'sqs:GetQueueUrl and GetQueueAttributes' },
  mailService: { called: 'SES', needs: 'ses:GetSendQuota, GetSendStatistics and GetAccountSendingEnabled' },
};

/** Exit code: 0 when all is well, 1 when something is wrong, 2 when not everything could be looked at. */
export function exitCodeOf({ found, unseen }: Pick<Reported, 'found' | 'unseen'>): 0 | 1 | 2 {
  if (unseen.length > 0) return 2;
  return found.every(({ fixed }) => fixed?.done) ? 0 : 1;
}

/** For people: what is wrong, by check, how to mend it, and what was done; then what could not be looked at. */
export function textReport({ found, judged, unseen, skipped, open }: Reported): string {
  const sections = judged.flatMap(({ name, title }) => {
    const of = found.filter(({ check }) => check === name);
    return of.length === 0 ? [] : [[`${name}: not so that ${title}`, ...of.flatMap(linesOf)].join('\n')];
  });
  const blind = unseen.map(({ part, why }) =>
    [`Could not look at ${parts[part].called}: ${why}`, `  needs  ${parts[part].needs}`].join('\n'),
  );
  const notJudged = skipped.length === 0 ? [] : [`Not judged: ${skipped.map(({ name }) => name).join(', ')}.`];
  const last = summary(found, { judged: judged.length, open, isAll: unseen.length === 0 });
  return [...sections, ...blind, ...notJudged, last].join('\n\n');
}

const linesOf = ({ about, wrong, mend, fixed }: Diagnosis): string[] => [
  `  ${cleanLine(about)}`,
  `    wrong  ${cleanLine(wrong)}`,
  ...(fixed?.done ? [] : [`    to do  ${cleanLine(mend)}`]),
  ...(fixed ? [`    ${fixed.done ? 'fixed ' : 'failed'} ${fixed.said}`] : []),
];

function summary(
  found: readonly Diagnosis[],
  { judged, open, isAll }: { readonly judged: number; readonly open: number | undefined; readonly isAll: boolean },
): string {
  const looked = `${counted(judged, 'check')}${open === undefined ? '' : `, ${counted(open, 'open handoff')}`}`;
  if (found.length === 0)
    return isAll ? `Nothing is wrong: ${looked}.` : `Nothing is wrong in what could be judged: ${looked}.`;
  const fixed = found.filter((each) => each.fixed?.done).length;
  const fixable = found.filter((each) => each.fix && !each.fixed).length;
  return [
    `${found.length} found (${looked}).`,
    ...(fixed > 0 ? [`${fixed} fixed.`] : []),
    ...(fixable > 0 ? [`--fix fixes ${fixable}.`] : []),
  ].join(' ');
}

/** The same as one JSON document. */
export const jsonReport = ({ found, judged, skipped, unseen, known, open }: Reported): string =>
  JSON.stringify(
    {
      at: known.at,
      stage: known.stage ?? null,
      openHandoffs: open ?? null,
      judged: judged.map(({ name }) => name),
      notJudged: skipped.map(({ name }) => name),
      found,
      unseen: unseen.map(({ part, why }) => ({ part, why, needs: parts[part].needs })),
    },
    undefined,
    2,
  );
