import { isLocal, UnusableOptions } from '../deployment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface OperationsOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Of the company's identity provider; without one, requests are signed. */
  readonly token: string | undefined;
  /** Where the pages are: at an address, or where the functions of a stage say. */
  readonly at: { readonly site: string } | { readonly stage: string };
}

/**
 * Reads what was said on the command line and in PORT, OPERATIONS_TOKEN and AWS_ENDPOINT_URL. Throws UnusableOptions for what
 * cannot be used.
 */
export function readOptions(
  environment: Environment,
  { stages, site }: { readonly stages: readonly string[]; readonly site?: string | undefined },
): OperationsOptions {
  const [stage, ...more] = stages;
  if (more.length > 0) throw new UnusableOptions(`One stage at a time, not also ${more.join(', ')}.`);
  if (stage !== undefined && site !== undefined)
    throw new UnusableOptions('The stage and --site both name a deployment. Leave out one of them.');
  const token = environment['OPERATIONS_TOKEN']?.trim() || undefined;
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new UnusableOptions(
      'OPERATIONS_TOKEN is no token: it has blanks or other characters that no header carries.',
    );
  const here = isLocal(environment) ? environment['AWS_ENDPOINT_URL'] : undefined;
  const address = site ?? (stage === undefined ? here : undefined);
  if (stage === undefined && address === undefined)
    throw new UnusableOptions(
      'Which deployment? Name its stage, give its address with --site, or set AWS_ENDPOINT_URL for an account on this machine.',
    );
  const at = stage === undefined ? { site: siteAddress(address ?? '') } : { stage };
  return { port: portOf(environment['PORT']), token, at };
}

/** An address that credentials may be sent to: https, or on this machine. Throws UnusableOptions. */
export function siteAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)))
    throw new UnusableOptions(`"${text}" is no address of a site: it must begin with https://.`);
  return url.origin;
}

function portOf(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return 0;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UnusableOptions(`PORT is "${text}"; it must be a whole number from 0 (any free port) to 65535.`);
}
