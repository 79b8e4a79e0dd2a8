import type { Instant } from '../time/calendar.ts';
import type { MeasuredHandoff, MeasuredRound } from './measured-handoff.ts';
import {
  type CountsAt,
  daysUntil,
  eachRound,
  isDone,
  isDue,
  items,
  ofRounds,
  onceHandedOver,
  onceThere,
  outcome,
  type Sample,
  wasOnTime,
  whether,
} from './samples.ts';

/** The SOP guides that ask for a measure; P: what users of today's tools miss. */
type Source = 'S0' | 'S1' | 'S2' | 'S3' | 'S4' | 'P';

/** What a measure is, for code, reports and `infra/docs/measures.md` alike. */
export interface MeasureDefinition {
  readonly title: string;
  /** A sentence. */
  readonly formula: string;
  readonly unit: 'days' | 'percent' | 'of 10' | 'of 100' | 'handoffs' | 'items';
  readonly source: readonly Source[];
  readonly better: 'more' | 'less' | 'neither';
  /** How samples become one figure. A median comes with the 90th percentile. */
  readonly summary: 'median' | 'mean' | 'share' | 'total';
  /** Of a share: silence is no no. Where nobody said no, it is known how many said yes, and no share. */
  readonly needsNo?: true;
  /** Whether it can be told by step. */
  readonly bySteps?: true;
  /** What a handoff contributes; nothing where it has not come to that. */
  readonly samples: (handoff: MeasuredHandoff) => readonly Sample[];
  /**
   * Of what takes its time: when a handoff came to it (UTC), undefined until then. Those signed lately have not had the time, and
   * are compared with nobody.
   */
  readonly cameAt?: (handoff: MeasuredHandoff) => Instant | undefined;
  /** Of measures by step: what a round contributes. There are several hundred thousand, and a page counts them for every measure. */
  readonly ofRound?: (round: MeasuredRound) => number | undefined;
  /** Of measures by step: what puts a round into a week. */
  readonly countsAt?: CountsAt;
}

/** What is ignored was due, and never ends: only so it is in some week, and stays there. */
const byDue = 'A step counts in the week in which it was due.';

const table = {
  won: {
    title: 'Won',
    formula: 'Number of handoffs whose contract was signed.',
    unit: 'handoffs',
    source: ['S4'],
    better: 'neither',
    summary: 'total',
    samples: ({ signedAt }) => [{ value: 1, at: signedAt }],
  },
  completed: {
    title: 'Completed',
    formula: 'Number of handoffs whose account executive received the confirmation.',
    unit: 'handoffs',
    source: ['S3', 'S4'],
    better: 'neither',
    summary: 'total',
    samples: ({ reached: { handoffConfirmed: at } }) => (at === undefined ? [] : [{ value: 1, at }]),
  },
  timeToCompletion: {
    title: 'Time to completion',
    formula: 'Calendar days from the contract signature until the account executive received the confirmation.',
    unit: 'days',
    source: ['S3'],
    better: 'less',
    summary: 'median',
    ...onceThere(daysUntil('handoffConfirmed')),
  },
  timeToPackage: {
    title: 'Time to package ready',
    formula: 'Calendar days from the contract signature until the package was complete or went ahead by an exception.',
    unit: 'days',
    source: ['S3', 'S4'],
    better: 'less',
    summary: 'median',
    ...onceThere(daysUntil('packageReady')),
  },
  timeToMeeting: {
    title: 'Time to the internal meeting',
    formula: 'Calendar days from the contract signature until the internal meeting was held.',
    unit: 'days',
    source: ['S3', 'S4'],
    better: 'less',
    summary: 'median',
    ...onceThere(daysUntil('internalMeetingHeld')),
  },
  timeToIntroduction: {
    title: 'Time to the introduction',
    formula: 'Calendar days from the contract signature until the introduction was sent to the customer.',
    unit: 'days',
    source: ['S3', 'S4'],
    better: 'less',
    summary: 'median',
    ...onceThere(daysUntil('introductionSent')),
  },
  timeToKickoff: {
    title: 'Time to the kickoff',
    formula: 'Calendar days from the contract signature until the kickoff was held.',
    unit: 'days',
    source: ['S3', 'S4'],
    better: 'less',
    summary: 'median',
    ...onceThere(daysUntil('kickoffHeld')),
  },
  timeToValue: {
    title: 'Time to first value',
    formula: 'Calendar days from the contract signature until the customer reached the first milestone.',
    unit: 'days',
    source: ['S4'],
    better: 'less',
    summary: 'median',
    ...onceThere(daysUntil('firstValueReached')),
  },
  stepsDone: {
    title: 'Steps done',
    formula: `Steps that their owner answered with something else than a no, of all that ended or are overdue. ${byDue}`,
    unit: 'percent',
    source: ['S3'],
    better: 'more',
    summary: 'share',
    ...ofRounds((round) => (isDue(round) ? isDone(round) : undefined)),
  },
  stepsOnTime: {
    title: 'Steps on time',
    formula:
      'Steps that their owner answered by the due time (a meeting counts when it was held), of those answered, ' +
      'unanswered or overdue. Skipped steps, a no given in time, and an answer given before its question came again ' +
      `count neither way. ${byDue}`,
    unit: 'percent',
    source: ['S3', 'S4'],
    better: 'more',
    summary: 'share',
    ...ofRounds(wasOnTime),
  },
  daysLate: {
    title: 'Days late',
    formula: `Calendar days after the due time of the steps that their owner was late with, so far if still open; what waits for a decision or for the customer grows no later. ${byDue}`,
    unit: 'days',
    source: ['S3'],
    better: 'less',
    summary: 'median',
    ...eachRound(({ daysLate }) => daysLate),
  },
  promisesKept: {
    title: 'Promises kept',
    formula: `Steps whose promise was kept, of those kept or missed, whoever was slow. ${byDue}`,
    unit: 'percent',
    source: ['S3', 'S4'],
    better: 'more',
    summary: 'share',
    ...ofRounds(({ promise }) => (promise === undefined ? undefined : promise === 'kept')),
  },
  stepsSkipped: {
    title: 'Steps skipped',
    formula: 'Steps that were skipped with a reason, of all that ended.',
    unit: 'percent',
    source: ['S3'],
    better: 'less',
    summary: 'share',
    ...ofRounds(({ endedAt, timeliness }) => (endedAt === undefined ? undefined : timeliness === 'skipped'), 'endedAt'),
  },
  stepsUnanswered: {
    title: 'Steps unanswered',
    formula: 'Steps that ended because nobody answered, of all that ended.',
    unit: 'percent',
    source: ['S3', 'P'],
    better: 'less',
    summary: 'share',
    ...ofRounds(
      ({ endedAt, timeliness }) => (endedAt === undefined ? undefined : timeliness === 'unanswered'),
      'endedAt',
    ),
  },
  packageComplete: {
    title: 'Package complete at signing',
    formula: 'Handoffs whose package had every required answer when the deal was won.',
    unit: 'percent',
    source: ['S2', 'S4'],
    better: 'more',
    summary: 'share',
    samples: ({ packageComplete, signedAt }) => [{ value: whether(packageComplete), at: signedAt }],
  },
  draftTarget: {
    title: 'Draft on target at signing',
    formula:
      'Handoffs whose package had reached the target at signature (70% in the default playbook), of those with a draft before.',
    unit: 'percent',
    source: ['S2'],
    better: 'more',
    summary: 'share',
    samples: ({ draft, packagePercent, signedAt }) =>
      draft === undefined ? [] : [{ value: whether(packagePercent >= draft.target), at: signedAt }],
  },
  packageReturned: {
    title: 'Packages returned',
    formula: 'Handoffs whose package was returned at least once, of those whose package was handed over.',
    unit: 'percent',
    source: ['S2', 'P'],
    better: 'less',
    summary: 'share',
    ...onceHandedOver(({ returns: count, returnedAt: first }) => ({ count, first })),
  },
  exceptionGranted: {
    title: 'Exceptions granted',
    formula: 'Handoffs that went ahead with an exception at least once, of those whose package was handed over.',
    unit: 'percent',
    source: ['S2', 'P'],
    better: 'less',
    summary: 'share',
    ...onceHandedOver(({ exceptions: count, exceptionAt: first }) => ({ count, first })),
  },
  openItemsSettled: {
    title: 'Open items settled',
    formula: 'Open items whose answer is in, of all that were opened.',
    unit: 'percent',
    source: ['P'],
    better: 'more',
    summary: 'share',
    samples: ({ openItems: { opened, settled } }) => [...items(1, settled), ...items(0, opened - settled)],
  },
  openItemsOverdue: {
    title: 'Open items overdue',
    formula: 'Number of open items that are past their date now.',
    unit: 'items',
    source: ['P'],
    better: 'less',
    summary: 'total',
    samples: ({ openItems: { overdue } }) => (overdue > 0 ? [{ value: overdue }] : []),
  },
  stalled: {
    title: 'Stalled',
    formula:
      'Handoffs that stalled at least once (everyone had been told, and a step was still open), of those signed in the period.',
    unit: 'percent',
    source: ['P'],
    better: 'less',
    summary: 'share',
    cameAt: ({ stalledAt }) => stalledAt[0],
    samples: ({ stalledAt, signedAt }) => [{ value: whether(stalledAt.length > 0), at: signedAt }],
  },
  waitingOnCustomer: {
    title: 'Waiting on the customer',
    formula:
      'Calendar days a handoff has been paused to wait for the customer so far, of those that waited. What several steps ' +
      'wait for at once counts once.',
    unit: 'days',
    source: ['P'],
    better: 'less',
    summary: 'median',
    samples: ({ daysWaitingForCustomer: value }) => (value > 0 ? [{ value }] : []),
  },
  surveyScore: {
    title: 'Survey score',
    formula: 'Average score that CSMs gave the handoff after 30 days, 1 to 10.',
    unit: 'of 10',
    source: ['S2'],
    better: 'more',
    summary: 'mean',
    ...onceThere(({ survey }) => (survey === undefined ? [] : [{ value: survey.score, at: survey.at }])),
  },
  surveyTarget: {
    title: 'Survey target reached',
    formula: 'Handoffs rated at the target or above (8 in the default playbook), of those rated.',
    unit: 'percent',
    source: ['S2'],
    better: 'more',
    summary: 'share',
    ...onceThere(({ survey }) =>
      survey?.target === undefined ? [] : [{ value: whether(survey.score >= survey.target), at: survey.at }],
    ),
  },
  onboardingComplete: {
    title: 'Onboarding completed',
    formula:
      'Handoffs whose customer completed onboarding, of those of which it was said. Where nobody said no, how many said yes: ' +
      'a share would always be 100%.',
    unit: 'percent',
    source: ['S2', 'S4'],
    better: 'more',
    summary: 'share',
    needsNo: true,
    ...onceThere(({ onboardingComplete: complete, onboardingSaidAt, outcomes, reached: { firstValueReached } }) => {
      if (complete === undefined) return [];
      const told = outcomes.find((each) => each.outcome === 'onboarding completed')?.at;
      const at = told ?? onboardingSaidAt ?? firstValueReached;
      return [{ value: whether(complete), ...(at === undefined ? {} : { at }) }];
    }),
  },
  expanded: {
    title: 'Customers expanded',
    formula:
      'Handoffs whose customer bought more, of those whose customer is known to have expanded, renewed, or churned.',
    unit: 'percent',
    source: ['S2', 'S4'],
    better: 'more',
    summary: 'share',
    ...onceThere(outcome('expanded')),
  },
  expandedOfWon: {
    title: 'Won to expansion',
    formula:
      'Handoffs whose customer bought more so far, as far as the CRM told, of all handoffs signed in the period; ' +
      'not known where it told nothing of any of them. Those signed lately have hardly had time to.',
    unit: 'percent',
    source: ['S2', 'S4'],
    better: 'more',
    summary: 'share',
    cameAt: ({ outcomes }) => outcomes.find((each) => each.outcome === 'expanded')?.at,
    samples: ({ outcomes, signedAt }) => [
      {
        value: whether(outcomes.some((each) => each.outcome === 'expanded')),
        at: signedAt,
        isUntold: outcomes.length === 0,
      },
    ],
  },
  renewed: {
    title: 'Customers renewed',
    formula: 'Handoffs whose customer renewed, of those whose customer is known to have expanded, renewed, or churned.',
    unit: 'percent',
    source: ['S2', 'S4'],
    better: 'more',
    summary: 'share',
    ...onceThere(outcome('renewed')),
  },
  churned: {
    title: 'Customers churned',
    formula: 'Handoffs whose customer left, of those whose customer is known to have expanded, renewed, or churned.',
    unit: 'percent',
    source: ['S2', 'S4'],
    better: 'less',
    summary: 'share',
    ...onceThere(outcome('churned')),
  },
  handoffScore: {
    title: 'Handoff score',
    formula:
      'Score of a handoff from completeness at signing, promises kept, returns, exceptions, and survey, 0 to 100, once it ended.',
    unit: 'of 100',
    source: ['S2'],
    better: 'more',
    summary: 'median',
    ...onceThere(({ handoffScore, endedAt }) =>
      handoffScore === undefined || endedAt === undefined ? [] : [{ value: handoffScore, at: endedAt }],
    ),
  },
  completeness: {
    title: 'AE completeness score',
    formula:
      'Share of the package’s answers that were right when the account executive first handed it over, 0 to 100. ' +
      'Shown to the account executive and their manager only.',
    unit: 'of 100',
    source: ['S2', 'P'],
    better: 'more',
    summary: 'median',
    samples: ({ completeness, accountExecutive, handedOverAt, reached: { packageReady }, signedAt }) =>
      completeness === undefined
        ? []
        : [
            {
              value: completeness,
              at: handedOverAt ?? packageReady ?? signedAt,
              ...(accountExecutive !== undefined && { owner: accountExecutive }),
            },
          ],
  },
} as const satisfies Readonly<Record<string, MeasureDefinition>>;

export type MeasureId = keyof typeof table;

/** Every measure, in the order in which reports show them. */
export const measureIds = Object.keys(table) as readonly MeasureId[];

export const definitionOf = (measure: MeasureId): MeasureDefinition => table[measure];

/** Whether a text is the id of a measure. */
export const isMeasure = (text: string): text is MeasureId => Object.hasOwn(table, text);

/** The table of definitions as Markdown. */
export function definitionsTable(): string {
  const rows = measureIds.map((id) => {
    const { title, formula, unit, source, better, summary } = definitionOf(id);
    return [title, `\`${id}\``, formula, `${summary}, ${unit}`, better, source.join(', ')];
  });
  const head = ['measure', 'id', 'what it is', 'figure', 'better', 'source'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
