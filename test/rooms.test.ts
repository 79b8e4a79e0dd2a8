import { describe, expect, it } from 'vitest';
import { importCircles } from './support/import-circles.ts';
import { readSourceFiles, type SourceFile, specifiersIn } from './support/source-files.ts';

const files = readSourceFiles();

/** What the files of a room may import beside each other. */
interface Room {
  readonly files: RegExp;
  /** Rooms by name. */
  readonly knows: readonly string[];
  /** Packages by name, a trailing slash for a whole scope; any where it is left out. */
  readonly packages?: readonly string[];
}

/** The subjects of the domain: each may import itself and what stands before it. */
const subjects = [
  'texts',
  'time',
  'fields',
  'playbook',
  'deal',
  'people',
  'handoff',
  'step',
  'reports',
  'messages',
] as const;
const domain = subjects.map((subject) => `domain/${subject}`);
const domainPackages: Readonly<Partial<Record<(typeof subjects)[number], readonly string[]>>> = {
  time: ['temporal-polyfill', 'zod'],
  fields: ['zod'],
  deal: ['zod'],
  people: ['zod'],
  handoff: ['zod'],
};

/** Who may know whom, as the README's map draws it. Of two rooms that fit a file, the first is its room. */
const rooms: Readonly<Record<string, Room>> = {
  ...Object.fromEntries(
    subjects.map((subject, i) => [
      `domain/${subject}`,
      {
        files: new RegExp(`^functions/domain/${subject}/`),
        knows: domain.slice(0, i),
        packages: domainPackages[subject] ?? [],
      },
    ]),
  ),
  ports: { files: /^functions\/ports\//, knows: domain, packages: [] },
  mailing: { files: /^functions\/mailing\//, knows: ['ports', ...domain], packages: [] },
  verbs: { files: /^functions\/verbs\//, knows: ['ports', 'mailing', ...domain], packages: [] },
  // HTML that is escaped by construction; pages and mails are made of it.
  html: { files: /^functions\/pages\/html\.ts$/, knows: [], packages: ['hono'] },
  // A page shows an email to the customer as it goes out.
  pages: {
    files: /^functions\/pages\//,
    knows: ['html', 'mails', ...domain],
    packages: ['d3-scale', 'd3-shape', 'hono', 'node:crypto'],
  },
  // How well a color reads on another: the stack's settings ask it, and so do the functions'.
  contrast: { files: /^functions\/mails\/contrast\.ts$/, knows: [], packages: [] },
  mails: { files: /^functions\/mails\//, knows: ['html', ...domain], packages: [] },
  // How the table's keys look: the stack grants rights by them.
  table: { files: /^functions\/aws\/table\.ts$/, knows: [], packages: [] },
  aws: {
    files: /^functions\/aws\//,
    knows: ['table', 'ports', 'contrast', 'mails', 'pages', ...domain],
    packages: ['@aws-sdk/', '@smithy/', '@middy/', 'nodemailer', 'node:'],
  },
  crm: { files: /^functions\/crm\//, knows: ['ports', ...domain], packages: ['node:crypto', 'zod'] },
  handlers: {
    files: /^functions\/handlers\//,
    knows: ['verbs', 'pages', 'aws', 'crm', 'ports', 'playbooks', 'pictures', ...domain],
    packages: [],
  },
  playbooks: {
    files: /^statemachines\/(playbooks\/.*|define-playbook|shipped-playbooks)\.ts$/,
    knows: domain,
    packages: [],
  },
  // The playbooks' state machines, drawn.
  pictures: {
    files: /^statemachines\/(shipped-pictures|state-names)\.ts$/,
    knows: ['playbooks', ...domain],
    packages: ['node:fs'],
  },
  laws: { files: /^statemachines\/laws\//, knows: domain, packages: [] },
  // What a playbook makes of a deal, and what an edit of it would do.
  advice: { files: /^statemachines\/advice\//, knows: ['laws', 'statemachines', ...domain], packages: [] },
  statemachines: {
    files: /^statemachines\//,
    knows: ['playbooks', 'pictures', 'laws', ...domain],
    packages: ['node:fs/promises', '@viz-js/viz'],
  },
  // An AWS account on one machine: nothing of Handoff.
  account: {
    files: /^infra\/account\//,
    knows: [],
    packages: ['@aws-sdk/', 'aws-lambda', 'jsonata', 'nodemailer', 'postal-mime', 'temporal-polyfill', 'node:'],
  },
  // What the stack and the local system both read.
  // The columns of facts in S3 are the members of a fact; the night is that of the stage's zone.
  wiring: { files: /^infra\/wiring\//, knows: ['table', 'domain/reports', 'domain/time'], packages: [] },
  stack: {
    files: /^infra\/stack\//,
    // Which locales and zones there are.
    knows: ['wiring', 'table', 'contrast', 'playbooks', 'domain/texts', 'domain/time'],
    packages: ['aws-cdk-lib', 'cdk-nag', 'constructs', 'esbuild', 'temporal-polyfill', 'zod', 'node:'],
  },
  // Calls in a protocol that only commands speak.
  calls: { files: /^infra\/calls\//, knows: ['aws'], packages: [] },
  // What becomes of dead letters.
  draining: { files: /^infra\/draining\//, knows: ['domain/fields', 'ports', 'aws', 'calls'], packages: [] },
  // Everything that reads what comes from outside is tried there, the commands' readers as well.
  fuzzing: {
    files: /^infra\/local\/fuzz(\/|\.ts$)/,
    knows: ['account', 'local', 'commands', 'playbooks', 'verbs', 'ports', 'aws', 'crm', ...domain],
  },
  local: {
    files: /^infra\/local\//,
    knows: [
      'account',
      'wiring',
      'draining',
      'handlers',
      'playbooks',
      'statemachines',
      'pictures',
      'verbs',
      'ports',
      'aws',
      'crm',
      'table',
      'pages',
      'html',
      'contrast',
      ...domain,
    ],
  },
  commands: {
    files: /^infra\/commands\//,
    knows: [
      'account',
      'wiring',
      'calls',
      'draining',
      'stack',
      'local',
      'pages',
      // Reports are written into files as their readers get them.
      'mails',
      'html',
      'playbooks',
      'verbs',
      'ports',
      'aws',
      'crm',
      'table',
      'statemachines',
      'laws',
      'advice',
      ...domain,
    ],
  },
  conformance: { files: /^test\/conformance\//, knows: ['account'] },
};

/** Tests may know everything but the conformance runner, which stands on its own. */
const isTest = (path: string): boolean => path.startsWith('test/') && roomOf(path) === undefined;

const roomOf = (path: string): string | undefined =>
  Object.entries(rooms).find(([, { files }]) => files.test(path))?.[0];

const isPackage = (imported: string): boolean => !/^(functions|statemachines|infra|test)\//.test(imported);

const isAmong = (imported: string, packages: readonly string[]): boolean =>
  packages.some((name) => imported === name || imported.startsWith(/[/:]$/.test(name) ? name : `${name}/`));

function forbiddenImports({ path, imports }: Pick<SourceFile, 'path' | 'imports'>): string[] {
  const name = roomOf(path);
  const room = name === undefined ? undefined : rooms[name];
  if (room === undefined)
    return isTest(path)
      ? imports
          .filter((imported) => roomOf(imported) === 'conformance')
          .map((imported) => `${path} imports ${imported}`)
      : [`${path} is in no room`];
  const isAllowed = (imported: string): boolean => {
    if (isPackage(imported)) return room.packages === undefined || isAmong(imported, room.packages);
    const other = roomOf(imported);
    return other === name || room.knows.some((known) => known === other);
  };
  return imports.filter((imported) => !isAllowed(imported)).map((imported) => `${path} (${name}) imports ${imported}`);
}

const inProduct = files.filter(({ path }) => /^(functions|statemachines)\//.test(path));
const matching = (pattern: RegExp, among: readonly SourceFile[]): string[] =>
  among.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

describe('who may know whom', () => {
  it('is kept by every file', () => {
    expect(files.flatMap(forbiddenImports)).toEqual([]);
  });

  it('leaves no circle, of types neither', () => {
    expect(importCircles(files).map((circle) => [...circle, circle[0]].join(' → '))).toEqual([]);
  });

  it('is written for rooms that exist', () => {
    const lived = new Set(files.map(({ path }) => roomOf(path)));
    expect(Object.keys(rooms).filter((name) => !lived.has(name))).toEqual([]);
    const known = Object.values(rooms).flatMap(({ knows }) => knows);
    expect(known.filter((name) => rooms[name] === undefined)).toEqual([]);
  });

  it('keeps every word of handoffs out of the account', () => {
    const words = /handoff|playbook|roster|\bdeals?\b|customer/i;
    const account = files.filter(({ path }) => path.startsWith('infra/account/'));
    expect(account.length).toBeGreaterThan(20);
    expect(account.filter(({ text }) => words.test(text)).map(({ path }) => path)).toEqual([]);
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
    const found = (path: string, ...imports: string[]) => forbiddenImports({ path, imports }).length;
    expect(found('functions/domain/deal/spy.ts', 'functions/ports/world.ts', 'node:fs')).toBe(2);
    expect(found('functions/domain/deal/spy.ts', 'functions/domain/step/step-view.ts')).toBe(1);
    expect(found('functions/domain/step/spy.ts', 'functions/domain/deal/deal.ts')).toBe(0);
    expect(found('infra/account/spy.ts', 'functions/aws/table.ts', 'infra/wiring/routes.ts')).toBe(2);
    expect(found('infra/wiring/spy.ts', 'aws-cdk-lib/aws-events')).toBe(1);
    expect(found('infra/stack/spy.ts', 'functions/handlers/notify.ts')).toBe(1);
    expect(
      found('infra/local/spy.ts', 'infra/stack/names.ts', 'infra/commands/deployment.ts', 'test/support/deals.ts'),
    ).toBe(3);
    expect(found('functions/verbs/spy.ts', 'infra/local/system.ts')).toBe(1);
    expect(found('test/support/spy.ts', 'test/conformance/conformance-case.ts')).toBe(1);
  });

  it('would find a circle', () => {
    const file = (path: string, ...imports: string[]) => ({ path, imports });
    expect(importCircles([file('a', 'b'), file('b', 'c'), file('c', 'b', 'zod'), file('d', 'a')])).toEqual([
      ['b', 'c'],
    ]);
    expect(importCircles([file('a', 'a')])).toEqual([['a']]);
    expect(importCircles([file('a', 'b', 'c'), file('b', 'c'), file('c')])).toEqual([]);
  });
});

describe('time is an argument', () => {
  it('so nobody reads the clock but who hands it to the log and to what sets reminders, and who keeps requests to a CRM apart', () => {
    const clocks =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b|\bTemporal\.Now\b|\bprocess\.hrtime\b/;
    expect(matching(clocks, inProduct)).toEqual(['functions/aws/crm-http.ts', 'functions/aws/lambda-stack.ts']);
  });

  it('and nobody else waits, and nothing is left to chance', () => {
    const waits = /\bsetTimeout\b|\bsetInterval\b|\bMath\.random\b/;
    expect(matching(waits, inProduct)).toEqual(['functions/aws/crm-http.ts']);
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
