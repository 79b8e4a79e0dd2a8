import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isClosed } from '../../../../functions/domain/handoff/handoff.ts';
import { createClock } from '../../../../infra/account/clock.ts';
import { type PlayedPopulation, playPopulation } from '../../../../infra/local/populate/play-population.ts';
import {
  begunIn,
  openPopulation,
  type Population,
  takePopulation,
} from '../../../../infra/local/populate/population.ts';
import { problemOfWriting, readPopulation, writePopulation } from '../../../../infra/local/populate/population-file.ts';
import { populationIn } from '../../../../infra/local/populate/population-in.ts';
import { createSystem, type System, silent } from '../../../../infra/local/system.ts';
import { shippedPlaybooks } from '../../../../statemachines/shipped-playbooks.ts';
import { course } from '../../../support/course.ts';

const siteUrl = 'http://127.0.0.1:4566';
const playbook = shippedPlaybooks.default;
const until = Date.parse('2026-11-20T16:00:00Z');

const play = (seed: number, deals = 8): Promise<PlayedPopulation> =>
  playPopulation({ deals, months: 1, seed, until, playbook, siteUrl });

/** How everything stands, without what is random on purpose. */
async function standing({ world }: System, ids: readonly string[]): Promise<unknown> {
  const records = await Promise.all(ids.map((id) => world.handoffs.load(id)));
  return records.map((record) => record && { state: record.state, steps: record.steps, outcomes: record.outcomes });
}

const withoutTokens = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (name, member) => (name === 'token' || name === 'form' ? undefined : member)));

describe('a small population', course, () => {
  it('has every deal, and nothing failed', async () => {
    const { system, mails, failures } = await play(3, 1);
    const { items } = await takePopulation(system, { madeBy: '--deals 1', playbook: playbook.name, mails });
    expect(begunIn(items).length).toBe(1);
    expect(failures).toEqual([]);
    await system.close();
  });
});

describe('a population', course, () => {
  let played: PlayedPopulation;
  let population: Population;
  let ids: readonly string[];

  beforeAll(async () => {
    played = await play(3);
    const { system, mails } = played;
    population = await takePopulation(system, { madeBy: '--deals 8', playbook: playbook.name, mails });
    ids = begunIn(population.items).toSorted();
  });

  afterAll(() => played.system.close());

  it('has every deal, in one state or another, by two versions of the playbook, and nothing failed', async () => {
    expect(played.failures).toEqual([]);
    expect(ids.length).toBe(8);
    const states = await played.system.world.handoffs.statesOf(ids);
    expect(new Set(states.map(({ playbookHash }) => playbookHash)).size).toBeGreaterThan(1);
    expect(played.emails).toBeGreaterThan(100);
    expect(played.mails.length).toBeLessThan(played.emails);
    const reports = played.mails.filter(({ tags }) => tags['kind'] === 'weekly-kpis');
    expect(reports.length).toBeGreaterThan(2);
    const { handoffs } = await played.system.world.measured.between('2026-10', '2026-11');
    expect(handoffs.map(({ id }) => id).toSorted()).toEqual(ids);
  });

  it('is the same from the same seed', async () => {
    const again = await play(3);
    expect(withoutTokens(await standing(again.system, ids))).toEqual(withoutTokens(await standing(played.system, ids)));
    expect(again.emails).toBe(played.emails);
    await again.system.close();
  });

  it('is read as it was written; anything else is refused with what to do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'population-'));
    const path = join(folder, 'some', 'population.gz');
    expect(await readPopulation(path)).toBeUndefined();
    expect(await populationIn(path)).toEqual({ problem: `There is no ${path} yet. Make it: npm run populate.` });
    await writePopulation(population, path);
    expect(await readPopulation(path)).toEqual(population);
    expect(await populationIn(path)).toMatchObject({ population, playbook: { name: population.playbook } });
    await writePopulation({ ...population, playbook: 'nothing' }, path);
    expect(await populationIn(path)).toEqual({ problem: expect.stringContaining('No playbook is called "nothing"') });
    await writeFile(path, 'no population');
    await expect(readPopulation(path)).rejects.toThrow('Make a new one: npm run populate.');
    expect(await populationIn(path)).toEqual({
      problem: expect.stringContaining('Make a new one: npm run populate.'),
    });
    expect(await populationIn(folder)).toEqual({
      problem: expect.stringContaining(`${folder} cannot be read (EISDIR`),
    });
    await rm(folder, { recursive: true });
  });

  it('says before it is played where it cannot be kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'population-'));
    const path = join(folder, 'some', 'population.gz');
    expect(await problemOfWriting(path)).toBeUndefined();
    await writeFile(path, 'an older one');
    expect(await problemOfWriting(path)).toBeUndefined();
    expect(await problemOfWriting(folder)).toBe(`${folder} is a folder; name a file.`);
    expect(await problemOfWriting(join(path, 'population.gz'))).toMatch(/^Nothing can be written to .*\.$/);
    await rm(folder, { recursive: true });
  });

  it('goes on where it is opened: what was open is open, nobody is mailed twice, and time brings what is next', async () => {
    const clock = createClock({ start: population.at });
    const { roster, mails } = population;
    const system = await createSystem({
      ...{ clock, siteUrl, playbook, roster, recurs: true },
      observerOf: () => silent,
      account: { mails },
    });
    const before = await standing(played.system, ids);
    await openPopulation(system, population);
    await clock.settled();
    expect(withoutTokens(await standing(system, ids))).toEqual(withoutTokens(before));
    expect(system.account.inbox.mails.length).toBe(mails.length);
    const open = (await system.world.handoffs.statesOf(ids)).filter(({ status }) => !isClosed(status));
    expect(open.length).toBeGreaterThan(0);
    const running = system.account.stepFunctions.executions().filter(({ status }) => status === 'RUNNING');
    expect(running.map(({ name }) => name)).toEqual(expect.arrayContaining(open.map(({ id }) => id)));
    await clock.advanceTo(population.at + 5 * 86_400_000);
    expect(system.account.inbox.mails.length).toBeGreaterThan(mails.length);
    expect(system.account.lambda.failures).toEqual([]);
    await system.close();
  });
});
