import { checkPackage, formValue } from '../../../functions/domain/deal/completeness.ts';
import { parseDealEvent } from '../../../functions/domain/deal/deal.ts';
import { gapText } from '../../../functions/domain/deal/gap-text.ts';
import { packageFieldsOf } from '../../../functions/domain/deal/package.ts';
import { variantOfDeal } from '../../../functions/domain/deal/variant.ts';
import { cleanLine, excerpt } from '../../../functions/domain/fields/clean-text.ts';
import { freezePlaybook } from '../../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { CrmDeal } from '../../../functions/ports/crm.ts';

/** A deal of the CRM as the package it would become. */
export interface MappedDeal {
  readonly text: string;
  /** Whether a handoff could begin with it: it need not be complete. */
  readonly isUsable: boolean;
}

/** Characters of an answer that are shown. */
const longest = 90;

/**
 * What a deal would become under a playbook, field by field, and what it lacks. `at`: UTC, taken for the time of winning where the deal
 * is not won.
 */
export function mappedDeal(deal: CrmDeal, { playbook, at }: { playbook: Playbook; at: Instant }): MappedDeal {
  const { dealId, phase, stage, wonAt = at, leftOut, facts, notes } = deal;
  const head = [`Deal ${dealId}, at "${excerpt(stage)}" (${phase}${deal.wonAt ? `, won ${deal.wonAt}` : ''})`, ''];
  if (leftOut !== undefined) head.push('No handoff begins with it:', `   ${cleanLine(leftOut)}`, '');
  const parsed = parseDealEvent({
    ...{ source: 'handoff.crm', 'detail-type': 'Deal Closed Won', time: at },
    detail: { ...facts, dealId, closedWonAt: wonAt },
  });
  if ('refused' in parsed) {
    const lines = parsed.refused.map(
      ({ field, problem, remedy }) => `   ${cleanLine(`${field} ${problem}. ${remedy}`)}`,
    );
    return {
      text: [...head, 'No handoff could begin with it:', ...lines, ...noted(notes)].join('\n'),
      isUsable: false,
    };
  }
  const { variant } = variantOfDeal(playbook, parsed.deal);
  const rules = freezePlaybook(playbook, variant);
  const { gaps, percent, complete } = checkPackage({ package: parsed.deal.package, deal: parsed.deal, rules });
  const said = packageFieldsOf(rules)
    .map((field) => ({ label: field.label, text: formValue(parsed.deal.package, field).replaceAll('\n', ' / ') }))
    .filter(({ text }) => text !== '')
    .map(({ label, text }) => `   ${label}: ${text.length > longest ? `${text.slice(0, longest)}…` : text}`);
  const { customer, accountExecutive, customerSuccessManager } = parsed.deal;
  return {
    isUsable: true,
    text: [
      ...head,
      `Customer: ${customer.name}`,
      `Account executive: ${accountExecutive}`,
      `CSM: ${customerSuccessManager ?? 'by the assignment rules'}`,
      `Segment: ${variant.segment}`,
      '',
      `What the CRM says (${said.length} answers):`,
      ...(said.length > 0 ? said : ['   nothing']),
      '',
      complete ? `The package is complete (${percent}%).` : `The package is ${percent}% complete. To go:`,
      ...gaps.map((gap) => `   ${cleanLine(gapText(gap))}`),
      ...noted([...notes, ...parsed.notes]),
    ].join('\n'),
  };
}

const noted = (notes: readonly string[]): string[] =>
  notes.length > 0 ? ['', 'Noticed:', ...notes.map((note) => `   ${cleanLine(note)}`)] : [];
