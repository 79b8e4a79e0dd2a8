import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, type Plugin, type PluginBuild, transform } from 'esbuild';
import * as zod from 'zod/mini';
import { playbookNames } from '../../statemachines/shipped-playbooks.ts';
import { mapOfNothing } from './bundling-sdk.ts';

/**
 * What is left out of a bundle because on Lambda nobody would miss it. Each entry says why; the tests compare holidays and
 * mails of a trimmed bundle with those of the whole packages.
 */
export const trims: Plugin = {
  name: 'trims',
  setup({ onLoad, onResolve }) {
    const unpacker = unpackers(onResolve, onLoad);
    // To import a module of Node's own is to read all that it exports: of `node:http`, the whole of fetch. These take what they name.
    onResolve({ filter: nodesOwn }, ({ path, kind }) =>
      kind === 'require-call' ? undefined : { path: path.replace(/^(?:node:)?/, 'node:'), namespace: 'node' },
    );
    onLoad({ filter: /^/, namespace: 'node' }, ({ path }) => ({ contents: builtin(path) }));
    // Two hundred kilobytes of holidays, in lines that people compare: packed, an eighth of it, and unpacked at the first question.
    onLoad({ filter: /[\\/]time[\\/]holiday-table\.json$/ }, async ({ path }) => {
      const table = JSON.parse(await readFile(path, 'utf8'));
      const members = Object.keys(table).map((name) => `get ${name}() { return unpack().${name}; },`);
      return { contents: `${unpacker('holidays', table)}\nexport default { ${members.join(' ')} };`, loader: 'js' };
    });
    // The pages' style sheet, without its blanks.
    onLoad({ filter: /[\\/]pages[\\/]style-sheet\.ts$/ }, async ({ path }) => {
      const { styleSheet } = await moduleAt(path);
      const { code } = await transform(styleSheet, { loader: 'css', minify: true, target: 'es2022' });
      return { contents: `${unpacker('style-sheet', code)}\nexport const styleSheet = unpack();` };
    });
    // A stage writes its emails in one language, and few customers are written to in another; and a mail says little of what all of
    // them say. Of English, sections are read when a text of them is first asked for; of others, all of it.
    onLoad({ filter: /[\\/]texts[\\/]\w+[\\/]\w+\.ts$/ }, async ({ path }) => {
      if (/[\\/]en[\\/]en\.ts$/.test(path)) return { contents: await englishTexts(path), loader: 'ts' };
      const isSection = /[\\/]en[\\/](?:asks|customer|meetings|news|reports)\.ts$/.test(path);
      if (!isSection && !/[\\/](?!en\b)(\w+)[\\/]\1\.ts$/.test(path)) return undefined;
      const [[name = '', texts] = []] = Object.entries(await moduleAt(path));
      const members = Object.keys(Object(texts)).map(
        (member) => `get ${member}() { return later().${name}.${member}; },`,
      );
      // What few stages need lies packed, a quarter as large.
      const code = isSection ? loader(path) : packedLoader(unpacker(`texts-${name}`, await textOf(path)));
      return { contents: `${code}\nexport const ${name} = { ${members.join(' ')} };` };
    });
    // What takes apart what others wrote lies packed until something of theirs comes that does not fit as it is.
    onResolve({ filter: /^zod\/mini$/ }, () => ({ path: 'zod', namespace: 'later' }));
    onLoad({ filter: /^zod$/, namespace: 'later' }, async () => ({
      contents: await zodLater(unpacker),
      resolveDir: functions,
    }));
    onResolve({ filter: /^module:/ }, ({ path }) => ({ path: path.slice('module:'.length), namespace: 'module' }));
    onLoad({ filter: /^/, namespace: 'module' }, async ({ path }) => ({
      contents: await commonJsOf(path),
      loader: 'file',
    }));
    // Pictures that lie beside the code here, and nowhere on Lambda.
    onLoad({ filter: /[\\/]statemachines[\\/]shipped-pictures\.ts$/ }, async ({ path }) => ({
      contents: `${unpacker('pictures', await pictures(path))}
        export const pictureOf = (playbook) => Object.hasOwn(unpack(), playbook) ? unpack()[playbook] : undefined;`,
    }));
    // A table of a thousand kinds of attachment: ours are text, HTML and a calendar, and say what they are.
    onLoad({ filter: /[\\/]nodemailer[\\/].*[\\/]mime-types\.js$/ }, () => ({
      contents: `
        const unknown = 'application/octet-stream';
        export const detectMimeType = (name) => /\\.ics$/i.test(name || '') ? 'text/calendar' : unknown;
        export const detectExtension = (type) => /^text\\/calendar/i.test(type || '') ? 'ics' : 'bin';`,
    }));
    // Mails take nothing from the network.
    onLoad({ filter: /[\\/]nodemailer[\\/].*[\\/]fetch[\\/]index\.js$/ }, () => ({
      contents: "export default () => { throw new Error('A mail takes no content from the network.'); };",
    }));
    // Whom a mail is for comes as names and addresses, not as a text of them that has to be taken apart.
    onLoad({ filter: /[\\/]nodemailer[\\/].*[\\/]addressparser[\\/]index\.js$/ }, () => ({
      contents:
        "export default () => { throw new Error('A mail says whom it is for by name and address, not in one text.'); };",
    }));
    // Traces name lines of the project's own files; those of packages would make the map ten times as large to read.
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: await unmapped(path),
      loader: 'js',
    }));
  },
};

const nodesOwn = new RegExp(`^(?:node:)?(?:${builtinModules.join('|')})$`);

/** A module of Node's own: what nobody names of it is not read. */
function builtin(name: string): string {
  const made: object = process.getBuiltinModule(name) ?? {};
  return [
    `const made = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(name)});`,
    'export default made;',
    ...Object.keys(made).map((each) => `export const ${each} = /* @__PURE__ */ (() => made.${each})();`),
  ].join('\n');
}

const nodesOwnLater = /\bimport\((["'])(node:\w+)\1\)/g;
const nodesOwnAtHand = 'Promise.resolve(process.getBuiltinModule("$2"))';

/** Read once for all bundles: each has some three hundred of the same. */
const ofPackages = new Map<string, Promise<Uint8Array>>();

/**
 * A module of a package, with the map of nothing. What of Node's own it imports when it is called for is at hand: in a file of its
 * own it would part other files from each other, which are all to be found and read at the start.
 */
function unmapped(path: string): Promise<Uint8Array> {
  const known = ofPackages.get(path);
  if (known) return known;
  const read = readFile(path, 'utf8').then((text) =>
    Buffer.from(`${text.replace(nodesOwnLater, nodesOwnAtHand)}\n${mapOfNothing}`),
  );
  ofPackages.set(path, read);
  return read;
}

/** Code whose `later()` is a module, loaded at once where it is first called for; `from`: its file. */
const loader = (from: string): string => `
  import { createRequire } from 'node:module';
  import file from ${JSON.stringify(`module:${from.replace(/ts$/, 'cjs')}`)};
  let loaded;
  const later = () => (loaded ??= createRequire(import.meta.url)(file));`;

/** The same for a module that lies packed: `unpacker` is the code that gives its text. */
const packedLoader = (unpacker: string): string => `${unpacker}
  import { compileFunction } from 'node:vm';
  let loaded;
  const later = () => {
    if (!loaded) {
      const module = { exports: {} };
      compileFunction(unpack(), ['module'])(module);
      loaded = module.exports;
    }
    return loaded;
  };`;

const textOf = async (path: string): Promise<string> => Buffer.from(await commonJsOf(path)).toString();

/** English without a copy of its sections, which would read them. */
async function englishTexts(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  const sections = [...text.matchAll(/^ {2}\.\.\.(\w+),$/gm)].map(([, name = '']) => name);
  const members = await Promise.all(
    sections.map(async (name) => {
      const made = await moduleAt(path.replace(/en\.ts$/, `${name}.ts`));
      return Object.keys(made[name]).map((member) => `get ${member}() { return ${name}.${member}; },`);
    }),
  );
  return sections.reduce((left, name, i) => left.replace(`  ...${name},`, (members[i] ?? []).join(' ')), text);
}

const functions = fileURLToPath(new URL('../../functions', import.meta.url));

/** What the project calls of the package. */
async function usedOfZod(): Promise<string[]> {
  const files = (await readdir(functions, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(`${functions}/${file}`, 'utf8')));
  const named = texts
    .filter((text) => text.includes("from 'zod/mini'"))
    .flatMap((text) => [...text.matchAll(/\bz\s*\.(\w+)/g)].map(([, name = '']) => name));
  // For those who connect a CRM, and for no function.
  return [...new Set(named)].filter((name) => name in zod && name !== 'toJSONSchema').sort();
}

async function zodLater(unpacker: (name: string, data: unknown) => string): Promise<string> {
  const made = (await usedOfZod()).map((name) =>
    typeof Reflect.get(zod, name) === 'function'
      ? `const ${name}_ = (...given) => later().${name}(...given);`
      : `const ${name}_ = new Proxy({}, { get: (_, member) => later().${name}[member] });`,
  );
  const names = (await usedOfZod()).map((name) => `${name}_ as ${name}`);
  return `${packedLoader(unpacker('zod', await textOf('zod.cjs')))}\n${made.join('\n')}\nexport { ${names.join(', ')} };`;
}

/** Each shipped playbook's picture, by its name. */
async function pictures(path: string): Promise<object> {
  const { pictureOf } = await moduleAt(path);
  return Object.fromEntries(playbookNames.map((name) => [name, pictureOf(name)]));
}

/** Built once for all bundles. */
const commonJs = new Map<string, Promise<Uint8Array>>();

/** A module of the project, or what it uses of zod, and what it imports, as one that is loaded at once where it is called for. */
function commonJsOf(path: string): Promise<Uint8Array> {
  const made = commonJs.get(path) ?? buildCommonJs(path);
  commonJs.set(path, made);
  return made;
}

async function buildCommonJs(path: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...(path === 'zod.cjs'
      ? { stdin: { contents: `export { ${(await usedOfZod()).join(', ')} } from 'zod/mini';`, resolveDir: functions } }
      : { entryPoints: [path.replace(/cjs$/, 'ts')] }),
    ...{ bundle: true, minify: true, write: false, mainFields: ['module', 'main'] },
    ...{ platform: 'node', target: 'node24', format: 'cjs' },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** A file's module, by its path as the system writes it: with a drive and backslashes on Windows. */
const moduleAt = (path: string) => import(pathToFileURL(path).href);

/**
 * Gives code with a function `unpack` for data that lies packed in a file of its own beside the code: nothing of it is read, or
 * compiled, before the first question.
 */
function unpackers(onResolve: PluginBuild['onResolve'], onLoad: PluginBuild['onLoad']) {
  onResolve({ filter: /^packed:/ }, ({ path }) => ({ path: path.slice('packed:'.length), namespace: 'packed' }));
  onLoad({ filter: /^/, namespace: 'packed' }, ({ path }) => ({
    contents: packed.get(path.replace(/\.br$/, '')) ?? '',
    loader: 'file',
  }));
  return (name: string, data: unknown): string => {
    if (!packed.has(name)) packed.set(name, brotliCompressSync(JSON.stringify(data)));
    return `
      import { readFileSync } from 'node:fs';
      import { brotliDecompressSync } from 'node:zlib';
      import file from ${JSON.stringify(`packed:${name}.br`)};
      let unpacked;
      const unpack = () =>
        (unpacked ??= JSON.parse(brotliDecompressSync(readFileSync(new URL(file, import.meta.url))).toString()));`;
  };
}

/** Packed once for all bundles. */
const packed = new Map<string, Uint8Array>();
