import type { Plugin } from 'esbuild';
import type { Needs } from '../wiring/function-needs.ts';

/** Adapters of `functions/aws/` that a function loads when it first uses them, and when it has them. */
const adapters: Readonly<Record<string, (needs: Needs) => boolean>> = {
  'ses-mail': ({ sendsMail }) => sendsMail === true,
  'step-functions': ({ executions, tokens }) => executions !== undefined || tokens !== undefined,
  scheduler: ({ schedules }) => schedules !== undefined,
  'delivery-queue': ({ takesDeliveries }) => takesDeliveries === true,
  'fact-stream': ({ sendsFacts }) => sendsFacts === true,
};

/**
 * Leaves out of a function's bundle the adapters of services that its role lets it say nothing to: AWS would refuse what it sent
 * through them. Should it load one all the same, it fails there and says why.
 */
export const leavesOut = (needs: Needs): Plugin => ({
  name: 'leaves-out',
  setup({ onLoad }) {
    const unused = Object.keys(adapters).filter((name) => !adapters[name]?.(needs));
    if (unused.length === 0) return;
    onLoad({ filter: new RegExp(`[\\\\/]functions[\\\\/]aws[\\\\/](?:${unused.join('|')})\\.ts$`) }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${nameOf(path)} is left out here: infra/wiring/function-needs.ts says that this function has no need of it.`)});\nexport {};`,
    }));
  },
});

const nameOf = (path: string): string => path.replace(/^.*[\\/]/, '');
