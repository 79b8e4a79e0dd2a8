import { parseInstant } from '../../functions/domain/time/formats.ts';

export interface StartOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Where virtual time begins (milliseconds since the epoch); absent: now, or when work begins again. */
  readonly startAt?: number;
}

const usualPort = 4566;

/**
 * Reads `PORT`, `START_AT` and `--at <ISO 8601>` (which wins over `START_AT`). Every problem is named together with what is
 * expected.
 */
export function parseStartOptions(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): StartOptions | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const port = readPort(environment['PORT']);
  if (port === undefined)
    problems.push(`PORT is "${environment['PORT']}"; it must be a whole number from 0 (any free port) to 65535.`);
  const given = readArguments(args);
  if ('problem' in given) problems.push(given.problem);
  const [name, text] =
    'at' in given && given.at !== undefined ? ['--at', given.at] : ['START_AT', environment['START_AT']];
  const at = text === undefined || text === '' ? undefined : parseInstant(text);
  if (text !== undefined && text !== '' && at === undefined)
    problems.push(
      `${name} is "${text}"; it must be an ISO 8601 instant with Z or an offset, such as 2026-11-17T08:30:00Z.`,
    );
  if (problems.length > 0 || port === undefined) return { problems };
  return { port, ...(at !== undefined && { startAt: Date.parse(at) }) };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return usualPort;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

function readArguments(args: readonly string[]): { readonly at: string | undefined } | { readonly problem: string } {
  let at: string | undefined;
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (arg.startsWith('--at=')) at = arg.slice('--at='.length);
    else if (arg === '--at') {
      i += 1;
      at = args[i] ?? '';
      if (at === '') return { problem: '--at needs an instant, such as --at 2026-11-17T08:30:00Z.' };
    } else return { problem: `"${arg}" is not an option; there is only --at <ISO 8601 instant>.` };
  }
  return { at };
}
