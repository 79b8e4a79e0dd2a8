import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** What stands at the end of a module of a package: its lines are named in no trace. */
export const mapOfNothing = `//# sourceMappingURL=data:application/json;base64,${btoa('{"version":3,"sources":[""],"mappings":"AAAA"}')}`;

/**
 * What is left out of the AWS SDK because on Lambda nobody would miss it. Each entry says why; the tests compare addresses and errors
 * of the clients with those of the whole packages.
 */
export const sdkTrims: Plugin = {
  name: 'sdk-trims',
  setup({ onLoad, onResolve }) {
    const replace = (path: string, contents: string) =>
      onLoad({ filter: new RegExp(`[\\\\/]${path.replaceAll('/', '[\\\\/]')}\\.js$`) }, () => ({ contents }));
    // On Lambda credentials and region are in the environment: no profiles, no SSO, no metadata service.
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credentials',
      namespace: 'sdk-trims',
      pluginData: { resolveDir },
    }));
    onLoad({ filter: /^credentials$/, namespace: 'sdk-trims' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: pluginData.resolveDir,
    }));
    replace(
      'node-config-provider/fromSharedConfigFiles',
      `import { CredentialsProviderError } from '../property-provider/CredentialsProviderError';
       export const fromSharedConfigFiles = () => async () => {
         throw new CredentialsProviderError('No profiles are read here.');
       };`,
    );
    replace(
      'regionConfig/getInstanceMetadataRegion',
      'export const getInstanceMetadataRegion = async () => undefined;',
    );
    // An address is its service and its region: rules that also know of dual stacks and accounts are a tenth of a client.
    onLoad({ filter: /[\\/]client-[\w-]+[\\/]dist-es[\\/]endpoint[\\/]endpointResolver\.js$/ }, ({ path }) => ({
      contents: endpointResolver(/client-([\w-]+)/.exec(path)?.[1] ?? ''),
    }));
    replace('lib/aws/partitions', 'export const partitionsInfo = { partitions: [] };');
    // DynamoDB can be asked for addresses, Amazon S3 hides its buckets in them: nobody here does.
    onResolve({ filter: /^@aws-sdk\/endpoint-cache$/ }, () => ({ path: 'endpoint-cache', namespace: 'sdk-trims' }));
    onLoad({ filter: /^endpoint-cache$/, namespace: 'sdk-trims' }, () => ({
      contents: 'export class EndpointCache {}',
    }));
    replace('service-customizations/index', 'export const resolveParamsForS3 = async (parameters) => parameters;');
    // Retries are the standard ones, and Node's own crypto is always there.
    replace(
      'util-retry/AdaptiveRetryStrategy',
      "export { StandardRetryStrategy as AdaptiveRetryStrategy } from './StandardRetryStrategy';",
    );
    replace('sha256/Sha256Js', 'export class Sha256Js {}');
    // What is sent is a text or bytes, and what comes is a stream of Node's own: classes of files and of the web are slow to wake.
    replace(
      'util-body-length/calculateBodyLength',
      `export const calculateBodyLength = (body) => {
         if (!body) return 0;
         if (typeof body === 'string') return Buffer.byteLength(body);
         if (typeof body.byteLength === 'number') return body.byteLength;
         throw new Error('The SDK is bundled to send texts and bytes alone: infra/stack/bundling-sdk.ts.');
       };`,
    );
    replace(
      'util-stream/stream-type-check',
      'export const isReadableStream = () => false; export const isBlob = () => false;',
    );
    // Nobody gives clients a logger; without one, they would still copy all that is sent and comes, for nobody to read.
    replace(
      'middleware-logger/loggerMiddleware',
      `export const loggerMiddleware = () => (next) => next;
       export const loggerMiddlewareOptions = {};
       export const getLoggerPlugin = () => ({ applyToStack: () => undefined });`,
    );
    // Errors that nobody tells from others need no class: they come as their service's error, with their name all the same.
    onLoad({ filter: /[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => ({
      contents: `${withoutErrors(await readFile(path, 'utf8'))}\n${mapOfNothing}`,
    }));
    // Clients say which version they are, and nothing else of what their package says: two kilobytes each.
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    // Loaded where there is a browser to tell from others, or an answer that comes as a stream of events: nowhere here, nor shipped.
    onResolve({ filter: /^(bowser|@smithy\/core\/event-streams)$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'nothing' } : { path, external: true },
    );
    // Messages of such streams are signed header by header.
    replace('signature-v4/dist-es/HeaderFormatter', 'export class HeaderFormatter {}');
    onLoad({ filter: /^/, namespace: 'nothing' }, () => ({
      // Lambda's client sets such streams up before anybody asks for one.
      contents:
        'export const eventStreamSerdeProvider = () => ({}); export const resolveEventStreamSerdeConfig = (config) => config;',
    }));
  },
};

/** What a service is called in its address, where its package has another name. */
const hosts: Readonly<Record<string, string>> = { ses: 'email', sfn: 'states', eventbridge: 'events' };

/** The domain that a region's addresses end in, by how its name begins; `amazonaws.com` where none does. */
const domains = {
  'cn-': 'amazonaws.com.cn',
  'eusc-': 'amazonaws.eu',
  'us-iso-': 'c2s.ic.gov',
  'us-isob-': 'sc2s.sgov.gov',
  'eu-isoe-': 'cloud.adc-e.uk',
  'us-isof-': 'csp.hci.ic.gov',
} as const;

const endpointResolver = (client: string): string => `
  const domains = Object.entries(${JSON.stringify(domains)});
  export const defaultEndpointResolver = ({ Endpoint, Region, UseFIPS, UseDualStack }) => {
    if (UseFIPS || UseDualStack) throw new Error('The SDK is bundled without FIPS and dual-stack addresses: infra/stack/bundling-sdk.ts.');
    const [, domain] = domains.find(([begins]) => Region?.startsWith(begins)) ?? ['', 'amazonaws.com'];
    const url = Endpoint ?? \`https://${hosts[client] ?? client}.\${Region}.\${domain}\`;
    return { url: new URL(url), headers: {}, properties: {} };
  };`;

const adapters = fileURLToPath(new URL('../../functions/aws', import.meta.url));

/** Every word of the adapters: what they tell an error by is among them. */
const words = new Set(
  readdirSync(adapters).flatMap((file) => readFileSync(`${adapters}/${file}`, 'utf8').match(/\w+/g) ?? []),
);

/** The schemas of a client, without the errors that no adapter names. */
const withoutErrors = (schemas: string): string =>
  schemas.replaceAll(/^n0_registry\.registerError\(\w+\$, (\w+)\);$/gm, (line, error) =>
    words.has(error) ? line : '',
  );
