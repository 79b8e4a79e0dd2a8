/** What a thing of a stage is called in the account: every name carries the stage, so that stages do not collide. */
export const stageName = (stage: string, thing?: string): string => ['handoff', stage, thing].filter(Boolean).join('-');

/** The bus that deals come in on. */
export const dealBusName = (stage: string): string => stageName(stage, 'deals');
