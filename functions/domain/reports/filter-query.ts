import { excerpt } from '../fields/clean-text.ts';
import { defined } from '../fields/record.ts';
import type { Refusal } from '../fields/refusal.ts';
import type { HandoffStatus } from '../handoff/handoff.ts';
import { daysIn, isPeriod } from '../time/periods.ts';
import { bandOf } from './bands.ts';
import { isMeasure } from './definitions.ts';
import { noTeam } from './figures.ts';
import { anyStep, type Behind, type Filter } from './filters.ts';
import type { Measured } from './measured-handoff.ts';
import { stepsInOrder } from './steps.ts';

const statuses: readonly (HandoffStatus | 'running')[] = [
  'running',
  'open',
  'stalled',
  'complete',
  'cancelled',
  'abandoned',
];

/** The names that filters have in an address, flat. */
interface Flat {
  readonly handoff?: string;
  readonly from?: string;
  readonly to?: string;
  readonly segment?: string;
  readonly industry?: string;
  readonly playbook?: string;
  readonly team?: string;
  readonly person?: string;
  readonly status?: string;
  readonly overdue?: string;
  readonly waits?: string;
  readonly band?: string;
  readonly behind?: string;
  readonly during?: string;
  readonly due?: string;
  readonly dueTo?: string;
  readonly since?: string;
  readonly before?: string;
  readonly signedUntil?: string;
  readonly step?: string;
  readonly without?: string;
  readonly by?: string;
  readonly byTeam?: string;
  readonly which?: string;
}

/** What can be asked for in the handoffs that a reader sees: the choices of a filter form, and the check of an address. */
export interface Choices {
  /** By their ids: there may be tens of thousands. */
  readonly handoffs: ReadonlySet<string>;
  readonly segments: readonly string[];
  readonly industries: readonly string[];
  /** By name, then by hash. */
  readonly playbooks: readonly string[];
  readonly teams: readonly string[];
  readonly persons: readonly string[];
  readonly steps: readonly string[];
}

/** What there is to choose from in what a reader may see: `seenBy` comes first, so that nobody else's id is a choice. */
export function choicesIn({ handoffs, playbooks }: Pick<Measured, 'handoffs' | 'playbooks'>): Choices {
  const all = (values: Iterable<string | undefined>) =>
    [...new Set(values)].filter((value) => value !== undefined).toSorted();
  const [teams, persons] = [new Set<string | undefined>(), new Set<string | undefined>()];
  for (const each of handoffs) {
    teams.add(each.accountExecutiveTeam).add(each.customerSuccessManagerTeam);
    persons.add(each.accountExecutive).add(each.customerSuccessManager);
    for (const { team, owner } of each.rounds) {
      teams.add(team);
      persons.add(owner);
    }
  }
  return {
    handoffs: new Set(handoffs.map(({ id }) => id)),
    segments: all(handoffs.map(({ segment }) => segment)),
    industries: all(handoffs.map(({ industry }) => industry)),
    playbooks: [...all(playbooks.map(({ name }) => name)), ...all(playbooks.map(({ hash }) => hash))],
    teams: all(teams),
    persons: all(persons),
    steps: [...stepsInOrder(playbooks).map(({ id }) => id)],
  };
}

/**
 * The filter in the query of an address. What is not to be had is left out and named; nothing is thrown. Names that no filter has
 * are left alone: they are somebody else's. An empty value is none, as forms send it.
 */
export function readFilter(
  query: URLSearchParams,
  choices: Choices,
): { readonly filter: Filter; readonly refused: readonly Refusal[] } {
  const refused: Refusal[] = [];
  const read = (name: keyof Flat, isGood: (text: string) => boolean, remedy: string): string | undefined => {
    const text = query.get(name)?.trim() ?? '';
    if (text === '') return undefined;
    if (isGood(text)) return text;
    refused.push({ field: name, problem: `“${excerpt(text, 40)}” isn’t one of the choices`, remedy });
    return undefined;
  };
  const oneOf = <T extends string>(name: keyof Flat, known: readonly T[]): T | undefined => {
    const text = read(name, (each) => known.some((one) => one === each), 'Select one from the list.');
    return known.find((each) => each === text);
  };
  const period = (name: keyof Flat) =>
    read(name, isPeriod, 'Use a week (2026-W47), a month (2026-11) or a quarter (2026-Q4).');

  const measure = read('behind', isMeasure, 'Follow the link of a number again.');
  const behind: Behind | undefined =
    measure !== undefined && isMeasure(measure)
      ? {
          measure,
          ...defined({
            during: period('during'),
            dueIn: period('due'),
            dueTo: period('dueTo'),
            since: read('since', isMoment, 'Follow the link of a number again.'),
            before: read('before', isMoment, 'Follow the link of a number again.'),
            signedUntil: read('signedUntil', isMoment, 'Follow the link of a number again.'),
            step: oneOf('step', choices.steps),
            without: read(
              'without',
              (text) => text.split(',').every((each) => choices.steps.includes(each)),
              'Follow the link of a number again.',
            )?.split(','),
            owner: oneOf('by', choices.persons),
            team: oneOf('byTeam', [...choices.teams, noTeam]),
            which: oneOf('which', ['yes', 'no']),
          }),
        }
      : undefined;
  const from = period('from');
  const to = period('to');
  const isBackwards = from !== undefined && to !== undefined && daysIn(to).last < daysIn(from).first;
  if (isBackwards)
    refused.push({ field: 'to', problem: `“${to}” is over before “${from}” begins`, remedy: 'Choose a later end.' });
  const filter: Filter = defined({
    handoff: read(
      'handoff',
      (id) => choices.handoffs.has(id),
      'It may be new since last night, deleted, or somebody else’s to see.',
    ),
    from,
    to: isBackwards ? undefined : to,
    segment: oneOf('segment', choices.segments),
    industry: oneOf('industry', choices.industries),
    playbook: read('playbook', isPlaybookOf(choices), 'Select one from the list.'),
    team: oneOf('team', choices.teams),
    person: oneOf('person', choices.persons),
    status: oneOf('status', statuses),
    overdue: oneOf('overdue', [anyStep, ...choices.steps]),
    waits: oneOf('waits', ['decision', 'customer']),
    band: read('band', (id) => bandOf(id) !== undefined, 'Follow the link of a number again.'),
    behind,
  });
  return { filter, refused };
}

/** The name of a playbook, the hash of a version, or several hashes. */
const isPlaybookOf =
  ({ playbooks }: Choices) =>
  (text: string): boolean =>
    playbooks.includes(text) || text.split(',').every((each) => playbooks.includes(each));

/** In milliseconds, as links have it. */
const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** The query that `readFilter` reads again: without `?`, empty for no filter, names always in the same order. */
export function queryOf({ behind, ...rest }: Filter): string {
  const flat: Flat = {
    ...rest,
    ...(behind &&
      defined({
        behind: behind.measure,
        during: behind.during,
        due: behind.dueIn,
        dueTo: behind.dueTo,
        since: behind.since,
        before: behind.before,
        signedUntil: behind.signedUntil,
        step: behind.step,
        without: behind.without?.join(','),
        by: behind.owner,
        byTeam: behind.team,
        which: behind.which,
      })),
  };
  return new URLSearchParams(Object.entries(flat)).toString();
}
