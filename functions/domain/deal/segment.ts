import { recordOf } from '../fields/record.ts';
import type { Segment } from '../playbook/playbook.ts';
import type { Deal } from './deal.ts';

/** The customer segments that have a playbook. */
export const defaultSegments = ['standard', 'enterprise', 'self-serve'] as const satisfies readonly Segment[];

/** The segment a text means, whatever its case and hyphens (`Self Serve`); undefined when it means none. */
export function knownSegment(text: string): Segment | undefined {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return defaultSegments.find((segment) => bare(segment) === bare(text));
}

/**
 * The segment whose playbook applies: what the package says (the account executive may have corrected it), else what the
 * deal says, else `standard`. An unknown segment is treated as `standard`; `checkPackage` names the gap.
 */
export function segmentOf(deal: Deal, pkg: unknown = deal.package): Segment {
  const said = [recordOf(recordOf(pkg)['contract'])['segment'], deal.segment];
  const known = said.map((text) => (typeof text === 'string' ? knownSegment(text) : undefined));
  return known.find((segment) => segment !== undefined) ?? 'standard';
}
