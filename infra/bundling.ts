import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { trims } from './bundling-trims.ts';

/** The functions that are deployed, called after their files in `functions/`. */
export const functionNames = [
  'start-handoff',
  'stop-deal',
  'validate-package',
  'notify',
  'close-handoff',
  'show-page',
  'decide-step',
  'track-mail',
] as const;

export type FunctionName = (typeof functionNames)[number];

export interface Bundle<Name extends string = FunctionName> {
  readonly name: Name;
  /** The folder that is uploaded: `index.mjs`, its source map, and nothing else. */
  readonly folder: string;
  /** Of `index.mjs`, which is what Node reads at a cold start. */
  readonly bytes: number;
  /** What it is made of, heaviest first; `own` is the project's code. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[];
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** What Lambda is told so that traces name the lines of the sources. */
export const nodeOptions = '--enable-source-maps';

/**
 * Bundles functions into `<folder>/<name>/`, as Lambda is to run them: one ESM file each for Node 24, minified, the SDK
 * inside (AWS's advice: the version tested is the version that runs). Rejects with esbuild's errors.
 */
export const bundleFunctions = <Name extends FunctionName>(names: readonly Name[], folder: string) =>
  bundle(
    names.map((name) => ({ name, entryPoint: `functions/${name}.handler.ts` })),
    folder,
  );

/** Bundles handlers as those of functions are, wherever in the project they are. */
export async function bundle<Name extends string>(
  handlers: readonly { readonly name: Name; readonly entryPoint: string }[],
  folder: string,
): Promise<Bundle<Name>[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(handlers.map(({ name, entryPoint }) => [`${name}/index`, entryPoint])),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    plugins: [trims],
    // CommonJS packages call `require` for Node's own modules, which an ESM file does not have. The name is too long
    // for the minifier to give it to anything else.
    banner: { js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);" },
  });
  return handlers.map(({ name, entryPoint }) => {
    const output = Object.values(metafile.outputs).find((made) => made.entryPoint === entryPoint);
    if (!output) throw new Error(`esbuild wrote nothing for ${name}.`);
    return { name, folder: `${folder}/${name}`, bytes: output.bytes, parts: partsOf(output.inputs) };
  });
}

function partsOf(inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>): Bundle['parts'] {
  const parts = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const part = packageOf(path);
    parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
  }
  return [...parts].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
}

const packageOf = (path: string): string => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'own';
