import { onLambda, stack } from '../aws/lambda-stack.ts';
import { sha256 } from '../aws/world.ts';
import { closeHandoff, closeHandoffUses } from '../verbs/close-handoff.ts';

/** State `Handoff complete`, which was `Close the handoff` in earlier versions. */
export const closeHandoffHandler = stack('close-handoff', closeHandoffUses, (world) => closeHandoff(world, sha256));

export const handler = onLambda(closeHandoffHandler);
