import { describe, expect, it } from 'vitest';
import { type Item, openTable, type Table } from '../../../../functions/aws/dynamodb.ts';
import { withTexts } from '../../../../functions/aws/packed-text.ts';
import { measuresOf } from '../../../../functions/domain/handoff/measures.ts';
import { renewalReminder } from '../../../../functions/domain/messages/renewal.ts';
import { bandings } from '../../../../functions/domain/reports/bands.ts';
import { bottleneckOf } from '../../../../functions/domain/reports/bottleneck.ts';
import { measureIds } from '../../../../functions/domain/reports/definitions.ts';
import { figureOf, figuresByStep, figuresByWeek } from '../../../../functions/domain/reports/figures.ts';
import { missesByTeam, missesByWeek } from '../../../../functions/domain/reports/heat-map.ts';
import type { Measured } from '../../../../functions/domain/reports/measured-handoff.ts';
import { outcomesBy } from '../../../../functions/domain/reports/outcomes.ts';
import { weeklyKpis } from '../../../../functions/domain/reports/weekly-kpis.ts';
import { periodsUntil } from '../../../../functions/domain/time/periods.ts';
import { involvedPeople } from '../../../../functions/verbs/involved-people.ts';
import { measure } from '../../../../functions/verbs/measure.ts';
import { findPerson } from '../../../../infra/commands/forget/find-person.ts';
import { beginForgetting, forgetPerson, isBegun } from '../../../../infra/commands/forget/forget-person.ts';
import { hindrances } from '../../../../infra/commands/forget/hindrances.ts';
import { planSaid } from '../../../../infra/commands/forget/said.ts';
import { tableName } from '../../../../infra/local/local-names.ts';
import { employPeople } from '../../../../infra/local/play/people.ts';
import { course } from '../../../support/course.ts';
import { dealEvent, roster } from '../../../support/deals.ts';
import { calendarOf, handoffRecord, lena, stepRecord } from '../../../support/handoff-record.ts';
import { full } from '../../../support/playbooks/full.ts';
import { type OpenSystem, openSystem } from '../../../support/world.ts';

const anna = 'anna.keller@example.com';
const contact = 'm.aydin@nordwind-logistik.example';
const at = '2027-06-01T10:00:00Z';

let made: Promise<{ readonly items: readonly Item[]; readonly ids: readonly string[] }> | undefined;

/** A copy of the company: it is played once. */
async function copied(): Promise<{ system: OpenSystem; ids: readonly string[] }> {
  made ??= company().then(async ({ system, ids }) => ({ items: await system.dump(), ids }));
  const { items, ids } = await made;
  const system = await openSystem({ roster: [] });
  for (const item of items) await table(system).put(item);
  return { system, ids };
}

/** A handoff that went through, another that is canceled, and people who wrote in both. */
async function company(): Promise<{ system: OpenSystem; ids: readonly string[] }> {
  const system = await openSystem();
  employPeople({
    ...{ system, playbook: full, roster: roster(), manner: 'prompt' },
    script: { 'review-brief': [{ choice: 'return' }, {}], 'schedule-kickoff': [{ choice: 'note' }, {}] },
  });
  const first = await system.win(dealEvent());
  const second = await system.win(dealEvent({ dealId: 'D-2' }));
  await system.until('2026-12-03T15:00:00Z');
  const lost = { dealId: 'D-2', reason: `Mehmet Aydın left; ${anna} knows more.` };
  await system.put({ source: 'handoff.crm', 'detail-type': 'Deal Lost', detail: lost });
  await system.until('2027-03-20T15:00:00Z');
  await system.world.suppressions.add({ email: contact, what: 'bounced', since: at });
  await system.put({ source: 'handoff.crm', 'detail-type': 'Deal Closed Won', detail: { accountExecutive: anna } });
  return { system, ids: [first, second] };
}

const look = ({ clients }: OpenSystem, email: string) =>
  findPerson({ client: clients.dynamodb, table: tableName, pageSize: 50 }, email);

async function forget(system: OpenSystem, email: string, table: Table, calledNow = 'Former colleague') {
  const found = await look(system, email);
  const begun = await isBegun(table, email);
  if (found.records === 0 && !begun) return undefined;
  const names = email === anna ? ['Anna Keller'] : found.names;
  let drawn = 0;
  const erasing = await beginForgetting(
    table,
    { email, names, calledNow },
    () => `forgotten-${++drawn}@forgotten.invalid`,
  );
  await forgetPerson(table, { erasing, partitions: found.partitions });
  return erasing;
}

const table = ({ clients }: OpenSystem): Table => openTable(clients.dynamodb, tableName);

/** What reports are made of, and how much there is of everything. */
async function counts(system: OpenSystem, ids: readonly string[]): Promise<unknown> {
  const { handoffs, audit } = system.world;
  return Promise.all(
    ids.map(async (id) => {
      const record = await system.load(id);
      return {
        measures: measuresOf(record, at),
        state: (await handoffs.statesOf([id])).map(({ status, endedAt }) => [status, endedAt]),
        trail: (await audit.trail(id)).map(({ at: when, what, step }) => [when, what, step]),
        mails: Object.keys(record.mails).length,
        notes: record.notes?.length,
        rounds: Object.values(record.steps).map(({ round, decision }) => [round, decision?.choice]),
      };
    }),
  );
}

/** Every number that reports are made of: which handoffs are behind each, and none of the people. */
async function numbers(system: OpenSystem): Promise<unknown> {
  const { asOf = '', ...rest } = await system.world.measured.between('2020-01', '2030-12');
  const measured: Measured = { ...rest, asOf };
  const { handoffs } = measured;
  const weeks = periodsUntil('2026-W52', 8);
  return {
    of: measureIds.map((measure) => [
      figureOf(measure, handoffs),
      figuresByWeek(measure, handoffs, { weeks, zone: 'Europe/Berlin' }),
      [...figuresByStep(measure, handoffs)],
    ]),
    weeks: weeks.map((week) => ({ ...weeklyKpis({ measured, week, zone: 'Europe/Berlin' }), asOf: '' })),
    bottleneck: bottleneckOf(measured),
    misses: [
      missesByWeek(measured, { miss: 'promisesKept', weeks, zone: 'UTC' }),
      missesByTeam(measured, 'stepsOnTime'),
    ],
    outcomes: bandings.map((banding) => outcomesBy(banding, handoffs, '2027-06-01T01:10:00Z')),
    rows: handoffs,
  };
}

const everything = async (system: OpenSystem): Promise<string> =>
  JSON.stringify((await system.dump()).map(withTexts), (_, value) => (value instanceof Set ? [...value] : value));

/** A table that takes so many writes, and then is not there any more. */
function lasting(whole: Table, writes: number): Table {
  let left = writes;
  const counted =
    <A extends readonly unknown[], R>(write: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      if (left === 0) throw new Error('interrupted');
      left -= 1;
      return write(...given);
    };
  return { ...whole, put: counted(whole.put), update: counted(whole.update), delete: counted(whole.delete) };
}

describe('forgetting a person', () => {
  it.each([
    ['a colleague', anna],
    ['a contact', contact],
  ])('leaves every number of every report as it was, through a night of measuring: %s', course, async (_, email) => {
    const { system, ids } = await copied();
    const night = (day: number) => measure(system.world)({ at: `2027-06-0${day}T01:10:00Z`, also: ids });
    expect(await night(1)).toMatchObject({ handoffs: ids.length });
    const before = await numbers(system);
    const facts = async () => (await Promise.all(ids.map((id) => system.world.facts.of(id)))).flat();
    const recorded = await facts();
    expect(recorded.length).toBeGreaterThan(20);
    const erasing = await forget(system, email, table(system));
    expect(await numbers(system)).toEqual(before);
    // All is measured anew: the same people have the same ids, whatever they are called now.
    expect(await night(2)).toMatchObject({ handoffs: ids.length, facts: 0 });
    expect(await numbers(system)).toEqual(before);
    expect(await facts()).toEqual(recorded);
    const people = [...(await system.world.pseudonyms.everybody()).values()];
    expect(people).not.toContain(email);
    if (email === anna) expect(people).toContain(String(erasing?.placeholder));
    expect((await everything(system)).toLowerCase()).not.toContain(email);
  });

  it('leaves neither address nor full name of a colleague, and every count as it was', course, async () => {
    const { system, ids } = await copied();
    const before = await counts(system, ids);
    expect(await everything(system)).toContain(anna);
    const erasing = await forget(system, anna, table(system));
    const left = await everything(system);
    expect(left.toLowerCase()).not.toContain(anna);
    expect(left).not.toContain('Anna Keller');
    expect(left).toContain(String(erasing?.placeholder));
    expect(await counts(system, ids)).toEqual(before);
    expect((await system.world.roster.everybody()).map(({ email }) => email)).not.toContain(anna);
    expect(left).not.toContain('FORGETTING');
    expect(await forget(system, anna, table(system))).toBeUndefined();
  });

  it('leaves neither address nor name of a contact of a customer, and what they were suppressed for', async () => {
    const { system, ids } = await copied();
    const before = await counts(system, ids);
    const found = await look(system, contact);
    expect(found.names).toEqual(['Mehmet Aydın']);
    expect(found.handoffs.toSorted()).toEqual([...ids].toSorted());
    await forget(system, contact, table(system), 'Former contact');
    const left = await everything(system);
    expect(left.toLowerCase()).not.toContain(contact);
    expect(left).not.toContain('Mehmet Aydın');
    expect(left).toContain('Former contact left;');
    expect(await counts(system, ids)).toEqual(before);
  });

  it('mails nothing to a contact who is forgotten while the handoff runs, and names them to nobody at the customer', async () => {
    const system = await openSystem();
    employPeople({ ...{ system, playbook: full, roster: roster(), manner: 'prompt' }, script: {} });
    const id = await system.win(dealEvent());
    await system.until('2026-11-20T17:00:00Z');
    expect((await system.load(id)).steps['introduce-customer']).toBeUndefined();
    const erasing = await forget(system, contact, table(system), 'Former contact');
    await system.until('2026-12-03T15:00:00Z');
    const toCustomer = system
      .mails()
      .filter(({ tags }) => /^(customer-introduction|kickoff-)/.test(tags['kind'] ?? ''));
    expect(toCustomer).toHaveLength(2);
    for (const { recipients, text, calendar } of toCustomer) {
      expect(recipients).toContain('h.luehrs@nordwind-logistik.example');
      expect(recipients).not.toContain(erasing?.placeholder);
      expect(`${text}${calendar?.text}`).not.toMatch(/Former|forgotten/);
    }
  });

  it('leaves no customer without a reminder of the renewal: whoever leads the side of a forgotten colleague gets it', async () => {
    const { system, ids } = await copied();
    const [id = ''] = ids;
    const told = async () => {
      const record = await system.load(id);
      const people = await involvedPeople(system.world, record);
      const say = 'renewal-reminder' as const;
      const reminder = renewalReminder({ record, people, say, at, site: system.world.site, calendarOf });
      return 'to' in reminder ? reminder.to.map(({ email }) => email) : reminder;
    };
    expect(await told()).toEqual([lena, anna]);
    await forget(system, anna, table(system));
    expect(await told()).toEqual([lena, 'klaus.brandt@example.com']);
    await forget(system, lena, table(system));
    expect(await told()).toEqual(['daniel.weiss@example.com', 'klaus.brandt@example.com']);
  });

  it('ends the same when it is interrupted after every single write', course, async () => {
    const [whole, broken] = [await copied(), await copied()];
    const once = await forget(whole.system, contact, table(whole.system), 'Former contact');
    // Each run writes down whom it forgets and looks at the roster before it comes to what is left; to move a record takes two writes.
    let runs = 0;
    for (let done = false; !done && runs < 1000; runs += 1)
      await forget(broken.system, contact, lasting(table(broken.system), 3 + (runs % 2)), 'Former contact').then(
        () => {
          done = true;
        },
        (error: Error) => expect(error.message).toBe('interrupted'),
      );
    expect(runs).toBeGreaterThan(10);
    expect(once?.placeholder).toBe('forgotten-1@forgotten.invalid');
    expect(await everything(broken.system)).toBe(await everything(whole.system));
  });

  it('keeps what somebody else writes at the same moment', course, async () => {
    const { system, ids } = await copied();
    const [id = ''] = ids;
    const plain = table(system);
    let isWritten = false;
    const update: Table['update'] = async (key, options) => {
      if (!isWritten && key['sk'] === 'HANDOFF') {
        isWritten = true;
        await plain.update(key, {
          UpdateExpression: 'SET people.salesManager = :anna, reason = :reason',
          values: { ':anna': anna, ':reason': 'Written meanwhile.' },
        });
      }
      return plain.update(key, options);
    };
    await forget(system, anna, { ...plain, update });
    const { state } = await system.load(id);
    expect([isWritten, Object.values(state.people).includes(anna)]).toEqual([true, false]);
    expect((await everything(system)).includes('Written meanwhile.')).toBe(true);
  });

  it('is refused while they own open steps, hold a role in an open handoff, lead others or are the last of their kind', async () => {
    const system = await openSystem();
    const id = await system.win(dealEvent());
    const people = await system.world.roster.everybody();
    const against = async (email: string) =>
      (await hindrances(system.world, { email, found: await look(system, email), roster: people })).join('\n');
    expect(await against(anna)).toContain(`for Nordwind Logistik (${id}), which is open. Reassign it`);
    expect(await against(anna)).toContain(`They are the account executive of ${id}, which is open.`);
    const found = await look(system, anna);
    const more = { ...found, holds: ['H-3', 'H-1', 'H-2'].map((each) => ({ id: each, role: 'accountExecutive' })) };
    const grouped = await hindrances(system.world, { email: anna, found: more, roster: people });
    expect(grouped.filter((line) => line.startsWith('They are the'))).toEqual([
      expect.stringContaining('They are the account executive of 3 open handoffs: H-1, H-2, H-3. Give each to'),
    ]);
    expect(await against('klaus.brandt@example.com')).toContain('Anna Keller');
    expect(await against(contact)).toBe('');
    const alone = people.map((person) =>
      person.role === 'revenueOperations' && person.email !== 'ruth.lindqvist@example.com'
        ? { ...person, active: false }
        : person,
    );
    const [ruth] = alone.filter(({ role, active }) => role === 'revenueOperations' && active);
    const { email = '' } = ruth ?? {};
    const last = await look(system, email);
    expect(await hindrances(system.world, { email, found: last, roster: alone })).toContainEqual(
      expect.stringContaining('Nobody else is in revenue operations'),
    );
  });

  it(
    'is not refused for what nobody has to do: optional steps, and those of a handoff that has ended',
    course,
    async () => {
      const record = handoffRecord({ steps: [stepRecord('review-brief', { owner: anna })] });
      const found = { records: 1, handoffs: [], holds: [], names: [], partitions: [] } as unknown as Parameters<
        typeof hindrances
      >[1]['found'];
      const open = { id: record.state.id, step: 'review-brief', dueAt: '2026-11-20T15:00:00Z' };
      const against = (loaded: typeof record, step = open.step) =>
        hindrances(
          {
            desks: { openWorkOf: async () => ({ steps: [{ ...open, step }], handoffs: [] }) },
            handoffs: { load: async () => loaded },
          } as unknown as Parameters<typeof hindrances>[0],
          { email: anna, found, roster: [] },
        );
      expect(await against(record)).toHaveLength(1);
      expect(await against({ ...record, state: { ...record.state, status: 'complete' } })).toEqual([]);
      const optional = Object.entries(record.playbook.steps).find(
        ([, rule]) => rule.kind === 'ask' && rule.optional,
      )?.[0];
      expect(optional).toBeDefined();
      expect(await against(record, optional)).toEqual([]);
    },
  );

  it('says before what it does', async () => {
    const { system } = await copied();
    const found = await look(system, anna);
    const said = planSaid({ email: anna, found, colleague: 'Anna Keller', isBegun: false }).join('\n');
    expect(said).toMatch(
      /^anna\.keller@example\.com is Anna Keller, on the roster\.\n- \d+ records have the address, in 2 handoffs\./,
    );
    expect(said).toContain('Their links open nothing any more.');
  });

  it('speaks of no links to a contact, who has none', course, async () => {
    const { system } = await copied();
    const found = await look(system, contact);
    const said = planSaid({ email: contact, found, isBegun: false }).join('\n');
    expect(said).toContain('every number stays as it is.');
    expect(said).not.toContain('links');
  });
});
