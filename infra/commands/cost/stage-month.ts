import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';
import type { Manner } from '../../local/play/script.ts';
import { fixedCost } from '../../stack/fixed-cost.ts';
import type { Month } from './bill.ts';
import { total } from './bill-item.ts';
import { handoffUses } from './handoff-use.ts';
import { reportingBill } from './reporting-bill.ts';
import { type ReportingUse, reportingUse } from './reporting-use.ts';
import { memoryOf, synthesizeStage } from './template.ts';

/** What may be paid at most, USD: a month in which nothing happens, one with so many handoffs, and what reports are of it. */
export const mostUsd = {
  idle: 5,
  month: { handoffs: 200, usd: 7.5 },
  reporting: { few: { handoffs: 200, usd: 2 }, many: { handoffs: 20_000, share: 0.1 } },
} as const;

export interface MonthOf {
  readonly handoffs: number;
  readonly people: Manner;
  /** The one that `cdk.json` names when left out. */
  readonly stage?: string | undefined;
}

/** A month of a stage: what its handoffs use, counted while one of each kind is played here, and what its template costs. */
export async function stageMonth({
  handoffs,
  people,
  stage,
}: MonthOf): Promise<Month & { readonly reporting: ReportingUse }> {
  const { settings, template } = await synthesizeStage(stage);
  const playbook = shippedPlaybooks[settings.playbook];
  const uses = await handoffUses(playbook, people);
  const reporting = await reportingUse(playbook);
  return { handoffs, uses, fixed: fixedCost(template), memoryMb: memoryOf(template), reporting };
}

/** What reports cost with few and with many handoffs a month, USD; and of many, beside what these use, one `each`. */
export function reportingOf(reporting: ReportingUse, each: number) {
  const { few, many } = mostUsd.reporting;
  const [ofFew, ofMany] = [few, many].map(({ handoffs }) => total(reportingBill(reporting, handoffs)));
  return { ofFew: ofFew ?? 0, ofMany: ofMany ?? 0, share: (ofMany ?? 0) / (each * many.handoffs) };
}
