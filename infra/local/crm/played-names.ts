import type { CrmName } from '../../wiring/crms.ts';

/** The CRMs that can be played on this machine. */
export const playedNames = ['hubspot', 'salesforce', 'pipedrive'] as const satisfies readonly CrmName[];

export type PlayedName = (typeof playedNames)[number];

export const isPlayed = (name: string): name is PlayedName => playedNames.some((each) => each === name);
