import { textsOf } from '../texts/texts.ts';
import type { HandoffState } from './handoff.ts';

/** Why a handoff has ended, as pages say it: what somebody wrote as it stands, what the CRM said in our words. */
export const endReasonOf = ({
  reason,
  endedBy = 'crm',
}: Pick<HandoffState, 'reason' | 'endedBy'>): string | undefined =>
  reason !== undefined && endedBy === 'crm' ? textsOf().words.dealOver(reason) : reason;
