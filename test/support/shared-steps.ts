import type { SharedSteps } from '../../functions/crm/crm-setup.ts';
import { stageSteps } from '../../infra/commands/crm/stage-steps.ts';

/** The steps at a stage, for a test that looks at those of one CRM. */
export const sharedSteps: SharedSteps = stageSteps({
  ...{ stage: 'production', crm: 'hubspot', parameter: '/handoff/production/crm' },
  secretNames: {},
});
