import { openTable } from '../../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../../functions/aws/records.ts';
import { sha256 } from '../../../functions/aws/world.ts';
import type { SiteFacts } from '../../../functions/domain/handoff/site.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { periodsUntil } from '../../../functions/domain/time/periods.ts';
import { monthOf, weekOf } from '../../../functions/domain/time/weeks.ts';
import type { FactStream } from '../../../functions/ports/measured.ts';
import type { WorldOf } from '../../../functions/ports/world.ts';
import type { viewAuditUses } from '../../../functions/verbs/audit-quarter.ts';
import { measure } from '../../../functions/verbs/measure.ts';
import type { ReportWorld } from '../../../functions/verbs/write-report.ts';
import { shippedPlaybooks, usualPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import { playPopulation, populationRoster } from '../../local/populate/play-population.ts';
import type { FunctionName } from '../../wiring/function-names.ts';
import { stageName } from '../../wiring/names.ts';
import { clientsOf, deployedVariables, findTable, isLocal, UnusableOptions } from '../deployment.ts';
import { timeOf } from '../doctor/time-of.ts';
import { calendarOf } from '../playbook/inputs.ts';
import { allHandoffs } from './rebuild.ts';
import type { ReportSource } from './report-files.ts';

/** Weeks whose numbers, as they went out, are compared with what they are now. */
const weeksCompared = 6;

type SourceWorld = ReportWorld & WorldOf<typeof viewAuditUses>;

/** What a report is written from, and for whom. */
export interface OpenSource {
  readonly source: ReportSource;
  /** To be read while it is open. */
  readonly world: SourceWorld;
  readonly reader: Person;
  /** Whether the moment that it tells of is the present one there. */
  readonly isNow: boolean;
  readonly close: () => Promise<void>;
}

/** The reader (a mail address; somebody in revenue operations without one). Throws UnusableOptions for who is not on the roster. */
function readerAmong(roster: readonly Person[], email: string | undefined): Person {
  const active = roster.filter((person) => person.active);
  const reader = active.find((person) =>
    email === undefined ? person.role === 'revenueOperations' : person.email === email,
  );
  if (reader) return reader;
  if (email === undefined)
    throw new UnusableOptions('Nobody on the roster is in revenue operations. Name a reader: --as <email>.');
  const others = [...Map.groupBy(active, ({ role }) => role).values()].flatMap(([first]) => first?.email ?? []);
  const choices = others.length === 0 ? 'it is empty' : `there are ${others.join(', ')}, among others`;
  throw new UnusableOptions(`--as: nobody on the roster has the address ${email}; ${choices}.`);
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What was measured in a stage's table, or on the local account. `said`: the moment to tell of, now without it. `rebuild` measures as
 * of now all the same: records tell how everything stands, and everybody reads what is measured.
 */
export async function deployed(
  stage: string | undefined,
  {
    as,
    said,
    rebuild,
  }: { readonly as: string | undefined; readonly said: Instant | undefined; readonly rebuild: boolean },
): Promise<OpenSource> {
  const { env } = process;
  const name = await findTable(env, stage);
  const { dynamodb } = clientsOf(env);
  const records = recordsIn(openTable(dynamodb, name));
  const reader = readerAmong(await records.roster.everybody(), as);
  const told: Variables =
    (stage && (await deployedVariables(env)(stageName(stage, 'measure' satisfies FunctionName)))) || {};
  const now = await timeOf(isLocal(env) ? env['AWS_ENDPOINT_URL'] : undefined);
  if (rebuild) {
    const also = await allHandoffs(dynamodb, name);
    const { FACT_STREAM: stream, RETENTION_MONTHS: months } = told;
    const retentionMonths = months === undefined ? undefined : Number(months);
    const factStream = stream === undefined ? { send: async () => undefined } : await streamNamed(stream);
    const { handoffs, facts } = await measure({ ...records, factStream, retentionMonths, hash: sha256 })({
      at: now,
      also,
    });
    console.log(`Measured ${handoffs} handoffs again: ${facts} facts are new or differ.\n`);
  }
  const world = { ...records, site: siteOf(told), hash: sha256, calendarOf };
  return { ...(await read(world, said ?? now)), reader, isNow: said === undefined, close: async () => undefined };
}

async function streamNamed(name: string): Promise<FactStream> {
  const { factStream, firehoseOfEnvironment } = await import('../../../functions/aws/fact-stream.ts');
  return factStream(firehoseOfEnvironment(), name);
}

const siteOf = (told: Variables): SiteFacts => ({
  url: told['SITE_URL'] ?? 'http://127.0.0.1:4566',
  name: told['SITE_NAME'] ?? 'Handoff',
  company: told['COMPANY'] ?? 'Example Company',
  defaultZone: told['DEFAULT_ZONE'] ?? 'UTC',
  ...(told['LOCALE'] !== undefined && { locale: told['LOCALE'] }),
});

/** A population that is played on the spot, once it is clear that the reader is in it. */
export async function populated({
  deals,
  seed,
  said,
  as,
}: {
  readonly deals: number;
  readonly seed: number;
  readonly said: Instant | undefined;
  readonly as: string | undefined;
}): Promise<OpenSource> {
  const until = Date.parse(said ?? new Date().toISOString());
  const played = { months: 6, seed, until };
  readerAmong(populationRoster(played), as);
  const { system } = await playPopulation({
    ...{ ...played, deals, playbook: shippedPlaybooks[usualPlaybook] },
    siteUrl: 'http://127.0.0.1:4566',
    onWeek: ({ at, won }) => console.error(`${new Date(at).toISOString().slice(0, 10)}  ${won} won`),
  });
  const found = await read(system.world, new Date(until).toISOString());
  const reader = readerAmong(found.source.roster, as);
  return { ...found, reader, isNow: true, close: () => system.close() };
}

async function read(
  world: SourceWorld & { readonly roster: { readonly everybody: () => Promise<readonly Person[]> } },
  at: Instant,
): Promise<Pick<OpenSource, 'source' | 'world'>> {
  const { site } = world;
  const found = await world.measured.between('0000-01', monthOf(at, 'UTC'));
  const { asOf } = found;
  if (asOf === undefined)
    throw new UnusableOptions('No handoff was measured yet: that happens each night. Measure them now with --rebuild.');
  const source = {
    measured: { ...found, asOf },
    roster: await world.roster.everybody(),
    ids: await world.pseudonyms.everybody(),
    published: await world.publishedWeeks.of(periodsUntil(weekOf(at, site.defaultZone), weeksCompared)),
    ...{ site, at },
  };
  // What was measured is read once: emails tell of the same handoffs as the pages beside them.
  return { source, world: { ...world, measured: { between: async () => found } } };
}
