import { readFileSync } from 'node:fs';
import type { StateMachine } from '../../statemachines/compile.ts';

const file = new URL('../../statemachines/default.asl.json', import.meta.url);

/** The committed state machine of the default playbook. */
export const committed = JSON.parse(readFileSync(file, 'utf8')) as StateMachine;
