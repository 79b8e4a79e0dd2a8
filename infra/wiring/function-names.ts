import { type CrmName, crmWiring } from './crms.ts';

/** The functions, called after their files in `functions/handlers/`. Whoever deploys or runs them reads their names here. */
export const functionNames = [
  'start-handoff',
  'stop-deal',
  'follow-deal',
  'validate-package',
  'notify',
  'close-handoff',
  'show-page',
  'decide-step',
  'show-desk',
  'act-on-desk',
  'show-reports',
  'show-operations',
  'track-mail',
  'try-again',
  'hear-webhook',
  'read-deal',
  'queue-write-backs',
  'write-back',
  'reconcile',
  'measure',
  'send-reports',
  'audit-quarter',
] as const;

export type FunctionName = (typeof functionNames)[number];

/** What of a stage's settings says which functions it has. */
export interface FunctionSettings {
  readonly operations: unknown;
  readonly crm?: { readonly name: CrmName; readonly writeBack?: readonly unknown[] | undefined } | undefined;
}

/** The functions of a stage. Those that nothing in its settings asks for would be roles to misuse. */
export const functionNamesOf = ({ operations, crm }: FunctionSettings): readonly FunctionName[] =>
  functionNames.filter((name) => {
    if (name === 'show-operations') return operations !== 'off';
    if (name === 'hear-webhook') return crm !== undefined && crmWiring(crm.name).tells === 'webhook';
    if (name === 'reconcile') return crm !== undefined && crmWiring(crm.name).isAsked;
    if (name === 'queue-write-backs' || name === 'write-back') return (crm?.writeBack ?? []).length > 0;
    return name !== 'read-deal' || crm !== undefined;
  });
