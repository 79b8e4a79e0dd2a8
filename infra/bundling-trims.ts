import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';

/**
 * What is left out of a bundle because on Lambda nobody would miss it. Each entry says why; the tests compare holidays and
 * mails of a trimmed bundle with those of the whole packages.
 */
export const trims: Plugin = {
  name: 'trims',
  setup({ onLoad, onResolve }) {
    // 440 KB of rules for every country, of which a function uses a few, if any: packed, and unpacked at the first question.
    onLoad({ filter: /\/date-holidays\/src\/data\.js$/ }, async ({ path }) => ({
      contents: packed((await import(path)).data),
    }));
    // 720 KB of zone history, and moment, for the local day of an equinox: Temporal knows it.
    onResolve({ filter: /^moment-timezone$/ }, () => ({ path: beside('./equinox-moment.ts') }));
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
    onLoad({ filter: /\/nodemailer\/.*\/mime-types\.js$/ }, () => ({
      contents: `
        const unknown = 'application/octet-stream';
        export const detectMimeType = (name) => /\\.ics$/i.test(name || '') ? 'text/calendar' : unknown;
        export const detectExtension = (type) => /^text\\/calendar/i.test(type || '') ? 'ics' : 'bin';`,
    }));
    // Traces name lines of the project's own files; those of packages would make the map ten times as large to read.
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n${mapOfNothing}`,
      loader: 'js',
    }));
  },
};

const mapOfNothing = `//# sourceMappingURL=data:application/json;base64,${btoa('{"version":3,"sources":[""],"mappings":"AAAA"}')}`;

const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A module that exports the same `data`, unpacked when a member of it is first read. */
function packed(data: object): string {
  const text = brotliCompressSync(JSON.stringify(data)).toString('base64');
  const members = Object.keys(data).map((name) => `get ${name}() { return unpack().${name}; },`);
  return `
    import { brotliDecompressSync } from 'node:zlib';
    let unpacked;
    const unpack = () => (unpacked ??= JSON.parse(brotliDecompressSync(Buffer.from('${text}', 'base64'))));
    export const data = { ${members.join(' ')} };`;
}
