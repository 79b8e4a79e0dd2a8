import { columns } from '../../local/bench/figures.ts';
import type { FixedCost } from '../../stack/fixed-cost.ts';
import { assumptions, averageUse, handoffBill, type Month, metricsUsd, monthUsd } from './bill.ts';
import { total } from './bill-item.ts';
import { reportingAssumptions, reportingBill } from './reporting-bill.ts';
import type { ReportingUse } from './reporting-use.ts';
import { mostUsd, reportingOf } from './stage-month.ts';

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
    ...(month.reporting ? [...indented(columns(reportingRows(month.reporting, month, each))), ''] : []),
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
    [
      'an idle deployment',
      `goal ≤ ${mostUsd.idle} ${fixed.usd <= mostUsd.idle ? 'met' : 'MISSED'}`,
      fixed.usd.toFixed(2),
    ],
    ['metrics of an active month', `${assumptions.metrics}`, metricsUsd.toFixed(2)],
  ];
}

function reportingRows(reporting: ReportingUse, { handoffs }: Month, each: number): string[][] {
  const bill = reportingBill(reporting, handoffs);
  const { few, many } = mostUsd.reporting;
  const { ofFew, ofMany, share } = reportingOf(reporting, each);
  const goal = (isMet: boolean, text: string) => `goal ${text} ${isMet ? 'met' : 'MISSED'}`;
  return [
    ['reporting', `counted, ${handoffs} handoffs`, 'USD a month'],
    ...bill.map(({ item, counted, usd }) => [item, counted, usd.toFixed(2)]),
    ['sum', '', total(bill).toFixed(2)],
    [`with ${few.handoffs} handoffs`, goal(ofFew <= few.usd, `≤ ${few.usd}`), ofFew.toFixed(2)],
    [
      `with ${many.handoffs} handoffs, ${(share * 100).toFixed(1)}% of their use`,
      goal(share <= many.share, `≤ ${many.share * 100}%`),
      ofMany.toFixed(2),
    ],
  ];
}

const notes = (memoryMb: number): string[] => [
  'Counted from a handoff of each kind, played to its end through the real handlers and the real state machine. Assumed:',
  `an invocation takes ${assumptions.invocationMilliseconds} ms at ${memoryMb} MB, as much less where it has more, and logs ${assumptions.logBytesOfInvocation} bytes; a page has ${assumptions.pageBytes / 1000} KB; records are kept`,
  'for ever, which adds one month of storage every month; all five metrics are counted in the month. AWS gives every account',
  'ten alarms, three dashboards, ten metrics and 5 GB of logs free, which is not taken off.',
  `Reporting: a handoff is played with the nightly measuring; assumed are ${reportingAssumptions.handoffsOfPerson} handoffs a month for each account executive`,
  `and CSM, a manager for ${reportingAssumptions.peopleOfManager} of them who gets a digest each working day and opens ${reportingAssumptions.pagesOfManager} pages, and ${reportingAssumptions.rowBytes} bytes a row.`,
];

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
