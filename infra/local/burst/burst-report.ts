import { costUsd, prices } from '../../account/cost.ts';
import { columns } from '../bench/figures.ts';
import { invocationTakes, type QuotaName, type Quotas, type Tally } from './quotas.ts';
import type { Burst } from './run-burst.ts';
import type { BucketSize } from './token-bucket.ts';

const mostEvents = 1000;
const mostPace = 1.05;
/** Milliseconds. */
const slowestPage = 1000;

/** What people want to know of a burst: each figure, its goal beside it; which quota held it up, and what to ask AWS for. */
export function burstReport(burst: Burst, quotas: Quotas): string {
  const { deals, waits, attempts } = burst;
  const failed = burst.failed.count + burst.deadLetters;
  const figures = [
    row('handoffs started', `${count(burst.started)} of ${count(deals)}`, ['all', burst.started === deals]),
    row('first mails out', `${count(burst.mailed)} of ${count(deals)}`, ['all', burst.mailed === deals]),
    row('mails sent more than once', `${count(burst.duplicates)} of ${count(burst.mails)}`, ['0', !burst.duplicates]),
    row('executions failed, events given up', `${count(burst.failed.count)}, ${count(burst.deadLetters)}`, [
      '0',
      failed === 0,
    ]),
    row('first mail after its deal', `median ${time(part(waits, 0.5))}, 95 % within ${time(part(waits, 0.95))}`),
    row('the slowest first mail', time(part(waits, 1))),
    row('the last first mail, beside what SES alone would take', paceShown(burst, quotas), [
      `≤ ${mostPace} ×`,
      burst.mailed === deals && paceOf(burst, quotas) <= mostPace,
    ]),
    pagesRow(burst),
    row('SES calls for each mail', `${mean(attempts).toFixed(1)} on average, ${part(attempts, 1)} at most`),
    row('events in the longest history', count(burst.longestHistory), [
      `< ${count(mostEvents)}`,
      burst.longestHistory < mostEvents,
    ]),
  ];
  const won = burst.minutes > 0 ? `won at random moments of ${count(burst.minutes)} minutes` : 'won at the same moment';
  return [
    `Burst: ${count(deals)} deals, ${won}; over after ${time(burst.lasted * 60)} of virtual time`,
    ...indented(columns(figures)),
    ...indented([burst.failed.first ? `The first failure: ${burst.failed.first}` : '']),
    'Quotas (us-east-1)',
    ...indented(columns([['', 'limit', 'used at most', '', 'over it'], ...lines(burst, quotas)])),
    '',
    verdict(burst, quotas),
    storm(burst),
    '',
  ].join('\n');
}

const count = (value: number): string => Math.round(value).toLocaleString('en');

const row = (what: string, measured: string, goal?: readonly [string, boolean]): string[] => [
  what,
  measured,
  goal ? `goal ${goal[0]}` : '',
  goal ? (goal[1] ? 'met' : 'MISSED') : '',
];

/**
 * How long it took until every deal had its first mail, beside what SES's rate alone would take for all mails that were asked for until
 * then; where deals come more slowly than that, beside the last deal.
 */
function paceOf({ lastFirstMail, wonWithin, waits }: Burst, { mail }: Quotas): number {
  const rateAlone = lastFirstMail.recipients / mail.perSecond;
  if (rateAlone > wonWithin) return lastFirstMail.after / rateAlone;
  return 1 + (part(waits, 1) * mail.perSecond) / Math.max(1, lastFirstMail.recipients);
}

const paceShown = (burst: Burst, quotas: Quotas): string =>
  `${paceOf(burst, quotas).toFixed(3)} × (${count(burst.lastFirstMail.recipients)} recipients)`;

function pagesRow({ pages }: Burst): string[] {
  const slowest = part(pages.took, 1);
  const shown = `${time(slowest / 1000)} of ${count(pages.took.length)}; ${count(pages.decided)} decided, ${count(pages.failed)} failed`;
  return row('the slowest page for people meanwhile', shown, ['< 1 s, 0', slowest < slowestPage && pages.failed === 0]);
}

const indented = (texts: readonly string[]): string[] => texts.map((text) => (text === '' ? '' : `  ${text}`));

/** The value that this part of the sorted values does not exceed; NaN when there are none. */
const part = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Seconds for people: `0.5 s`, `14 min`, `25.3 h`. */
function time(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 2 * 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const titles: Readonly<Record<QuotaName, string>> = {
  mail: 'SES, recipients',
  mailPerDay: 'SES, recipients in 24 hours',
  startExecution: 'Step Functions, StartExecution',
  transitions: 'Step Functions, transitions',
  sendTask: 'Step Functions, SendTask*',
  concurrency: 'Lambda, at the same time',
  writes: 'DynamoDB, write units',
  reads: 'DynamoDB, read units',
  putEvents: 'EventBridge, PutEvents',
};
const names = Object.keys(titles) as QuotaName[];

const isRate = (limit: number | BucketSize): limit is BucketSize => typeof limit === 'object';

function lines({ tallies: counted }: Burst, quotas: Quotas): string[][] {
  const tallies = withOthers(counted, quotas);
  return names.map((name) => {
    const limit = quotas[name];
    const { refused } = tallies[name];
    const burst = isRate(limit) && limit.burst !== limit.perSecond ? ` (${count(limit.burst)} at once)` : '';
    return [
      titles[name],
      isRate(limit) ? `${count(limit.perSecond)} a second${burst}` : count(limit),
      count(usedAtMost(name, tallies[name])),
      // Above a hundred within a second of the clock is the burst on top of the rate.
      `${Math.min(100, Math.round(100 * usedShare(name, { tally: tallies[name], limit })))} %`,
      refused === 0 ? '' : `${count(refused)} times`,
    ];
  });
}

/** What others had used of the day's quota is part of it. */
function withOthers(tallies: Burst['tallies'], { mailSentBefore = 0 }: Quotas): Burst['tallies'] {
  const { mailPerDay } = tallies;
  return { ...tallies, mailPerDay: { ...mailPerDay, granted: mailPerDay.granted + mailSentBefore } };
}

const usedAtMost = (name: QuotaName, tally: Tally): number => (name === 'mailPerDay' ? tally.granted : tally.peak);

function usedShare(name: QuotaName, of: { tally: Tally; limit: number | BucketSize }): number {
  const most = isRate(of.limit) ? Math.max(of.limit.burst, of.limit.perSecond) : of.limit;
  return usedAtMost(name, of.tally) / most;
}

/** Seconds that a quota takes for all that was asked of it: the one that takes longest holds up the rest. */
function secondsFor(name: QuotaName, of: { tally: Tally; limit: number | BucketSize }): number {
  const { tally, limit } = of;
  if (name === 'mailPerDay') return tally.refused > 0 ? 24 * 3600 : 0;
  if (!isRate(limit)) return (tally.granted * invocationTakes) / 1000 / limit;
  return Math.max(0, tally.granted - limit.burst) / limit.perSecond;
}

function verdict(burst: Burst, quotas: Quotas): string {
  const { tallies } = burst;
  const known = names.map((name) => ({ name, tally: tallies[name], limit: quotas[name] }));
  const over = known.filter(({ tally }) => tally.refused > 0);
  const binding = over.toSorted((a, b) => secondsFor(b.name, b) - secondsFor(a.name, a))[0];
  if (!binding) {
    const [nearest] = known.toSorted((a, b) => usedShare(b.name, b) - usedShare(a.name, a));
    return `No quota binds. The nearest is ${titles[nearest?.name ?? 'mail']}; nothing needs to be raised.`;
  }
  const { name, limit } = binding;
  const others = over.filter((each) => each !== binding).map((each) => titles[each.name]);
  const needed = raisedTo(burst, binding) + (name === 'mailPerDay' ? (quotas.mailSentBefore ?? 0) : 0);
  const now = isRate(limit) ? limit.perSecond : limit;
  const raise =
    needed > now
      ? `Raise it to ${count(needed)}${name === 'mailPerDay' ? ' a day' : isRate(limit) ? ' a second' : ''}, and it would take ${name === 'mailPerDay' ? 'no second day' : time(spanOf(burst))}.`
      : 'It is a peak that passes by itself: there is nothing to raise.';
  const beside = others.length > 0 ? ` Over theirs for moments: ${others.join('; ')}.` : '';
  return `${titles[name]} binds. ${raise}${beside}`;
}

/** Seconds in which it should be done: as long as deals are won, and a minute at least. */
const spanOf = ({ minutes }: Burst): number => Math.max(60, minutes * 60);

function raisedTo(burst: Burst, of: { name: QuotaName; tally: Tally; limit: number | BucketSize }): number {
  const { name, tally, limit } = of;
  // Each of these would be sent, had there been room for it.
  if (name === 'mailPerDay') return Math.max(tally.granted, burst.mails + (burst.deals - burst.mailed));
  if (!isRate(limit)) return (tally.granted * invocationTakes) / 1000 / spanOf(burst);
  return Math.ceil(tally.granted / spanOf(burst));
}

function storm(burst: Burst): string {
  const transitions = burst.retries * prices.stateTransition;
  const { items, total } = costUsd(burst.usage);
  const share = (100 * burst.retries) / Math.max(1, burst.usage.stateTransitions);
  return [
    `Retries: ${count(burst.retries)} states were tried again, ${share.toFixed(0)} % of all transitions: $${transitions.toFixed(2)},`,
    `beside $${items.mail.toFixed(2)} for the mails and $${total.toFixed(2)} for the whole burst.`,
  ].join(' ');
}
