import type { Ports } from '../ports/world.ts';
import { auditRecords } from './audit-records.ts';
import { dealRecords } from './deal-records.ts';
import { deskRecords } from './desk-records.ts';
import { digestTopicRecords } from './digest-topic-records.ts';
import { draftRecords } from './draft-records.ts';
import type { Table } from './dynamodb.ts';
import { factRecords } from './fact-records.ts';
import { handoffRecords } from './handoff-records.ts';
import { linkRecords } from './link-records.ts';
import { mailRecords } from './mail-records.ts';
import { mailTurns } from './mail-turns.ts';
import { measuredRecords } from './measured-records.ts';
import { meetingRecords } from './meeting-records.ts';
import { packageRecords } from './package-records.ts';
import { pseudonyms } from './pseudonyms.ts';
import { publishedRecords } from './published-records.ts';
import { refusalRecords } from './refusal-records.ts';
import { remediationRecords } from './remediation-records.ts';
import { reportMailRecords } from './report-mail-records.ts';
import { roster } from './roster.ts';
import { claimRecords, seenDealRecords } from './seen-deal-records.ts';
import { stepRecords } from './step-records.ts';
import { suppressions } from './suppressions.ts';
import { writeBackRecords } from './write-back-records.ts';

/** The ports that lead to the table. */
export type Records = Omit<
  Ports,
  'mail' | 'deliveries' | 'tokens' | 'executions' | 'schedules' | 'dealBus' | 'writeBackQueue' | 'factStream'
>;

/** The records in DynamoDB: every write is one conditional write on one item. `mailPerSecond`: how many recipients SES takes. */
export const recordsIn = (table: Table, mailPerSecond?: number): Records => ({
  deals: dealRecords(table),
  drafts: draftRecords(table),
  refusals: refusalRecords(table),
  handoffs: handoffRecords(table),
  steps: stepRecords(table),
  packages: packageRecords(table),
  mails: mailRecords(table),
  mailTurns: mailTurns(table, mailPerSecond),
  reportMails: reportMailRecords(table),
  digestTopics: digestTopicRecords(table),
  publishedWeeks: publishedRecords(table),
  remediations: remediationRecords(table),
  meetings: meetingRecords(table),
  links: linkRecords(table),
  desks: deskRecords(table),
  audit: auditRecords(table),
  roster: roster(table),
  suppressions: suppressions(table),
  seenDeals: seenDealRecords(table),
  claims: claimRecords(table),
  writeBacks: writeBackRecords(table),
  facts: factRecords(table),
  measured: measuredRecords(table),
  pseudonyms: pseudonyms(table),
});
