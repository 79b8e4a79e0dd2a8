import { packageFields } from '../../../functions/domain/deal/package.ts';
import type { FrozenPlaybook } from '../../../functions/domain/playbook/playbook.ts';

/** The fields of the package that tests take as required; the sample deals are written for them. */
const required = [
  'dealContext.whyTheyBought',
  'dealContext.painPoints',
  'dealContext.currentProcess',
  'dealContext.alternativesConsidered',
  'dealContext.whyUs',
  'dealContext.primaryUseCase',
  'customerGoals.outcomes30Days',
  'customerGoals.outcomes60Days',
  'customerGoals.outcomes90Days',
  'customerGoals.successMetrics',
  'customerGoals.definitionOfSuccess',
  'customerGoals.expectedTimeline',
  'technicalRequirements.integrations',
  'technicalRequirements.dataMigration',
  'technicalRequirements.compliance',
  'stakeholders',
  'contract.segment',
  'contract.planTier',
  'contract.value',
  'contract.purchase',
  'contract.termMonths',
  'contract.scope',
  'contract.signedAt',
  'contract.renewalDate',
  'contract.specialTerms',
  'contract.discounts',
  'redFlags.concerns',
  'redFlags.sensitivities',
  'redFlags.supportExpectations',
  'redFlags.knownRisks',
  'redFlags.internalPolitics',
  'promises',
  'communication.preferredChannel',
  'communication.meetingFrequency',
  'communication.timeZone',
  'attachments.callRecordings',
  'attachments.crmRecord',
];

/**
 * What a fixture playbook says of the package: the fields listed above are required and no others, whatever the field table
 * requires and however it grows.
 */
export const asListed: FrozenPlaybook['fields'] = Object.fromEntries(
  packageFields.map(({ path }) => [path, { required: required.includes(path) }]),
);
