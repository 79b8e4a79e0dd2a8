import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import type { FunctionName } from '../wiring/function-names.ts';

/** What a module of verbs gives that `async` functions are not: a promise all the same, or one once it has the world. */
interface Gives {
  readonly promises?: readonly string[];
  readonly overWorld?: readonly string[];
}

const asking: Readonly<Record<string, Gives>> = {
  // Only where no execution waits to be sent back to ask.
  'verbs/notify': { overWorld: ['notify'] },
  'mailing/send-notice': {
    promises: ['sendNotice', 'sendNoticeWithBrief', 'sendNoticeWithDesk', 'sendNoticeWithLink'],
  },
};

/** What one call of a function in ten needs, or fewer. */
const rare: Readonly<Partial<Record<FunctionName, typeof asking>>> = { 'decide-step': asking, 'track-mail': asking };

/**
 * Has a function read what it rarely needs when it is first called. What that uses of the world is known at once. Fails at a
 * module that has something else to give than promises.
 */
export const readsLater = (name: FunctionName): Plugin => ({
  name: 'reads-later',
  setup({ onLoad, onResolve, resolve }) {
    const modules = rare[name];
    if (!modules) return;
    const filter = new RegExp(`/(?:${Object.keys(modules).map(fileOf).join('|')})\\.ts$`);
    onResolve({ filter }, async ({ path, pluginData, ...from }) => {
      if (pluginData === itself) return undefined;
      const { path: file } = await resolve(path, { ...from, pluginData: itself });
      return modules[nameOf(file)] && { path: file, namespace: 'later' };
    });
    onLoad({ filter: /\.ts$/, namespace: 'later' }, async ({ path }) => {
      const made: object = await import(pathToFileURL(path).href);
      const stub = (each: string, value: unknown) => stubOf(each, value, modules[nameOf(path)] ?? {});
      return {
        contents: [
          `const later = () => import(${JSON.stringify(path)});`,
          ...Object.entries(made).map(([each, value]) => stub(each, value)),
        ].join('\n'),
        resolveDir: '/',
        pluginData: itself,
      };
    });
  },
});

/** Says that a file is asked for as it is. */
const itself = Symbol('itself');

const fileOf = (name: string): string => name.replace(/^.*\//, '');

/** 'verbs/notify' of its path. */
const nameOf = (path: string): string => /([\w-]+)[\\/]([\w-]+)\.ts$/.exec(path)?.slice(1).join('/') ?? '';

function stubOf(name: string, value: unknown, { promises, overWorld }: Gives): string {
  // Each once: what verbs use is lists of lists.
  if (Array.isArray(value)) return `export const ${name} = ${JSON.stringify([...new Set(value)])};`;
  if (overWorld?.includes(name))
    return `export const ${name} = (world) => async (...given) => (await later()).${name}(world)(...given);`;
  if ((typeof value === 'function' && value.constructor.name === 'AsyncFunction') || promises?.includes(name))
    return `export const ${name} = async (...given) => (await later()).${name}(...given);`;
  throw new Error(`${name} gives no promise: infra/stack/bundling-later.ts cannot have it read later.`);
}
