import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { type Plugin, transform } from 'esbuild';
import { playbookNames } from '../../statemachines/shipped-playbooks.ts';

/**
 * What is left out of a bundle because on Lambda nobody would miss it. Each entry says why; the tests compare holidays and
 * mails of a trimmed bundle with those of the whole packages.
 */
export const trims: Plugin = {
  name: 'trims',
  setup({ onLoad, onResolve }) {
    // Two hundred kilobytes of holidays, in lines that people compare: packed, an eighth of it, and unpacked at the first question.
    onLoad({ filter: /[\\/]time[\\/]holiday-table\.json$/ }, async ({ path }) => {
      packedHolidays ??= readFile(path, 'utf8').then((text) => packed(JSON.parse(text)));
      return { contents: await packedHolidays, loader: 'js' };
    });
    // The pages' style sheet: without its blanks, and packed, it is a third.
    onLoad({ filter: /[\\/]pages[\\/]style-sheet\.ts$/ }, async ({ path }) => {
      const { styleSheet } = await moduleAt(path);
      const { code } = await transform(styleSheet, { loader: 'css', minify: true, target: 'es2022' });
      return { contents: `${unpacker([code])}\nexport const styleSheet = unpack()[0];` };
    });
    // Pictures that lie beside the code here, and nowhere on Lambda: packed, a seventh of them.
    onLoad({ filter: /[\\/]statemachines[\\/]shipped-pictures\.ts$/ }, async ({ path }) => ({
      contents: `${unpacker(await pictures(path))}
        export const pictureOf = (playbook) => Object.hasOwn(unpack(), playbook) ? unpack()[playbook] : undefined;`,
    }));
    // On Lambda credentials are in the environment: no profiles, no SSO, no metadata service.
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credentials',
      namespace: 'trims',
      pluginData: { resolveDir },
    }));
    onLoad({ filter: /^credentials$/, namespace: 'trims' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: pluginData.resolveDir,
    }));
    // A table of a thousand kinds of attachment: ours are text, HTML and a calendar, and say what they are.
    onLoad({ filter: /[\\/]nodemailer[\\/].*[\\/]mime-types\.js$/ }, () => ({
      contents: `
        const unknown = 'application/octet-stream';
        export const detectMimeType = (name) => /\\.ics$/i.test(name || '') ? 'text/calendar' : unknown;
        export const detectExtension = (type) => /^text\\/calendar/i.test(type || '') ? 'ics' : 'bin';`,
    }));
    // Functions check what comes by a schema, and never write one down as JSON: twelve kilobytes.
    onLoad(
      { filter: /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/ },
      async ({ path }) => {
        const names = Object.keys(await moduleAt(path)).filter((name) => !countsChecks.includes(name));
        const counts = path.includes('processors') ? countingChecks(await readFile(path, 'utf8')) : '';
        return { contents: `${counts}\n${writesNothing}\n${names.map(asNothing).join('\n')}` };
      },
    );
    // Loaded where there is a browser to tell from others, or an answer that comes as a stream of events: nowhere here.
    onResolve({ filter: /^(bowser|@smithy\/core\/event-streams)$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
    onLoad({ filter: /^/, namespace: 'nothing' }, () => ({
      // Lambda's client sets such streams up before anybody asks for one.
      contents:
        'export const eventStreamSerdeProvider = () => ({}); export const resolveEventStreamSerdeConfig = (config) => config;',
    }));
    // Clients say which version they are, and nothing else of what their package says: two kilobytes each.
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    // Mails take nothing from the network; and importing `node:http` by name loads the whole of fetch with it.
    onLoad({ filter: /[\\/]nodemailer[\\/].*[\\/]fetch[\\/]index\.js$/ }, () => ({
      contents: "export default () => { throw new Error('A mail takes no content from the network.'); };",
    }));
    // Traces name lines of the project's own files; those of packages would make the map ten times as large to read.
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n${mapOfNothing}`,
      loader: 'js',
    }));
  },
};

/** Each shipped playbook's picture, by its name. */
async function pictures(path: string): Promise<object> {
  const { pictureOf } = await moduleAt(path);
  return Object.fromEntries(playbookNames.map((name) => [name, pictureOf(name)]));
}

/** A file's module, by its path as the system writes it: with a drive and backslashes on Windows. */
const moduleAt = (path: string) => import(pathToFileURL(path).href);

/** What a schema asks there about itself: its smallest length, its format. */
const countsChecks = ['aggregateChecks'];

/** The part of zod's module that does so, which is its first. */
function countingChecks(text: string): string {
  const end = text.indexOf('export const stringProcessor');
  if (end < 0) throw new Error('This version of zod writes JSON schemas in another way: look at it again.');
  return text.slice(0, end);
}

const writesNothing = "const nothing = () => { throw new Error('A function writes no JSON schema.'); };";
const asNothing = (name: string): string =>
  name === 'process' ? 'export { nothing as process };' : `export const ${name} = nothing;`;

/** Packed once for all bundles. */
let packedHolidays: Promise<string> | undefined;

const mapOfNothing = `//# sourceMappingURL=data:application/json;base64,${btoa('{"version":3,"sources":[""],"mappings":"AAAA"}')}`;

/** A module whose default export is the same data, unpacked when a member of it is first read. */
function packed(data: object): string {
  const members = Object.keys(data).map((name) => `get ${name}() { return unpack().${name}; },`);
  return `${unpacker(data)}\nexport default { ${members.join(' ')} };`;
}

/** Code with a function `unpack` that gives the data. */
function unpacker(data: object): string {
  const bytes = brotliCompressSync(JSON.stringify(data));
  return `
    import { brotliDecompressSync } from 'node:zlib';
    const digits = '${digits}';
    const read = (text) => {
      const bytes = new DataView(new ArrayBuffer((text.length / 5) * 4));
      for (let i = 0; i < text.length; i += 5)
        bytes.setUint32((i / 5) * 4, [...text.slice(i, i + 5)].reduce((word, digit) => word * 85 + digits.indexOf(digit), 0));
      return new Uint8Array(bytes.buffer, 0, ${bytes.length});
    };
    let unpacked;
    const unpack = () =>
      (unpacked ??= JSON.parse(new TextDecoder().decode(brotliDecompressSync(read('${inDigits(bytes)}')))));`;
}

/** Those of Z85 (ZeroMQ RFC 32), none of which a string has to escape. */
const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Bytes as text: five digits for four bytes, where base64 has more than five. Zeros are added to the last ones. */
function inDigits(bytes: Buffer): string {
  const words = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  bytes.copy(words);
  let text = '';
  for (let at = 0; at < words.length; at += 4) {
    const word = words.readUInt32BE(at);
    for (let power = 85 ** 4; power >= 1; power /= 85) text += digits[Math.floor(word / power) % 85];
  }
  return text;
}
