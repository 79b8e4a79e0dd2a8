import type { Person } from '../people/person.ts';
import { lookedAfterBy } from '../people/reports.ts';
import { type RoleId, roleIds } from '../playbook/roles.ts';
import type { PersonId } from './fact.ts';

/** Everything that reports show, by mail or on a page. */
export const reportIds = [
  /** Leadership's week. */
  'weeklyKpis',
  /** All measures with their trend, cohorts and splits. */
  'measures',
  /** Misses of steps by week, and the bottleneck. */
  'missesByWeek',
  /** Misses of steps by team. */
  'missesByTeam',
  /** Misses of steps by person. */
  'missesByPerson',
  /** The handoffs behind a number. */
  'handoffList',
  /** Before and after a change of the playbook. */
  'beforeAndAfter',
  /** What became of customers. */
  'outcomes',
  /** The AE completeness score. */
  'completeness',
  /** Somebody's own week: what is open, overdue, coming. */
  'ownList',
  /** The managers' overdue steps. */
  'digest',
  /** The quarter's sample with evidence and gaps. */
  'auditPack',
  /** The remarks beside the survey's score. */
  'surveyRemarks',
] as const;
export type ReportId = (typeof reportIds)[number];

/** Of whose work something is shown. `reports`: of those who report to the reader directly, and the reader's own. */
export type Whose = 'nobody' | 'own' | 'reports' | 'line' | 'everybody';

/** What a report shows of those people. */
export type Shown = 'numbers' | 'customers' | 'teams' | 'names';

/** What a role sees in a report. */
export interface Sight {
  readonly whose: Whose;
  readonly shows: readonly Shown[];
}

const nothing: Sight = { whose: 'nobody', shows: [] };
const own = (...shows: readonly Shown[]): Sight => ({ whose: 'own', shows });
const line = (...shows: readonly Shown[]): Sight => ({ whose: 'line', shows });
const all = (...shows: readonly Shown[]): Sight => ({ whose: 'everybody', shows });

/** Whoever does the steps sees their own numbers, and compares themselves with nobody. */
const doer: Readonly<Record<ReportId, Sight>> = {
  weeklyKpis: nothing,
  measures: own('numbers', 'customers', 'names'),
  missesByWeek: own('numbers', 'customers'),
  missesByTeam: nothing,
  missesByPerson: own('numbers', 'customers', 'names'),
  handoffList: own('numbers', 'customers', 'names'),
  beforeAndAfter: nothing,
  outcomes: nothing,
  completeness: nothing,
  ownList: own('numbers', 'customers', 'names'),
  digest: nothing,
  auditPack: nothing,
  surveyRemarks: nothing,
};

/** A manager sees the work of everybody who reports to them, directly or through others; names of the direct ones alone. */
const manager: Readonly<Record<ReportId, Sight>> = {
  weeklyKpis: line('numbers', 'customers'),
  measures: line('numbers', 'customers', 'teams', 'names'),
  missesByWeek: line('numbers', 'customers'),
  missesByTeam: line('numbers', 'customers', 'teams'),
  missesByPerson: { whose: 'reports', shows: ['numbers', 'customers', 'names'] },
  handoffList: line('numbers', 'customers', 'teams', 'names'),
  beforeAndAfter: line('numbers', 'customers'),
  outcomes: line('numbers', 'customers'),
  completeness: nothing,
  ownList: own('numbers', 'customers', 'names'),
  digest: line('numbers', 'customers', 'teams', 'names'),
  auditPack: nothing,
  surveyRemarks: nothing,
};

/** Revenue operations own the process (S2, S4): all handoffs and teams, and nobody's name beside a number. */
const operations: Readonly<Record<ReportId, Sight>> = {
  weeklyKpis: all('numbers', 'customers'),
  measures: all('numbers', 'customers', 'teams', 'names'),
  missesByWeek: all('numbers', 'customers'),
  missesByTeam: all('numbers', 'customers', 'teams'),
  missesByPerson: { whose: 'reports', shows: ['numbers', 'customers', 'names'] },
  handoffList: all('numbers', 'customers', 'teams', 'names'),
  beforeAndAfter: all('numbers', 'customers'),
  outcomes: all('numbers', 'customers'),
  completeness: nothing,
  ownList: own('numbers', 'customers', 'names'),
  digest: all('numbers', 'customers', 'teams', 'names'),
  auditPack: all('numbers', 'customers', 'teams', 'names'),
  surveyRemarks: nothing,
};

/** What somebody sees of everybody's work whom the roster says to be of the leadership, beside what is theirs by their role. */
const forLeadership = [
  'weeklyKpis',
  'measures',
  'missesByWeek',
  'missesByTeam',
  'handoffList',
  'beforeAndAfter',
  'outcomes',
] as const satisfies readonly ReportId[];

/**
 * What is shown to whom. `names` are only ever those of people whose own manager the reader is, and the reader's: a scope holds
 * no other name. The AE completeness score is the account executive's and their manager's to see; survey remarks are nobody's.
 */
export const whoSees: Readonly<Record<RoleId, Readonly<Record<ReportId, Sight>>>> = {
  accountExecutive: { ...doer, completeness: own('numbers', 'names') },
  customerSuccessManager: doer,
  salesManager: { ...manager, completeness: { whose: 'reports', shows: ['numbers', 'names'] } },
  successManager: { ...manager, completeness: { whose: 'reports', shows: ['numbers', 'names'] } },
  revenueOperations: { ...operations, completeness: { whose: 'reports', shows: ['numbers', 'names'] } },
};

/** Somebody who reads reports: whose work they see, and whose names. */
export interface Scope {
  readonly role: RoleId;
  /** The row of the table that counts for them. */
  readonly sees: Readonly<Record<ReportId, Sight>>;
  /** Their own ids: none before anything of theirs was measured. */
  readonly self: ReadonlySet<PersonId>;
  /** They and those who report to them directly. */
  readonly reports: ReadonlySet<PersonId>;
  /** They and everybody who reports to them, directly or through others. */
  readonly line: ReadonlySet<PersonId>;
  /** Everybody who is on the roster: work of others counts for the team that it was done in. */
  readonly known: ReadonlySet<PersonId>;
  /** Whether they see the handoffs of everybody. */
  readonly everybody: boolean;
  /** Names that they may read, by id: their own and those of their direct reports. */
  readonly names: ReadonlyMap<PersonId, string>;
  /** Names of the managers whose teams they see, by the managers' ids. */
  readonly teams: ReadonlyMap<PersonId, string>;
}

/**
 * What somebody on the roster may see. `ids`: mail addresses by the ids in facts; those who were forgotten are missing, and have
 * no name. Who leads others sees what managers see, whatever their role; somebody who has left sees nothing.
 */
export function scopeOf(
  person: Person,
  { roster, ids }: { readonly roster: readonly Person[]; readonly ids: ReadonlyMap<PersonId, string> },
): Scope {
  const { role, email } = person;
  const idsByEmail = Map.groupBy(ids.keys(), (id) => ids.get(id) ?? '');
  const idsOf = (people: readonly Pick<Person, 'email'>[]) =>
    people.flatMap((each) => idsByEmail.get(each.email) ?? []);
  const gone = !person.active;
  const everybody = !gone && (role === 'revenueOperations' || person.leadership === true);
  const others = gone ? [] : roster.filter((each) => each.email !== email);
  // Through the line of managers alone: that everybody is looked after by revenue operations makes nobody their manager.
  const led = lookedAfterBy({ ...person, role: everybody ? 'accountExecutive' : role }, gone ? [] : roster);
  const direct = others.filter((each) => each.manager === email);
  const leads = new Set(roster.flatMap(({ manager: lead }) => lead ?? []));
  const seen = everybody ? others : led;
  const named = new Map([person, ...direct].map((each) => [each.email, each.name]));
  const teamNames = new Map(
    [person, ...seen].filter((each) => leads.has(each.email)).map((each) => [each.email, each.name]),
  );
  const namesById = (names: ReadonlyMap<string, string>) =>
    new Map(
      [...ids].flatMap(([id, at]) => {
        const name = names.get(at);
        return name === undefined ? [] : [[id, name] as const];
      }),
    );
  return {
    role,
    sees: gone ? ofNobody : rowOf(person, direct.length > 0),
    self: new Set(gone ? [] : idsOf([person])),
    reports: new Set(gone ? [] : idsOf([person, ...direct])),
    line: new Set(gone ? [] : idsOf([person, ...led])),
    known: new Set(idsOf(roster)),
    everybody,
    names: gone ? new Map() : namesById(named),
    teams: gone ? new Map() : namesById(teamNames),
  };
}

const ofNobody = Object.fromEntries(reportIds.map((report) => [report, nothing])) as Record<ReportId, Sight>;

/** Somebody who leads others and does steps as well keeps what is theirs alone: their own completeness score is in `reports`. */
function rowOf(person: Person, leads: boolean): Readonly<Record<ReportId, Sight>> {
  const row = rowByRole(person, leads);
  if (!person.leadership || person.role === 'revenueOperations') return row;
  return { ...row, ...Object.fromEntries(forLeadership.map((report) => [report, operations[report]])) };
}

function rowByRole({ role }: Person, leads: boolean): Readonly<Record<ReportId, Sight>> {
  if (!leads) return whoSees[role];
  if (role === 'accountExecutive') return whoSees.salesManager;
  return role === 'customerSuccessManager' ? whoSees.successManager : whoSees[role];
}

/** The table of who sees what as Markdown. */
export function whoSeesTable(): string {
  const told = ({ whose, shows }: Sight) => (whose === 'nobody' ? '–' : `${whoseTold[whose]}: ${shows.join(', ')}`);
  const rows = reportIds.map((report) => [`\`${report}\``, ...roleIds.map((role) => told(whoSees[role][report]))]);
  const head = ['report', ...roleIds];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const whoseTold: Readonly<Record<Whose, string>> = {
  nobody: '–',
  own: 'own',
  reports: 'direct reports',
  line: 'everybody below',
  everybody: 'everybody',
};
