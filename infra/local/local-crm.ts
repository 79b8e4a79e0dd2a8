import type { DealCondition } from '../../functions/domain/deal/deal-condition.ts';
import type { CrmHttp, CrmSecrets } from '../../functions/ports/crm-access.ts';
import type { CrmName, writeBackNames } from '../wiring/crms.ts';

/** The CRM that a system on this machine is connected to. */
export interface LocalCrm {
  readonly name: CrmName;
  readonly account: string;
  /** Where its API stands. */
  readonly apiUrl: string;
  /** How it is called; over the network when left out. */
  readonly http?: CrmHttp;
  readonly secrets: CrmSecrets;
  /** What is so of the deals that are handed over; all are when left out. */
  readonly deals?: readonly DealCondition[];
  /** What is written back into it; nothing when left out. */
  readonly writeBack?: readonly (typeof writeBackNames)[number][];
  /** The source of its events, where it tells of deals on a partner bus. */
  readonly partnerSource?: string;
}

/** Whether a CRM is told how its handoffs go. */
export const writesBack = (crm: LocalCrm | undefined): boolean => (crm?.writeBack ?? []).length > 0;
