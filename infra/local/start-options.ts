import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { isLocale } from '../../functions/domain/texts/locale.ts';
import { parseInstant } from '../../functions/domain/time/formats.ts';
import { findPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { isPlayed, type PlayedName, playedNames } from './crm/played-names.ts';
import { populationFile } from './populate/population-file.ts';

export interface StartOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Where virtual time begins (milliseconds since the epoch); absent: now, or when work begins again. */
  readonly startAt?: number;
  /** What new handoffs follow; absent: the usual one. */
  readonly playbook?: Playbook;
  /** The locale that emails are written in; absent: the usual one. */
  readonly locale?: string;
  /** The CRM that deals come from, played on this machine; absent: the usual one. */
  readonly crm?: PlayedName | typeof noCrm;
  /** The file of a population that is opened, with its own time, people and playbook, and without a CRM; absent: none. */
  readonly populated?: string;
}

const noCrm = 'none';

const usualPort = 4566;

/** What each option needs. */
const known: Readonly<Record<string, string>> = {
  '--at': 'an instant, such as --at 2026-11-17T08:30:00Z',
  '--playbook': 'the name of a shipped playbook, such as --playbook default',
  '--locale': 'the tag of a locale, such as --locale de-DE',
  '--crm': 'the name of a CRM, or none, such as --crm hubspot',
};

/** Opens what `npm run populate` made: alone, or with the file it was told to write. */
const populatedOption = '--populated';

/**
 * Reads `PORT`, `START_AT`, `--at <ISO 8601>` (which wins over `START_AT`), `--playbook <name>`, `--locale <tag>`, `--crm <name>`
 * and `--populated [<file>]`, which brings its own time, playbook and deals. Every problem is named together with what is expected.
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
  const values = 'problem' in given ? new Map<string, string>() : given;
  const name = values.has('--at') ? '--at' : 'START_AT';
  const text = values.get('--at') ?? environment['START_AT'];
  const at = text === undefined || text === '' ? undefined : parseInstant(text);
  if (text !== undefined && text !== '' && at === undefined)
    problems.push(
      `${name} is "${text}"; it must be an ISO 8601 instant with Z or an offset, such as 2026-11-17T08:30:00Z.`,
    );
  const chosen = values.get('--playbook');
  const found = chosen === undefined ? undefined : findPlaybook(chosen);
  if (found !== undefined && 'problem' in found) problems.push(`--playbook: ${found.problem}`);
  const locale = values.get('--locale');
  if (locale !== undefined && !isLocale(locale))
    problems.push(`--locale is "${locale}"; it must be the tag of a locale, such as en-US, en-GB, or de-DE.`);
  const crm = values.get('--crm');
  if (crm !== undefined && !isPlayed(crm) && crm !== noCrm)
    problems.push(`--crm is "${crm}"; it must be one of ${[...playedNames, noCrm].join(', ')}.`);
  const populated = values.get(populatedOption);
  const brought = ['--at', '--playbook', '--crm'].filter((option) => values.has(option));
  if (populated !== undefined && brought.length > 0)
    problems.push(`${populatedOption} brings its own time, playbook and deals: leave out ${brought.join(' and ')}.`);
  if (problems.length > 0 || port === undefined) return { problems };
  return {
    port,
    ...(at !== undefined && { startAt: Date.parse(at) }),
    ...(found !== undefined && 'playbook' in found && { playbook: found.playbook }),
    ...(locale !== undefined && { locale }),
    ...(crm !== undefined && (isPlayed(crm) || crm === noCrm) && { crm }),
    ...(populated !== undefined && { populated }),
  };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return usualPort;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

/** The options' values, by their names. */
function readArguments(args: readonly string[]): ReadonlyMap<string, string> | { readonly problem: string } {
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const name = arg.split('=', 1)[0] ?? '';
    if (name === populatedOption) {
      const next = args[i + 1];
      const isNamed = arg === name && next !== undefined && !next.startsWith('--');
      if (isNamed) i += 1;
      values.set(name, isNamed ? next : arg.slice(name.length + 1) || populationFile);
      continue;
    }
    const needs = known[name];
    if (needs === undefined)
      return {
        problem: `"${arg}" is not an option; there are --at <ISO 8601 instant>, --playbook <name>, --locale <tag>, --crm <name> and --populated [<file>].`,
      };
    if (arg === name) i += 1;
    const value = arg === name ? args[i] : arg.slice(name.length + 1);
    if (!value) return { problem: `${name} needs ${needs}.` };
    values.set(name, value);
  }
  return values;
}
