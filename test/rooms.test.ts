import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

interface SourceFile {
  /** From the top of the project: `functions/domain/deal.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text without comments and without what stands in quotes. */
  readonly code: string;
  /** Paths from the top for the project's own files, names for packages. */
  readonly imports: readonly string[];
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** The specifiers of `import … from`, `export … from`, `import '…'` and `import('…')`. */
function specifiersIn(text: string): string[] {
  const patterns = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]/gm,
    /\bimport\s*\(?\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, specifier]) => specifier ?? ''));
}

const withoutWords = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");

function sourceFile(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = specifiersIn(text).map((specifier) =>
    specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier,
  );
  return { path, text, code: withoutWords(text), imports };
}

const files = ['functions', 'statemachines', 'infra', 'test'].flatMap(filesUnder).map(sourceFile);

/** The rooms of the house; of two that fit, the first. */
const rooms = [
  ['test', /^test\//],
  ['infra', /^infra\//],
  ['playbook', /^statemachines\/playbooks\//],
  ['statemachines', /^statemachines\//],
  ['domain', /^functions\/domain\//],
  ['aws', /^functions\/aws\//],
  ['html', /^functions\/pages\/html\.ts$/],
  ['pages', /^functions\/pages\//],
  ['mails', /^functions\/mails\//],
  ['ports', /^functions\/ports\.ts$/],
  ['handler', /^functions\/handlers\//],
  ['mailing', /^functions\/mailing\//],
  ['verb', /^functions\/verbs\//],
] as const;
type Room = (typeof rooms)[number][0];

const roomOf = (path: string): Room | undefined => rooms.find(([, pattern]) => pattern.test(path))?.[0];

/** Who may know whom (beside oneself). Packages are said by name; `node:` stands for every module of Node. */
const mayKnow: Readonly<
  Record<Exclude<Room, 'infra' | 'test'>, { rooms: readonly Room[]; packages: readonly string[] }>
> = {
  domain: { rooms: [], packages: ['zod', 'temporal-polyfill', 'date-holidays'] },
  ports: { rooms: ['domain'], packages: [] },
  mailing: { rooms: ['ports', 'domain', 'verb'], packages: [] },
  verb: { rooms: ['ports', 'domain', 'mailing', 'pages'], packages: [] },
  // HTML that is escaped by construction; mails are made of it too.
  html: { rooms: [], packages: ['hono'] },
  pages: { rooms: ['domain', 'verb', 'html'], packages: ['hono', 'node:crypto'] },
  mails: { rooms: ['domain', 'html'], packages: ['ical-generator'] },
  aws: {
    rooms: ['ports', 'domain', 'mails', 'pages'],
    packages: ['@aws-sdk/', '@aws-lambda-powertools/', '@middy/', 'nodemailer', 'zod', 'node:crypto'],
  },
  handler: { rooms: ['verb', 'ports', 'aws', 'pages', 'domain', 'playbook'], packages: [] },
  playbook: { rooms: ['domain'], packages: [] },
  statemachines: { rooms: ['domain', 'playbook'], packages: ['node:fs/promises'] },
};

const isPackage = (imported: string): boolean => !/^(functions|statemachines|infra|test)\//.test(imported);

function forbiddenImports({ path, imports }: SourceFile): string[] {
  const room = roomOf(path);
  if (room === undefined) return [`${path} is in no room`];
  if (room === 'infra' || room === 'test') return [];
  const allowed = mayKnow[room];
  return imports
    .filter((imported) => {
      if (isPackage(imported))
        return !allowed.packages.some(
          (name) =>
            imported === name || imported.startsWith(`${name}/`) || (name.endsWith('/') && imported.startsWith(name)),
        );
      const other = roomOf(imported);
      return other !== room && !allowed.rooms.some((known) => known === other);
    })
    .map((imported) => `${path} (${room}) imports ${imported}`);
}

const inProduct = files.filter(({ path }) => /^(functions|statemachines)\//.test(path));
const matching = (pattern: RegExp, among: readonly SourceFile[]): string[] =>
  among.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

describe('who may know whom', () => {
  it('is kept by every file', () => {
    expect(files.flatMap(forbiddenImports)).toEqual([]);
  });

  it('leaves infra to infra and the tests', () => {
    const intruders = files.filter(
      ({ path, imports }) =>
        !/^(infra|test)\//.test(path) && imports.some((imported) => /^(infra|test)\//.test(imported)),
    );
    expect(intruders.map(({ path }) => path)).toEqual([]);
  });

  it('keeps tests out of what is shipped', () => {
    const product = files.filter(({ path }) => !path.startsWith('test/'));
    expect(product.filter(({ imports }) => imports.includes('vitest')).map(({ path }) => path)).toEqual([]);
  });

  it('is checked on imports of every form', () => {
    const forms = `import a from './a.ts';
import {
  b,
} from "../b.ts";
import type { C } from './c.ts';
export * from './d.ts';
import './e.ts';
const f = await import('./f.ts');`;
    expect(specifiersIn(forms).sort()).toEqual(['../b.ts', './a.ts', './c.ts', './d.ts', './e.ts', './f.ts']);
  });

  it('would find an intruder', () => {
    const intruder = {
      path: 'functions/domain/spy.ts',
      text: '',
      code: '',
      imports: ['functions/ports.ts', 'node:fs'],
    };
    expect(forbiddenImports(intruder)).toHaveLength(2);
  });
});

describe('time is an argument', () => {
  it('so nobody reads the clock', () => {
    const clocks =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b|\bTemporal\.Now\b|\bprocess\.hrtime\b/;
    expect(matching(clocks, inProduct)).toEqual([]);
  });

  it('and nobody waits, and nothing is left to chance', () => {
    expect(matching(/\bsetTimeout\b|\bsetInterval\b|\bMath\.random\b/, inProduct)).toEqual([]);
  });

  it('and one place reads the environment', () => {
    expect(matching(/\bprocess\.env\b/, inProduct)).toEqual(['functions/aws/lambda-stack.ts']);
  });
});

describe('the files', () => {
  it('hold one idea each: at most 400 lines', () => {
    const long = inProduct.filter(
      ({ path, text }) => text.split('\n').length > 401 && !path.startsWith('statemachines/playbooks/'),
    );
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('are called after what they are about, in kebab case', () => {
    const names = files.map(({ path }) => path.split('/').at(-1) ?? '');
    expect(names.filter((name) => /^(utils?|common|helpers?|misc)\b|^(types|index)\.ts$/.test(name))).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(handler|test|config))*\.ts$/.test(name))).toEqual([]);
  });

  it('hold neither enums nor barrels nor classes without a reason', () => {
    expect(matching(/^\s*(export\s+)?(const\s+)?enum\b/m, files)).toEqual([]);
    expect(matching(/^\s*export\s+\*\s+from\b/m, inProduct)).toEqual([]);
    const classes = inProduct.flatMap(({ path, code }) =>
      [...code.matchAll(/^\s*(?:export\s+)?class\s+(\w+)(?:\s+extends\s+(\w+))?/gm)].map(
        ([, name = '', base = '']) => ({ path, name, base }),
      ),
    );
    const isError = (base: string): boolean =>
      /Error$/.test(base) || classes.some((known) => known.name === base && isError(known.base));
    expect(classes.length).toBeGreaterThan(3);
    expect(classes.filter(({ base }) => !isError(base))).toEqual([]);
    expect(matching(/\b(class|interface|type) (\w+(Service|Manager)|I[A-Z]\w+)\b/, inProduct)).toEqual([]);
  });

  it('wire, where they are handlers, and nothing else', () => {
    const handlers = inProduct.filter(({ path }) => path.startsWith('functions/handlers/'));
    expect(handlers.length).toBeGreaterThan(5);
    for (const { path, text } of handlers) {
      expect(text.split('\n').length, path).toBeLessThan(40);
      expect(text, path).toMatch(/export const handler = /);
    }
  });
});
