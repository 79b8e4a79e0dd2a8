import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import type { FunctionName } from '../wiring/function-names.ts';
import { functionNeeds } from '../wiring/function-needs.ts';
import { readsLater } from './bundling-later.ts';
import { sdkTrims } from './bundling-sdk.ts';
import { trims } from './bundling-trims.ts';
import { leavesOut } from './left-out.ts';

export interface Bundle<Name extends string = FunctionName> {
  readonly name: Name;
  /** The folder that is uploaded: `index.mjs`, what it loads later, data that it unpacks, source maps, and nothing else. */
  readonly folder: string;
  /** Of all code and data. */
  readonly bytes: number;
  /** Of the code that Node reads before the first invocation. */
  readonly bytesAtStart: number;
  /** What it is made of, heaviest first; `own` is the project's code. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What Lambda itself starts Node with: there `require` takes CommonJS alone, and a file is what its name says. */
export const lambdaFlags = ['--no-experimental-require-module', '--no-experimental-detect-module'] as const;

/**
 * Bundles functions into `<folder>/<name>/`, as Lambda is to run them: ESM for Node 24, minified, the SDK inside (AWS's advice: the version tested is the version that runs). Rejects with esbuild's errors.
 */
export const bundleFunctions = <Name extends FunctionName>(names: readonly Name[], folder: string) =>
  bundle(
    names.map((name) => ({
      name,
      entryPoint: `functions/handlers/${name}.ts`,
      plugins: [leavesOut(functionNeeds[name]), readsLater(name)],
    })),
    folder,
  );

/** Bundles handlers as those of functions are, wherever in the project they are. */
export const bundle = <Name extends string>(
  handlers: readonly (Handler & { readonly name: Name })[],
  folder: string,
): Promise<Bundle<Name>[]> =>
  Promise.all(handlers.map(async (handler) => ({ name: handler.name, ...(await bundleOne(handler, folder)) })));

interface Handler {
  readonly name: string;
  /** From the top of the project. */
  readonly entryPoint: string;
  /** What is left out of this one beside what no bundle has. */
  readonly plugins?: readonly Plugin[];
}

const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
} as const satisfies BuildOptions;

async function bundleOne({ name, entryPoint, plugins = [] }: Handler, folder: string): Promise<Omit<Bundle, 'name'>> {
  // Names of files change with what is in them: none of an earlier build may stay.
  await rm(`${folder}/${name}`, { recursive: true, force: true });
  const outdir = `${folder}/${name}`;
  const { metafile } = await build({
    ...options,
    plugins: [...plugins, sdkTrims, trims],
    entryPoints: { index: entryPoint },
    outdir,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    // What is imported by `import()` lies in files of its own, which are read when it is.
    splitting: true,
    assetNames: '[name]-[hash]',
    // CommonJS packages call `require` for Node's own modules, which an ESM file does not have. The name is too long
    // for the minifier to give it to anything else.
    banner: {
      js: 'const require=process.getBuiltinModule;',
    },
  });
  const { outputs } = metafile;
  const files = Object.entries(outputs).filter(([path]) => !path.endsWith('.map'));
  const index = files.find(([, made]) => made.entryPoint === entryPoint);
  if (!index) throw new Error(`esbuild wrote nothing for ${name}.`);
  const atStart = readWith(index[0], outputs);
  const sum = (paths: readonly string[]) => paths.reduce((bytes, path) => bytes + (outputs[path]?.bytes ?? 0), 0);
  return {
    folder: `${folder}/${name}`,
    bytes: sum(files.map(([path]) => path)),
    bytesAtStart: sum([...atStart]),
    parts: partsOf(files.map(([, made]) => made.inputs)),
  };
}

/** The files that Node reads to import `path`. */
function readWith(path: string, outputs: Metafile['outputs'], known = new Set<string>()): Set<string> {
  if (known.has(path)) return known;
  known.add(path);
  for (const imported of outputs[path]?.imports ?? [])
    if (imported.kind === 'import-statement' && !imported.external) readWith(imported.path, outputs, known);
  return known;
}

function partsOf(inputs: readonly Readonly<Record<string, { readonly bytesInOutput: number }>>[]): Bundle['parts'] {
  const parts = new Map<string, number>();
  for (const [path, { bytesInOutput }] of inputs.flatMap((each) => Object.entries(each))) {
    const part = packageOf(path);
    parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
  }
  return [...parts].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
}

const packageOf = (path: string): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? (path.endsWith('packed:zod.br') ? 'zod' : 'own');
