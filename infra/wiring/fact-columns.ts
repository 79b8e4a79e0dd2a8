import type { RecordedFact } from '../../functions/domain/reports/fact.ts';
import { stageName } from './names.ts';

type MembersOf<Each> = Each extends unknown ? keyof Each : never;

/** The delivery stream that takes facts to S3. */
export const factStreamName = (stage: string): string => stageName(stage, 'facts');

/**
 * The members of facts as Athena reads them from JSON, by types of its own: the compiler asks for each member that any kind of fact
 * has. Names are in lower case there.
 */
export const factColumns: Readonly<Record<MembersOf<RecordedFact>, string>> = {
  handoff: 'string',
  key: 'string',
  kind: 'string',
  at: 'string',
  recordedAt: 'string',
  revision: 'int',
  signedAt: 'string',
  segment: 'string',
  industry: 'string',
  playbook: 'string',
  playbookHash: 'string',
  packagePercent: 'double',
  packageComplete: 'boolean',
  draft: 'struct<percent:double,target:double>',
  accountExecutive: 'string',
  customerSuccessManager: 'string',
  step: 'string',
  round: 'int',
  owner: 'string',
  team: 'string',
  askedAt: 'string',
  promisedAt: 'string',
  dueAt: 'string',
  choice: 'string',
  timeliness: 'string',
  promise: 'string',
  daysLate: 'double',
  saidNo: 'boolean',
  heldAt: 'string',
  gaps: 'int',
  asked: 'int',
  granted: 'int',
  grantedAt: 'string',
  late: 'boolean',
  settledAt: 'string',
  until: 'string',
  days: 'double',
  anchor: 'string',
  score: 'double',
  target: 'double',
  complete: 'boolean',
  status: 'string',
  handoffScore: 'double',
  completeness: 'double',
  outcome: 'string',
  amount: 'double',
  currency: 'string',
};
