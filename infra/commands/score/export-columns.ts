import type { NamedOwner } from '../../../functions/domain/deal/closed-deal.ts';
import { type FieldPath, packageFields } from '../../../functions/domain/deal/package.ts';

/** What of a deal itself a column may hold, beside answers of its package. */
export type DealColumn =
  | 'dealId'
  | 'wonEpisode'
  | 'name'
  | 'customer'
  | 'closedOn'
  | 'stage'
  | 'isWon'
  | 'amount'
  | 'currency'
  | 'industry'
  | NamedOwner;

export type ColumnTarget = DealColumn | FieldPath;

/** Headers that CRMs write (HubSpot, Salesforce, Pipedrive), and those of our own event. */
const usualHeaders: Readonly<Record<DealColumn, readonly string[]>> = {
  dealId: ['Deal ID', 'Record ID', 'Opportunity ID', 'Opportunity ID (18)', 'ID', 'hs_object_id', 'Case Safe ID'],
  wonEpisode: ['wonEpisode'],
  name: ['Deal Name', 'Opportunity Name', 'Title', 'Name', 'Deal', 'Opportunity'],
  customer: [
    ...[
      'Company',
      'Company Name',
      'Account Name',
      'Account',
      'Organization',
      'Organisation',
      'Customer',
      'customer.name',
    ],
    ...['Customer Name', 'Client', 'Associated Company', 'Primary Associated Company', 'Primary Company'],
  ],
  closedOn: [
    ...[
      'Close Date',
      'Closed Date',
      'Closing Date',
      'closedWonAt',
      'Closed Won Date',
      'Won Time',
      'Won Date',
      'Won On',
    ],
    ...['Deal Closed On', 'Date entered Closed Won', 'Signed on'],
  ],
  stage: ['Deal Stage', 'Stage', 'Stage Name', 'Status', 'Deal Status'],
  isWon: ['Is Closed Won', 'Is Won', 'Won', 'hs_is_closed_won'],
  amount: ['Amount', 'Value', 'Deal Value', 'Deal Amount', 'Total Value', 'Contract Amount'],
  currency: [
    'Currency',
    'Deal Currency',
    'Amount Currency',
    'Currency of Value',
    'deal_currency_code',
    'CurrencyIsoCode',
    'Currency ISO Code',
  ],
  industry: ['Industry', 'customer.industry'],
  accountExecutive: [
    'Deal Owner',
    'Owner',
    'Opportunity Owner',
    'Account Executive',
    'AE',
    'Owner Email',
    'Opportunity Owner Email',
    'Sales Rep',
  ],
  customerSuccessManager: ['Customer Success Manager', 'CSM', 'CSM Email', 'Customer Success Owner', 'Account Manager'],
};

/** Headers of answers beside their path, their property in the CRM and their label. */
const otherHeaders: Readonly<Partial<Record<FieldPath, readonly string[]>>> = {
  'contract.segment': ['Segment', 'Customer Segment'],
  'contract.renewalDate': ['Renewal', 'Contract Renewal Date'],
  'contract.planTier': ['Plan'],
  'contract.value': ['Contract Value'],
  'communication.timeZone': ['customer.timeZone', 'Customer Time Zone'],
  'communication.language': ['customer.language', 'Customer Language'],
  'attachments.crmRecord': ['CRM Link', 'Deal Link', 'Record URL', 'Deal URL'],
};

/** A header as it is compared: letters and digits, without what Pipedrive writes before the columns of a deal. */
const bare = (header: string): string =>
  header
    .replace(/^(deal|opportunity)\s+-\s+/i, '')
    .replace(/^(detail\.)?(package\.)?/i, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** `Handoff_Why_They_Bought__c`, `handoff_why_they_bought` and `Why they bought` are one. */
const bareField = (header: string): string => bare(header.replace(/__c$/i, '').replace(/^handoff[\s_:-]+/i, ''));

const dealColumns: ReadonlyMap<string, DealColumn> = new Map(
  Object.entries(usualHeaders).flatMap(([target, names]) =>
    names.map((name): readonly [string, DealColumn] => [bare(name), target as DealColumn]),
  ),
);

const fields: ReadonlyMap<string, FieldPath> = new Map(
  packageFields.flatMap(({ path, label }) =>
    [path, path.slice(path.indexOf('.') + 1), label, ...(otherHeaders[path] ?? [])].map(
      (name): readonly [string, FieldPath] => [bare(name), path],
    ),
  ),
);

/** What the columns of an export hold, and the headers that say nothing to us. */
export interface ReadHeader {
  /** For each column, in its order. */
  readonly targets: readonly (ColumnTarget | undefined)[];
  readonly unknown: readonly string[];
}

/**
 * Reads a header row: paths of our fields (`dealContext.whyTheyBought`), property names by the mapping's convention
 * (`handoff_why_they_bought`), labels (`Why they bought`), and what CRMs call a deal's own columns. `labels`: what the playbook calls
 * the answers, where that differs.
 */
export function readHeader(header: readonly string[], labels: ReadonlyMap<string, FieldPath>): ReadHeader {
  const own = new Map([...labels].map(([label, path]) => [bare(label), path]));
  const targets = header.map(
    (name) => own.get(bare(name)) ?? dealColumns.get(bare(name)) ?? fields.get(bareField(name)),
  );
  return { targets, unknown: header.filter((name, i) => targets[i] === undefined && name !== '') };
}
