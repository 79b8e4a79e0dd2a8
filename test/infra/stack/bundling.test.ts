import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { type Plugin, transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sesMail } from '../../../functions/aws/ses-mail.ts';
import { kinds } from '../../../functions/domain/fields/kinds.ts';
import { knownLanguages, textsOf } from '../../../functions/domain/texts/texts.ts';
import table from '../../../functions/domain/time/holiday-table.json' with { type: 'json' };
import { publicHolidays } from '../../../functions/domain/time/holidays.ts';
import { style, type styleHash } from '../../../functions/pages/style.ts';
import { askAgain, askAgainUses } from '../../../functions/verbs/ask-again.ts';
import { type Bundle, bundle, bundleFunctions, lambdaFlags } from '../../../infra/stack/bundling.ts';
import { readsLater } from '../../../infra/stack/bundling-later.ts';
import { type FunctionName, functionNames } from '../../../infra/wiring/function-names.ts';
import { functionNeeds } from '../../../infra/wiring/function-needs.ts';
import { course } from '../../support/course.ts';
import { site } from '../../support/handoff-record.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-bundles-'));
});

afterAll(() => rm(folder, { recursive: true }));

const made = new Map<FunctionName, Promise<Bundle>>();

/** Bundles a function, once. */
function bundleOf(name: FunctionName): Promise<Bundle> {
  const known = made.get(name) ?? bundleFunctions([name], folder).then(([bundle]) => bundle as Bundle);
  made.set(name, known);
  return known;
}

/** Each of these is bundled, or leaves something out, in a way of its own. */
const someFunctions: readonly FunctionName[] = [
  'decide-step',
  'hear-webhook',
  'show-reports',
  'track-mail',
  'validate-package',
];

/** The functions that `npm test` bundles, and the others: half a second each. */
const sets = [
  { which: 'some functions', names: someFunctions, options: {} },
  { which: 'the others', names: functionNames.filter((name) => !someFunctions.includes(name)), options: course },
];

/** Whether records are left out of a function, where that is to be one way and not the other. */
const recordsLeftOut: Readonly<Record<string, Partial<Record<FunctionName, boolean>>>> = {
  'measured-records': {
    'start-handoff': true,
    measure: false,
    'send-reports': false,
    'show-reports': false,
    'audit-quarter': false,
  },
  // The index leads to what is open at whom.
  'desk-records': { 'show-operations': false, 'hear-webhook': true },
};

/** Kilobytes that each may have in all, and at its start. Those of reports read rows in both shapes they were ever written in. */
const most: Readonly<Record<FunctionName, readonly [number, number]>> = {
  'act-on-desk': [443, 340],
  'audit-quarter': [458, 365],
  'close-handoff': [577, 397],
  'decide-step': [849, 612],
  'follow-deal': [669, 475],
  'hear-webhook': [472, 345],
  measure: [429, 331],
  notify: [698, 504],
  'queue-write-backs': [320, 290],
  'read-deal': [449, 325],
  reconcile: [470, 346],
  'send-reports': [578, 411],
  'show-desk': [420, 330],
  'show-operations': [461, 350],
  'show-page': [551, 436],
  'show-reports': [574, 481],
  'start-handoff': [360, 260],
  'stop-deal': [564, 370],
  'track-mail': [710, 310],
  'try-again': [180, 180],
  'validate-package': [508, 404],
  'write-back': [479, 355],
};

/** What Lambda gives a function, and no way out. */
const environment = {
  AWS_LAMBDA_FUNCTION_NAME: 'handoff-test',
  AWS_REGION: 'eu-central-1',
  HANDOFF_TABLE: 'handoff',
  DEAL_BUS: 'deals',
  WRITE_BACK_QUEUE: 'https://sqs.us-east-1.amazonaws.com/111111111111/handoff-write-backs',
  CRM: 'webhook',
  CRM_ACCOUNT: '1',
  CRM_API_URL: 'https://example.com',
  CRM_SECRETS: '/handoff/sample/crm',
  SITE_URL: 'https://handoff.example.com',
  SITE_NAME: 'Handoff',
  COMPANY: 'Example Company',
  MAIL_FROM: 'handoff@example.com',
  DEFAULT_ZONE: 'UTC',
  PLAYBOOK: 'default',
  LOG_LEVEL: 'INFO',
  SERVICE_NAME: 'handoff-test',
};
const noNetwork = `data:text/javascript,${encodeURIComponent(
  "import net from 'node:net'; net.Socket.prototype.connect = () => { throw new Error('There is no network.'); };",
)}`;

/** Runs a module's text in a fresh process of this Node, started as Lambda does; what it wrote, both streams together. */
function run(text: string): Promise<string> {
  const node = spawn(process.execPath, [...lambdaFlags, '--import', noNetwork, '--input-type=module', '--eval', text], {
    env: environment,
    cwd: tmpdir(),
  });
  const written: Buffer[] = [];
  for (const stream of [node.stdout, node.stderr]) stream.on('data', (chunk) => written.push(chunk));
  return new Promise((resolve) => node.on('close', () => resolve(Buffer.concat(written).toString())));
}

for (const { which, names, options } of sets)
  describe(`The bundles of ${which}`, options, () => {
    let bundles: readonly Bundle[] = [];

    beforeAll(async () => {
      bundles = await Promise.all(names.map(bundleOf));
    });

    describe('in a fresh Node', () => {
      let starts: { readonly name: string; readonly said: string }[] = [];

      beforeAll(async () => {
        starts = await Promise.all(
          bundles.map(async ({ name, folder }) => {
            const said = await run(
              `import Module from 'node:module'; const { handler } = await import('${folder}/index.mjs');
             const rare = process.moduleLoadList.filter((each) => /undici|webstreams|fs.streams/.test(each));
             console.log(typeof handler, Object.keys(Module._cache).join(), ...rare);`,
            );
            return { name, said: said.trim() };
          }),
        );
      });

      it('loads, starts, and reaches for nothing', () => {
        expect(starts.map(({ name, said }) => [name, said.split(' ')[0]])).toEqual(
          names.map((name) => [name, 'function']),
        );
      });

      it('reads no texts of emails, nothing of zod, and neither fetch nor streams of the web at its start, as few are asked for that', () => {
        expect(starts.map(({ name, said }) => [name, said])).toEqual(names.map((name) => [name, 'function']));
      });
    });

    it('grows only where somebody says so here', () => {
      for (const { name, bytes, bytesAtStart, parts } of bundles) {
        const [all = 0, atStart = 0] = most[name];
        expect(bytes / 1000, `${name}: ${JSON.stringify(parts.slice(0, 5))}`).toBeLessThanOrEqual(all);
        expect(bytesAtStart / 1000, `${name}, at its start`).toBeLessThanOrEqual(atStart);
        // Nor is the room left that a trim has made.
        expect(bytes / 1000, `${name}: lower what it may have`).toBeGreaterThan(all - 60);
      }
    });

    it('is counted with all that it imports, at its start and later', async () => {
      const seen = { chunksAtStart: 0, later: 0 };
      for (const { name, folder, bytes, bytesAtStart } of bundles) {
        const files = (await readdir(folder)).filter((file) => !file.endsWith('.map'));
        const read = new Map(
          await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file))] as const)),
        );
        const sum = (of: Iterable<string>) => [...of].reduce((total, file) => total + (read.get(file)?.length ?? 0), 0);
        expect(bytes, name).toBe(sum(files));
        const atStart = new Set(['index.mjs']);
        // A set goes on with what is added while it is read.
        for (const file of atStart)
          for (const [, imported = ''] of (read.get(file)?.toString() ?? '').matchAll(
            /(?:from|import)"\.\/([\w.-]+)"/g,
          ))
            atStart.add(imported);
        expect(bytesAtStart, name).toBe(sum(atStart));
        seen.chunksAtStart += atStart.size - 1;
        seen.later += files.length - atStart.size;
      }
      expect(Math.min(seen.chunksAtStart, seen.later)).toBeGreaterThan(0);
    });

    it('names what it is made of', () => {
      const [first] = bundles;
      const sum = first?.parts.reduce((total, { bytes }) => total + bytes, 0) ?? 0;
      expect(sum / (first?.bytes ?? 1)).toBeGreaterThan(0.95);
      expect(first?.parts.map(({ name }) => name)).toContain('own');
    });

    it('leave out what a role lets its function do nothing with', () => {
      for (const { name, parts } of bundles)
        expect([name, parts.some((part) => part.name === 'nodemailer')]).toEqual([
          name,
          functionNeeds[name].sendsMail === true,
        ]);
    });

    it('leave out what lies in partitions that a role does not lead to', async () => {
      for (const { name, folder } of bundles) {
        const files = (await readdir(folder)).filter((file) => file.endsWith('.mjs'));
        const text = (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join();
        for (const [records, known] of Object.entries(recordsLeftOut))
          if (name in known)
            expect([name, records, text.includes(`${records}.ts is left out here`)]).toEqual([
              name,
              records,
              known[name],
            ]);
      }
    });
  });

describe('The bundle of a function', () => {
  it('names the lines of the sources when something fails', async () => {
    const { folder } = await bundleOf('validate-package');
    const said = await run(
      `import { handler } from '${folder}/index.mjs'; await handler({}).catch(({ stack }) => console.log(stack));`,
    );
    expect(said).toMatch(/functions\/verbs\/validate-package\.ts:\d+/);
  });

  it('fails by its name at what a role lets its function do nothing with', async () => {
    const { folder } = await bundleOf('hear-webhook');
    const [left = ''] = (await readdir(folder)).filter((file) => /^ses-mail-.*\.mjs$/.test(file));
    expect(await run(`import('${folder}/${left}').catch(({ message }) => console.log(message));`)).toMatch(
      /^ses-mail\.ts is left out here: .*function-needs\.ts/,
    );
  });
});

/** A module of the project, bundled as functions are. */
async function trimmed(name: string, entryPoint: string, plugins: readonly Plugin[] = []): Promise<string> {
  const [made] = await bundle([{ name, entryPoint, plugins }], folder);
  return `${made?.folder}/index.mjs`;
}

describe('What is left out of bundles', () => {
  it('changes no holiday of any place', async () => {
    const file = await trimmed('holidays', 'functions/domain/time/holidays.ts');
    const { publicHolidays: bundled }: { publicHolidays: typeof publicHolidays } = await import(file);
    for (const key of Object.keys(table.places)) {
      const [country = '', region] = key.split('/');
      const place = { country, region };
      for (const year of [table.from, 2027, table.to, table.to + 1])
        expect([key, year, ...bundled(place, year)]).toEqual([key, year, ...publicHolidays(place, year)]);
    }
  });

  it('is unpacked where it is needed, as Lambda starts Node', async () => {
    const file = await trimmed('holidays-on-lambda', 'functions/domain/time/holidays.ts');
    const said = await run(
      `import { publicHolidays } from '${file}'; console.log(publicHolidays({ country: 'JP' }, 2027).size);`,
    );
    expect(said.trim()).toBe(String(publicHolidays({ country: 'JP' }, 2027).size));
  });

  it('changes no text of any language, and reads few at the start', async () => {
    const file = await trimmed('texts', 'functions/domain/texts/texts.ts');
    const bundled: { textsOf: typeof textsOf } = await import(file);
    const said = (texts: unknown): unknown =>
      typeof texts === 'function'
        ? String(texts).replace(/\s+/g, '').length > 0
        : typeof texts === 'object' && texts !== null
          ? Object.fromEntries(Object.entries(texts).map(([name, each]) => [name, said(each)]))
          : texts;
    for (const language of knownLanguages) {
      expect(said(bundled.textsOf(language)), language).toEqual(said(textsOf(language)));
      expect(bundled.textsOf(language).count.hours(2)).toBe(textsOf(language).count.hours(2));
    }
    const atStart = await readFile(file, 'utf8');
    expect(atStart).toContain(textsOf('en').count.hours(2).slice(2));
    expect(atStart).not.toContain(textsOf('de').count.hours(2).slice(2));
    expect(atStart).not.toContain(textsOf('en').reports.openAudit);
  });

  it('changes nothing that answers are read by, and reads it when the first one comes', async () => {
    const entryPoint = 'functions/domain/fields/kinds.ts';
    const file = await trimmed('kinds', entryPoint);
    const bundled: { kinds: typeof kinds } = await import(file);
    const typed = [
      '24,000 EUR',
      'anna@example.com',
      'https://example.com/a | b',
      '2026-11-30',
      'x'.repeat(600),
      '',
      12,
    ];
    for (const [name, kind] of Object.entries(kinds))
      for (const text of typed) {
        const rule = {
          kind: name as keyof typeof kinds,
          label: 'Answer',
          required: true,
          options: ['x'],
          items: ['y'],
        };
        expect(bundled.kinds[rule.kind].read(text, rule), `${name}: ${text}`).toEqual(kind.read(text, rule));
      }
  });

  it('is not what is rarely needed, which is read when it is first called, and uses the same of the world', async () => {
    const file = await trimmed('ask-again', 'functions/verbs/ask-again.ts', [readsLater('track-mail')]);
    const bundled: { askAgain: typeof askAgain; askAgainUses: typeof askAgainUses } = await import(file);
    expect(new Set(bundled.askAgainUses)).toEqual(new Set(askAgainUses));
    const answers = (token: string) => ({
      tokens: { askAgain: async () => token },
      handoffs: { load: async () => undefined },
    });
    const request = { handoffId: 'D-1-1', step: 'review-brief', round: 1, at: '2026-11-20T15:00:00Z', token: 't' };
    for (const verb of [askAgain, bundled.askAgain]) {
      await expect(verb(answers('gone') as never, request)).rejects.toThrow(/D-1-1/);
      await expect(verb(answers('woken') as never, request)).resolves.toBeUndefined();
    }
    expect(await readFile(file, 'utf8')).toMatch(/import\("\.\/notify-/);
  });

  it('changes no rule of the style sheet of pages, which its policy names by its hash', async () => {
    const file = await trimmed('style', 'functions/pages/style.ts');
    const bundled: { style: typeof style; styleHash: typeof styleHash } = await import(file);
    const { code } = await transform(style, { loader: 'css', minify: true, target: 'es2022' });
    expect(bundled.style).toBe(code);
    const count = (css: string) => [...css.matchAll(/\{/g)].length;
    expect(count(bundled.style)).toBe(count(style));
    expect(bundled.styleHash()).toBe(`sha256-${createHash('sha256').update(bundled.style).digest('base64')}`);
  });

  it('changes no byte of a mail with an invitation', async () => {
    const bundled: { sesMail: typeof sesMail } = await import(await trimmed('ses-mail', 'functions/aws/ses-mail.ts'));
    const texts = await Promise.all([sesMail, bundled.sesMail].map(rawMail));
    expect(texts[0]).toContain('text/calendar');
    expect(texts[1]).toEqual(texts[0]);
  });
});

/** What SES is given for a mail, without what differs from mail to mail. */
async function rawMail(mail: typeof sesMail): Promise<string> {
  let raw = '';
  const client = {
    send: async ({ input }: SendRawEmailCommand) => {
      raw = Buffer.from(input.RawMessage?.Data ?? []).toString();
      return { MessageId: 'm' };
    },
  } as unknown as SESClient;
  await mail(client, site, { from: 'handoff@example.com', replyTo: 'antworten@müller.example' }).send({
    to: [{ name: 'Jörg Müller', email: 'joerg@customer.example' }],
    cc: [],
    message: { subject: 'Kickoff: Müller & Söhne', preview: '', blocks: [{ paragraph: 'Hello Jörg,' }] },
    tags: { handoff: 'D-1-1', kind: 'ask', step: 'hold-kickoff' },
    invitation: {
      uid: 'D-1-1@example.com',
      sequence: 0,
      stamp: '2026-11-20T15:00:00Z',
      start: '2026-11-24T09:00:00Z',
      zone: 'Europe/Berlin',
      minutes: 60,
      summary: 'Kickoff',
      description: 'The plan.',
      organizer: { name: 'Handoff', email: 'handoff@example.com' },
      attendees: [{ name: 'Jörg Müller', email: 'joerg@customer.example' }],
    },
  });
  return raw.replace(/--_NmP-[\w-]+/g, 'boundary').replace(/^(Message-ID|Date): .*$/gm, '$1');
}
