import { costUsd, prices } from '../../account/cost.ts';
import type { Usage } from '../../account/usage.ts';
import type { FixedCost } from '../../stack/fixed-cost.ts';
import { type BillItem, total } from './bill-item.ts';
import { reportingBill } from './reporting-bill.ts';
import type { ReportingUse } from './reporting-use.ts';

/** What is not counted but taken for granted; every figure is on the high side. */
export const assumptions = {
  /** Billed milliseconds of an invocation, its share of cold starts included; with more memory it takes as much less. */
  invocationMilliseconds: 150,
  /** Bytes that an invocation writes into the logs: its one line, its counts, what Lambda adds. */
  logBytesOfInvocation: 1500,
  /** Bytes of the access log and of a page on its way out. */
  logBytesOfCall: 500,
  pageBytes: 20_000,
  /** Metrics of the system's own that are counted in an active month. */
  metrics: 5,
} as const;

/** us-east-1 list prices in USD, without the free tier. */
const further = {
  logGb: 0.5,
  outGb: 0.09,
  metric: 0.3,
  /** Of a month, with its backup of every second. */
  tableGb: 0.25 + 0.2,
} as const;

/** What one handoff uses. */
export interface HandoffUse {
  /** What kind of deal, e.g. `standard, complete`. */
  readonly kind: string;
  /** How many of ten handoffs are like it. */
  readonly ofTen: number;
  readonly usage: Usage;
}

/** What one handoff of each kind costs in USD, item by item; the dearest item first. */
export function handoffBill(usage: Usage, memoryMb: number): readonly BillItem[] {
  const invocations = Object.values(usage.lambdaInvocations).reduce((sum, each) => sum + each, 0);
  const { items } = costUsd(usage, { milliseconds: assumptions.invocationMilliseconds, memoryMb });
  const logged = invocations * assumptions.logBytesOfInvocation + usage.httpCalls * assumptions.logBytesOfCall;
  const { readUnits, writeUnits } = usage.dynamodb;
  const bill: BillItem[] = [
    {
      item: 'Step Functions',
      counted: `${round(usage.stateTransitions)} transitions`,
      usd: items.stateTransitions,
    },
    { item: 'SES', counted: `${round(usage.mail.recipients)} recipients`, usd: items.mail },
    { item: 'Lambda', counted: `${round(invocations)} invocations`, usd: items.lambdaCompute + items.lambdaRequests },
    {
      item: 'DynamoDB',
      counted: `${round(writeUnits)} write, ${round(readUnits)} read units`,
      usd: items.dynamodbWrites + items.dynamodbReads,
    },
    {
      // What was written is kept; that some of it was written over is left out.
      item: 'DynamoDB storage, one month',
      counted: `${round(writeUnits)} KB at most`,
      usd: gigabytes(writeUnits * 1024) * further.tableGb,
    },
    { item: 'Logs', counted: `${round(logged / 1000)} KB`, usd: gigabytes(logged) * further.logGb },
    {
      item: 'HTTP API, pages',
      counted: `${round(usage.httpCalls)} calls`,
      usd: usage.httpCalls * prices.httpCall + gigabytes(usage.httpCalls * assumptions.pageBytes) * further.outGb,
    },
    {
      item: 'EventBridge, Scheduler, SQS',
      counted: `${round(usage.eventsPut + usage.schedulerInvocations)} events, ${round(usage.queueRequests)} requests`,
      usd: items.events + items.schedulerInvocations + items.queueRequests,
    },
  ];
  return bill.sort((a, b) => b.usd - a.usd);
}

const gigabytes = (bytes: number): number => bytes / 1e9;

const round = (value: number): string => (value < 10 && value % 1 !== 0 ? value.toFixed(1) : String(Math.round(value)));

/** The average handoff of the mix. */
export function averageUse(uses: readonly HandoffUse[]): Usage {
  const all = uses.reduce((sum, { ofTen }) => sum + ofTen, 0);
  const mean = (of: (usage: Usage) => number) =>
    uses.reduce((sum, { usage, ofTen }) => sum + of(usage) * ofTen, 0) / all;
  const functions = new Set(uses.flatMap(({ usage }) => Object.keys(usage.lambdaInvocations)));
  return {
    stateTransitions: mean((usage) => usage.stateTransitions),
    lambdaInvocations: Object.fromEntries(
      [...functions].map((name) => [name, mean((usage) => usage.lambdaInvocations[name] ?? 0)]),
    ),
    dynamodb: {
      readUnits: mean((usage) => usage.dynamodb.readUnits),
      writeUnits: mean((usage) => usage.dynamodb.writeUnits),
    },
    mail: { messages: mean((usage) => usage.mail.messages), recipients: mean((usage) => usage.mail.recipients) },
    eventsPut: mean((usage) => usage.eventsPut),
    httpCalls: mean((usage) => usage.httpCalls),
    schedulerInvocations: mean((usage) => usage.schedulerInvocations),
    queueRequests: mean((usage) => usage.queueRequests),
  };
}

/** USD of a month in which something happens, beside what stands in the template: the system's own metrics. */
export const metricsUsd = assumptions.metrics * further.metric;

export interface Month {
  readonly handoffs: number;
  readonly uses: readonly HandoffUse[];
  readonly fixed: FixedCost;
  /** Of the functions. */
  readonly memoryMb: number;
  /** What reports use; a bill without them when left out. */
  readonly reporting?: ReportingUse;
}

/** USD of the whole month. */
export const monthUsd = ({ handoffs, uses, fixed, memoryMb, reporting }: Month): number =>
  handoffs * total(handoffBill(averageUse(uses), memoryMb)) +
  fixed.usd +
  (handoffs > 0 ? metricsUsd : 0) +
  (reporting ? total(reportingBill(reporting, handoffs)) : 0);
