import { columns } from '../../local/bench/figures.ts';
import type { FixedCost } from '../../stack/fixed-cost.ts';
import { assumptions, averageUse, handoffBill, type Month, metricsUsd, monthUsd, total } from './bill.ts';

/** A deployment in which nothing happens costs no more than this a month, USD. */
const mostIdle = 5;

/** A month's bill for people. */
export function costReport(month: Month, people: string): string {
  const { handoffs, uses, fixed, memoryMb } = month;
  const bill = handoffBill(averageUse(uses), memoryMb);
  const each = total(bill);
  return [
    `A month with ${handoffs} handoffs, people ${people} (USD, us-east-1 list prices, no free tier)`,
    '',
    ...indented(
      columns([
        ['by use', 'one handoff', 'USD', `${handoffs} of them`],
        ...bill.map(({ item, counted, usd }) => [item, counted, usd.toFixed(6), (usd * handoffs).toFixed(2)]),
        ['sum', '', each.toFixed(6), (each * handoffs).toFixed(2)],
      ]),
    ),
    '',
    ...indented(
      columns([
        ['one of them', 'of ten', 'USD'],
        ...uses.map(({ kind, ofTen, usage }) => [kind, String(ofTen), total(handoffBill(usage, memoryMb)).toFixed(6)]),
      ]),
    ),
    '',
    ...indented(columns(fixedRows(fixed))),
    '',
    `  In all: $${monthUsd(month).toFixed(2)} a month.`,
    '',
    ...indented(notes(memoryMb)),
    '',
  ].join('\n');
}

function fixedRows(fixed: FixedCost): string[][] {
  return [
    ['fixed, from the template', '', 'USD a month'],
    ...fixed.items.map(({ item, count, unitUsd, usd }) => [item, `${count} at ${unitUsd}`, usd.toFixed(2)]),
    ['an idle deployment', `goal ≤ ${mostIdle} ${fixed.usd <= mostIdle ? 'met' : 'MISSED'}`, fixed.usd.toFixed(2)],
    ['metrics of an active month', `${assumptions.metrics}`, metricsUsd.toFixed(2)],
  ];
}

const notes = (memoryMb: number): string[] => [
  'Counted from a handoff of each kind, played to its end through the real handlers and the real state machine. Assumed:',
  `an invocation takes ${assumptions.invocationMilliseconds} ms at ${memoryMb} MB and logs ${assumptions.logBytesOfInvocation} bytes; a page has ${assumptions.pageBytes / 1000} KB; records are kept`,
  'for ever, which adds one month of storage every month; all nine metrics are counted in the month. AWS gives every account',
  'ten alarms, three dashboards, ten metrics and 5 GB of logs free, which is not taken off.',
];

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
