import { onLambda, stack } from '../aws/lambda-stack.ts';
import { sha256 } from '../aws/world.ts';
import { closeHandoff, closeHandoffUses } from '../verbs/close-handoff.ts';

/** State `Close the handoff`. */
export const closeHandoffHandler = stack('close-handoff', closeHandoffUses, (world) => closeHandoff(world, sha256));

export const handler = onLambda(closeHandoffHandler);
