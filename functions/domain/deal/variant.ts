import { recordOf } from '../fields/record.ts';
import { type Variant, variantOf } from '../playbook/freeze.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { Deal } from './deal.ts';

/**
 * The variant of the playbook that applies to a deal: the segment its package says (the account executive may have corrected
 * it), else the deal's; and the deal's industry. What the playbook does not know falls back, with a note for the record.
 */
export function variantOfDeal(
  playbook: Pick<Playbook, 'segments' | 'industries' | 'fallbackSegment'>,
  deal: Pick<Deal, 'segment' | 'industry' | 'package'>,
): { readonly variant: Variant; readonly notes: readonly string[] } {
  const packaged = recordOf(recordOf(deal.package)['contract'])['segment'];
  return variantOf(playbook, {
    segments: [typeof packaged === 'string' ? packaged : undefined, deal.segment],
    industry: deal.industry,
  });
}
