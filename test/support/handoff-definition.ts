import { readFileSync } from 'node:fs';
import type { StateMachine } from '../../statemachines/compile.ts';

const file = new URL('../../statemachines/default.asl.json', import.meta.url);

/** The committed text of the state machine. */
export const committedText = readFileSync(file, 'utf8');

export const committed = JSON.parse(committedText) as StateMachine;
