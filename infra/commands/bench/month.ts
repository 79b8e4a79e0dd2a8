import type { Part } from '../../local/bench/figures.ts';
import { averageUse, handoffBill, monthUsd } from '../cost/bill.ts';
import { total } from '../cost/bill-item.ts';
import { mostUsd, reportingOf, stageMonth } from '../cost/stage-month.ts';

/** A month's bill of the stage that `cdk.json` names, people prompt. */
export async function benchMonth(): Promise<Part> {
  const { handoffs } = mostUsd.month;
  const month = await stageMonth({ handoffs, people: 'prompt' });
  const { fixed, reporting, uses, memoryMb } = month;
  const { few, many } = mostUsd.reporting;
  const all = monthUsd(month);
  const { ofFew, share } = reportingOf(reporting, total(handoffBill(averageUse(uses), memoryMb)));
  return {
    title: 'A month (USD, us-east-1 list prices, no free tier)',
    figures: [
      {
        what: `${handoffs} handoffs, all in all`,
        measured: usd(all),
        goal: { text: `≤ ${usd(mostUsd.month.usd)}`, met: all <= mostUsd.month.usd },
      },
      {
        what: 'a stage in which nothing happens',
        measured: usd(fixed.usd),
        goal: { text: `≤ ${usd(mostUsd.idle)}`, met: fixed.usd <= mostUsd.idle },
      },
      {
        what: `reports with ${few.handoffs} handoffs`,
        measured: usd(ofFew),
        goal: { text: `≤ ${usd(few.usd)}`, met: ofFew <= few.usd },
      },
      {
        what: `reports with ${many.handoffs} handoffs, beside what these use`,
        measured: percent(share),
        goal: { text: `≤ ${percent(many.share)}`, met: share <= many.share },
      },
    ],
    notes: ['Each item of the bill: npm run cost'],
  };
}

const usd = (amount: number): string => `$${amount.toFixed(2)}`;

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;
