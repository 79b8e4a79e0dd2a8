import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { partitionPattern as key, openWork } from '../../functions/aws/table.ts';
import type { Needs } from '../wiring/function-needs.ts';

/** Adapters of `functions/aws/` that a function loads when it first uses them, and when it has them. */
const adapters: Readonly<Record<string, (needs: Needs) => boolean>> = {
  'ses-mail': ({ sendsMail }) => sendsMail === true,
  'step-functions': ({ executions, tokens }) => executions !== undefined || tokens !== undefined,
  scheduler: ({ schedules }) => schedules !== undefined,
  'delivery-queue': ({ takesDeliveries }) => takesDeliveries === true,
  'fact-stream': ({ sendsFacts }) => sendsFacts === true,
};

/** Records of the table that few functions have to do with, and the partitions that they are in. */
const records: Readonly<Record<string, readonly string[]>> = {
  // What is open at whom stands in the index.
  'desk-records': [key.desk, key.desksEnded, key.desksOpened, openWork.name],
  'digest-topic-records': [key.digest],
  'fact-records': [key.facts, key.factsOf],
  'link-records': [key.link],
  'measured-records': [key.measured],
  pseudonyms: [key.pseudonyms],
  'published-records': [key.published],
  'refusal-records': [key.refused],
  'remediation-records': [key.audit],
  'report-mail-records': [key.reported],
  'seen-deal-records': [key.seenDeal, key.heard, key.claim],
  suppressions: [key.suppressed],
  'write-back-records': [key.writtenBack],
};

/**
 * Leaves out of a function's bundle the adapters of services, and the records of partitions, that its role lets it do nothing with: AWS
 * would refuse what it sent through them. Should it load an adapter, or name what it would do with records, it fails there
 * and says why.
 */
export const leavesOut = (needs: Needs): Plugin => ({
  name: 'leaves-out',
  setup({ onLoad }) {
    const leave = (names: readonly string[], contentsOf: (path: string) => Promise<string> | string) => {
      if (names.length === 0) return;
      const filter = new RegExp(`[\\\\/]functions[\\\\/]aws[\\\\/](?:${names.join('|')})\\.ts$`);
      onLoad({ filter }, async ({ path }) => ({ contents: await contentsOf(path) }));
    };
    const tables = [needs.table, needs.dropsOld ?? {}];
    const partitions = new Set<string>(tables.flatMap((table) => Object.values(table)).flat());
    if (needs.openWork) partitions.add(openWork.name);
    leave(
      Object.keys(adapters).filter((name) => !adapters[name]?.(needs)),
      (path) => `${failing(path)}\nexport {};`,
    );
    leave(
      Object.keys(records).filter((name) => !records[name]?.some((each) => partitions.has(each))),
      async (path) => {
        const made = [...(await readFile(path, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm)];
        const nothing = `const nothing = new Proxy({}, { get: () => { ${failing(path)} } });`;
        return [nothing, ...made.map(([, name]) => `export const ${name} = () => nothing;`)].join('\n');
      },
    );
  },
});

const failing = (path: string): string =>
  `throw new Error(${JSON.stringify(`${nameOf(path)} is left out here: infra/wiring/function-needs.ts says that this function has no need of it.`)});`;

const nameOf = (path: string): string => path.replace(/^.*[\\/]/, '');
