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
  'track-mail',
  'try-again',
] as const;

export type FunctionName = (typeof functionNames)[number];
