import type { Fact } from './fact.ts';
import type { MeasuredHandoff, MeasuredPlaybook } from './measured-handoff.ts';
import { titleIn } from './steps.ts';

/** What did not go by the SOP in a handoff. `title`: of the step. */
export type AuditGap =
  | { readonly kind: 'package incomplete'; readonly percent: number }
  | { readonly kind: 'promise missed'; readonly step: string; readonly title: string; readonly round: number }
  | {
      readonly kind: 'late';
      readonly step: string;
      readonly title: string;
      readonly round: number;
      readonly days: number;
    }
  | { readonly kind: 'unanswered' | 'skipped'; readonly step: string; readonly title: string; readonly round: number }
  | { readonly kind: 'returned' | 'exceptions' | 'stalled' | 'open items'; readonly count: number }
  | { readonly kind: 'late review'; readonly step: string; readonly title: string; readonly round: number }
  | { readonly kind: 'survey below target'; readonly score: number; readonly target: number }
  | { readonly kind: 'canceled' | 'abandoned'; readonly why?: string }
  | { readonly kind: 'not known'; readonly what: string };

interface GapsInput {
  readonly playbooks: readonly MeasuredPlaybook[];
  readonly facts: readonly Fact[];
  /** Why it ended before its time, as the reader may read it; facts don't say. */
  readonly whyEnded?: string | undefined;
}

/**
 * The gaps of an audited handoff, what ended it before its time first, then in the order of the SOP's own measures: what was missed is named step by step, and so is what its
 * records don't say. Reviews of exceptions that came late stand in the facts alone.
 */
export function gapsOf(handoff: MeasuredHandoff, { playbooks, facts, whyEnded }: GapsInput): readonly AuditGap[] {
  const { packageComplete, packagePercent, rounds, returns, exceptions, stalledAt, openItems, survey } = handoff;
  const named = (step: string) => ({ step, title: titleIn(playbooks, step) });
  const counted = (kind: 'returned' | 'exceptions' | 'stalled' | 'open items', count: number): readonly AuditGap[] =>
    count > 0 ? [{ kind, count }] : [];
  return [
    ...endedEarly(handoff, whyEnded),
    ...(packageComplete ? [] : [{ kind: 'package incomplete', percent: packagePercent } as const]),
    ...rounds.flatMap(({ step, round, promise, timeliness, daysLate: days }): readonly AuditGap[] => [
      ...(promise === 'missed' ? [{ kind: 'promise missed', ...named(step), round } as const] : []),
      ...(days === undefined ? [] : [{ kind: 'late', ...named(step), round, days } as const]),
      ...(timeliness === 'unanswered' || timeliness === 'skipped' ? [{ kind: timeliness, ...named(step), round }] : []),
    ]),
    ...counted('returned', returns),
    ...counted('exceptions', exceptions),
    ...facts.flatMap((fact): readonly AuditGap[] =>
      fact.kind === 'exception' && fact.late ? [{ kind: 'late review', ...named(fact.step), round: fact.round }] : [],
    ),
    ...counted('open items', openItems.opened - openItems.settled),
    ...counted('stalled', stalledAt.length),
    ...(survey?.target !== undefined && survey.score < survey.target
      ? [{ kind: 'survey below target', score: survey.score, target: survey.target } as const]
      : []),
    ...(handoff.notKnown ?? []).map((what) => ({ kind: 'not known', what }) as const),
  ];
}

/** S4: a handoff that nobody finished is the first thing to learn from. */
function endedEarly({ status }: MeasuredHandoff, why: string | undefined): readonly AuditGap[] {
  if (status !== 'cancelled' && status !== 'abandoned') return [];
  return [{ kind: status === 'cancelled' ? 'canceled' : 'abandoned', ...(why !== undefined && { why }) }];
}

/** A gap as the audit pack writes it. */
export function gapText(gap: AuditGap): string {
  const again = 'round' in gap && gap.round > 1 ? ` (${ordinal(gap.round)} time)` : '';
  switch (gap.kind) {
    case 'package incomplete':
      return `The package was ${gap.percent}% complete at signing.`;
    case 'promise missed':
      return `${gap.title}${again}: promise missed.`;
    case 'late':
      return `${gap.title}${again}: ${daysText(gap.days)} late.`;
    case 'unanswered':
      return `${gap.title}${again}: ended unanswered.`;
    case 'skipped':
      return `${gap.title}${again}: skipped.`;
    case 'late review':
      return `${gap.title}${again}: the exception was decided late.`;
    case 'returned':
      return `The package was returned ${times(gap.count)}.`;
    case 'exceptions':
      return `It went ahead with an exception ${times(gap.count)}.`;
    case 'open items':
      return `${counted(gap.count, 'open item')} not settled.`;
    case 'stalled':
      return `It stalled ${times(gap.count)}.`;
    case 'survey below target':
      return `Rated ${gap.score} of 10, below ${gap.target}.`;
    case 'canceled':
      return `It was canceled.${gap.why === undefined ? '' : ` Why: ${gap.why}`}`;
    case 'abandoned':
      return `It was abandoned.${gap.why === undefined ? '' : ` Why: ${gap.why}`}`;
    case 'not known':
      return `Not known: ${gap.what}.`;
  }
}

const endings = new Map([
  ['one', 'st'],
  ['two', 'nd'],
  ['few', 'rd'],
]);
let ordinals: Intl.PluralRules | undefined;

/** '2nd', '3rd', '11th'. */
function ordinal(number: number): string {
  ordinals ??= new Intl.PluralRules('en-US', { type: 'ordinal' });
  return `${number}${endings.get(ordinals.select(number)) ?? 'th'}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const daysText = (days: number): string => {
  const tenths = Math.round(days * 10) / 10;
  return tenths === 0 ? 'less than a day' : counted(tenths, 'day');
};
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
