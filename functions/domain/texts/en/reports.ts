import { count } from './grammar.ts';

const steps = { one: 'step', other: 'steps' };
const handoffs = { one: 'handoff', other: 'handoffs' };

/** The reports that come by email. */
export const reports = {
  openReport: 'Open the report',
  openDesk: 'Open my desk',
  openAudit: 'Open the audit',
  /** What leads a line to its step: 'Nordwind: review the brief'. */
  stepOf: (customer: string, step: string): string => `${customer}: ${step}`,
  more: (n: number): string => `${n} more`,
  /** What leads from a list's first lines to all of it. */
  all: (n: number): string => `See all ${n}`,
  days: (n: number, written: string): string => `${written} ${n === 1 ? 'day' : 'days'}`,
  ofTen: (score: string): string => `${score} of 10`,
  ofHundred: (score: string): string => `${score} of 100`,
  handoffs: (n: number): string => count(n, handoffs),
  late: (span: string): string => `${span} overdue`,
  waitsForDecision: (since: string): string => `waits for a decision since ${since}`,
  waitsForCustomer: (until: string): string => `waiting on the customer until ${until}`,
  teamOf: (manager: string): string => `team ${manager}`,

  digest: {
    subject: (n: number, fresh: number, date: string): string => `${count(n, steps)} overdue, ${fresh} new: ${date}`,
    longest: (step: string, late: string): string => `Longest: ${step}, ${late}.`,
    what: 'These steps are overdue, the longest first.',
    overdue: 'Overdue',
    decisions: 'Overdue decisions on exceptions',
    items: 'Overdue open items',
    fresh: (n: number, since: string): string => `${n} new since ${since}`,
    cleared: (n: number, since: string): string => `${n} cleared since ${since}`,
    subjectHelp: (n: number, overdue: number, date: string): string =>
      `${count(n, { one: 'step needs', other: 'steps need' })} your help, ${overdue} overdue: ${date}`,
    subjectDone: (n: number, date: string): string => `${count(n, steps)} done, none overdue: ${date}`,
    late: (span: string): string => `It is ${span} overdue.`,
    needHelp: 'They need your help',
    inPlace: 'These steps have come to you. This list stands in place of an email for each.',
    done: (since: string): string => (since === '' ? 'Done' : `Done since ${since}`),
    over: 'You read of these here before. There is nothing left for you to do.',
    bySteps: 'By step',
    list: 'Longest first',
    help: 'Talk first. Then reassign or skip the step from your desk.',
    scores: 'Package completeness in your sales team',
  },

  week: {
    subject: (from: string, parts: readonly string[]): string => `Your week from ${from}: ${parts.join(', ')}`,
    overdue: (n: number): string => `${n} overdue`,
    due: (n: number): string => `${n} due`,
    open: (n: number): string => `${n} open`,
    meetings: (n: number): string => count(n, { one: 'meeting', other: 'meetings' }),
    what: 'What waits for you this week, with what is coming.',
    headOverdue: 'Overdue',
    headDue: 'Due this week',
    headLater: 'Open, due later',
    headMeetings: 'Meetings',
    dueAt: (when: string): string => `due ${when}`,
    meeting: (customer: string, title: string): string => `${customer}: ${title}`,
    score: 'Your package completeness',
    scoreOf: (n: number): string =>
      `Median of ${count(n, { one: 'package', other: 'packages' })} you handed over in the last 90 days. Only you and your manager see it.`,
  },

  kpis: {
    subject: (week: string, parts: readonly string[]): string => `Handoffs ${week}: ${parts.join(', ')}`,
    onTime: (percent: string): string => `${percent} on time`,
    doneIn: (days: string): string => `done in ${days}`,
    won: (n: number): string => `${n} won`,
    completed: (n: number): string => `${n} completed`,
    preview: (won: number, completed: number, most: string): string =>
      `${won} won, ${completed} completed.${most === '' ? '' : ` Most overdue: ${most}.`}`,
    what: (week: string): string => `The week of ${week}, each number beside the week before and the last four weeks.`,
    whatOfMonth: (month: string): string => `${month}, each number beside the month before and the last four months.`,
    measures: {
      won: 'Won',
      completed: 'Completed',
      stepsOnTime: 'Steps on time',
      timeToCompletion: 'Days to completion, median',
      surveyScore: 'Survey score',
    } as Readonly<Record<string, string>>,
    lastWeek: (value: string): string => `Week before: ${value}`,
    lastMonth: (value: string): string => `Month before: ${value}`,
    revisedFrom: (value: string, published: string): string => `${value}, revised from ${published}`,
    revised: (published: string): string => `Revised: ${published} was sent before.`,
    few: (n: number): string => `Few cases: ${n}`,
    ofFew: (n: number): string => ` (few cases: ${n})`,
    fewMark: '* Few cases: fewer than 10.',
    revisedMark: '† Revised since it was sent. A week usually moves for some days, as steps are reported later.',
    mostOverdue: (step: string, n: number, days: number): string =>
      `Most overdue step: ${step}, in ${count(n, handoffs)}, for up to ${count(days, { one: 'day', other: 'days' })}.`,
    noneOverdue: 'No step is overdue.',
    undecided: (n: number, since: string): string =>
      n === 1
        ? `1 handoff waits for a decision on an exception, since ${since}.`
        : `${n} handoffs wait for a decision on an exception, the first since ${since}.`,
    stalled: 'Stalled',
    since: (date: string): string => `since ${date}`,
    need: 'Handoffs that need a person',
    stalledFor: (days: number, step: string): string =>
      `stalled for ${days === 0 ? 'less than a day' : count(days, { one: 'day', other: 'days' })}${step === '' ? '' : `: ${step}`}`,
    overdueFor: (days: number, step: string): string =>
      `overdue for ${count(days, { one: 'day', other: 'days' })}: ${step}`,
    items: (n: number): string => `${count(n, { one: 'open item', other: 'open items' })} past the date`,
    returned: (n: number): string => `package returned ${n === 2 ? 'twice' : `${n} times`}`,
    notes: (n: number): string =>
      n === 1
        ? 'A remediation note of an audit is past its date.'
        : `${n} remediation notes of audits are past their date.`,
    noNames: 'Steps and customers, not names: those stay with each manager.',
    measuredAt: (when: string): string => `As of ${when}.`,
  },

  audit: {
    subject: (quarter: string, n: number): string => `${quarter} audit: ${count(n, handoffs)} to review`,
    quarter: (q: number, year: string): string => `Q${q} ${year}`,
    preview: (n: number, total: number, date: string): string =>
      `A random ${n} of ${total}. Add remediation notes by ${date}.`,
    what: (n: number, total: number): string =>
      total === 1
        ? 'The only handoff that ended or stalled in the quarter, with its timeline, evidence, and gaps.'
        : `A random ${n} of ${total} handoffs that ended or stalled in the quarter, each with its timeline, evidence, and gaps.`,
    notes: (date: string): string =>
      `Add a remediation note wherever something is to change, with an owner and a date, by ${date}.`,
    seed: 'Seed',
    drawnFrom: 'Drawn from',
    again: 'Anyone can draw the same again by the seed. The audit says how.',
    sample: 'To review',
    signed: (date: string): string => `signed ${date}`,
    open: (n: number): string =>
      n === 1
        ? 'A remediation note of an earlier audit is past its date.'
        : `${n} remediation notes of earlier audits are past their date.`,
  },
};
