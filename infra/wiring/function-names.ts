/** The functions, called after their files in `functions/handlers/`. Whoever deploys or runs them reads their names here. */
export const functionNames = [
  'start-handoff',
  'stop-deal',
  'validate-package',
  'notify',
  'close-handoff',
  'show-page',
  'decide-step',
  'show-desk',
  'act-on-desk',
  'show-operations',
  'track-mail',
  'try-again',
] as const;

export type FunctionName = (typeof functionNames)[number];

/** The functions of a stage. Without its pages for operations, their function would be a role to misuse. */
export const functionNamesOf = ({ operations }: { readonly operations: unknown }): readonly FunctionName[] =>
  functionNames.filter((name) => name !== 'show-operations' || operations !== 'off');
