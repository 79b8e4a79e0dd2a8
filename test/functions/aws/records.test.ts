import { randomUUID } from 'node:crypto';
import { GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { openWork } from '../../../functions/aws/table.ts';
import type { Evidence } from '../../../functions/domain/fields/values.ts';
import type { AuditEntry } from '../../../functions/domain/handoff/audit-entry.ts';
import type { HandedStep } from '../../../functions/domain/handoff/handing-over.ts';
import type { HandoffState } from '../../../functions/domain/handoff/handoff.ts';
import type { Link } from '../../../functions/domain/handoff/link.ts';
import type { MailRecord } from '../../../functions/domain/handoff/mail-record.ts';
import type { AskSaid, Decision } from '../../../functions/domain/handoff/step-record.ts';
import { RecordsUnavailable } from '../../../functions/ports/errors.ts';
import { sampleDeal } from '../../support/deals.ts';
import { anna, daniel, lena, stepRecord } from '../../support/handoff-record.ts';
import { begun, dynamoDbError, openRecords, recordsThatAnswer } from '../../support/records.ts';
import type { OpenSystem } from '../../support/world.ts';

const at = '2026-11-20T15:00:00Z';
const later = '2026-11-23T10:00:00Z';
const deal = sampleDeal('complete-standard');
const id = 'D-2026-1041-1';
const step = 'hold-kickoff';

const handed: HandedStep = {
  owner: anna,
  askedAt: later,
  openedAt: at,
  promisedAt: later,
  promise: 'promised then',
  dueAt: '2026-11-24T09:00:00Z',
  because: 'due then',
  handed: { from: lena, by: lena, at: later, why: 'asked' },
};

const decision = (by: string, more: Partial<Decision> = {}): Decision => ({
  choice: 'held',
  by,
  as: 'owner',
  at: later,
  evidence: { heldAt: later, notes: 'All went well.' },
  ...more,
});

const tenTimes = <T>(run: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 10 }, (_, i) => run(i)));

const item = async ({ clients }: OpenSystem, pk: string, sk: string) => {
  const { Item } = await clients.dynamodb.send(
    new GetItemCommand({ TableName: 'handoff', Key: { pk: { S: pk }, sk: { S: sk } } }),
  );
  return Item;
};

/** What an index shows of one partition, by sort key. */
const indexed = async (
  { clients }: OpenSystem,
  index: { readonly name: string; readonly partitionKey: string; readonly sortKey: string },
  value: string,
): Promise<string[]> => {
  const { Items = [] } = await clients.dynamodb.send(
    new QueryCommand({
      TableName: 'handoff',
      IndexName: index.name,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': index.partitionKey },
      ExpressionAttributeValues: { ':pk': { S: value } },
    }),
  );
  return Items.map((found) => String(unmarshall(found)[index.sortKey]));
};

describe('the deal', () => {
  it('is stored once, whoever comes first', async () => {
    const { records } = await openRecords();
    const outcomes = await tenTimes(() => records.deals.store(id, deal, { notes: ['odd'], at }));
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'exists')).toHaveLength(9);
  });

  it('stays as it was stored first', async () => {
    const { records } = await openRecords();
    await records.deals.store(id, deal, { notes: ['odd'], at });
    await records.deals.store(id, { ...deal, name: 'Another name' }, { notes: [], at });
    expect(await records.deals.read(id)).toEqual({ deal, notes: ['odd'], at });
    expect(await records.deals.read('unknown-1')).toBeUndefined();
  });

  it('lists its won episodes, the newest last', async () => {
    const { records } = await openRecords();
    for (const episode of [1, 10, 2, 9])
      await records.deals.store(`D-1-${episode}`, { ...deal, dealId: 'D-1', wonEpisode: episode }, { notes: [], at });
    expect(await records.deals.episodes('D-1')).toEqual(['D-1-1', 'D-1-2', 'D-1-9', 'D-1-10']);
    expect(await records.deals.episodes('D-2')).toEqual([]);
  });

  it('lists the episodes of deals that were joined to it before its own, also where two were joined to each other', async () => {
    const { records } = await openRecords();
    for (const [dealId, episode] of [
      ['D-1', 1],
      ['D-1', 2],
      ['D-2', 1],
      ['D-3', 1],
    ] as const)
      await records.deals.store(`${dealId}-${episode}`, { ...deal, dealId, wonEpisode: episode }, { notes: [], at });
    await records.deals.join('D-2', 'D-3');
    for (const _ of [1, 2]) await records.deals.join('D-1', 'D-2');
    expect(await records.deals.episodes('D-1')).toEqual(['D-3-1', 'D-2-1', 'D-1-1', 'D-1-2']);
    expect((await records.deals.history('D-1')).episodes).toEqual(['D-1-1', 'D-1-2']);
    await records.deals.join('D-3', 'D-1');
    expect(await records.deals.episodes('D-1')).toEqual(['D-3-1', 'D-2-1', 'D-1-1', 'D-1-2']);
  });

  it('may be 200 KB large, and awkward', async () => {
    const { records } = await openRecords();
    const awkward = sampleDeal('awkward-text');
    const notes = 'ß𝔘🚀‏مرحبا‎\u200b<script>alert(1)</script>"\\{% $states %}${Table}\n'.repeat(2200);
    const large = { ...awkward, package: { ...Object(awkward.package), notes } };
    expect(Buffer.byteLength(JSON.stringify(large))).toBeGreaterThan(200_000);
    await begun(records, { sample: 'awkward-text', deal: large });
    const record = await records.handoffs.load('Deal-42-copy-2od1k2wiizr7z-1');
    expect(JSON.stringify(record?.deal) === JSON.stringify(large)).toBe(true);
  });
});

describe('an event that cannot be used', () => {
  const refused = [{ field: 'detail.dealId', problem: 'is missing', remedy: 'Send it.' }];

  it.each([
    ['an object', { detail: {} }],
    ['a text', 'not json'],
    ['nothing', undefined],
    ['null', null],
    ['300,000 three-byte characters', 'ম'.repeat(300_000)],
  ])('is kept with the reasons: %s', async (_, event) => {
    const { records, system } = await openRecords();
    await records.refusals.store({ event, refused, at });
    const [kept] = await system.dump();
    expect(kept).toMatchObject({ pk: 'REFUSED', at, refused: JSON.stringify(refused) });
    expect(kept?.['expiresAtEpoch']).toBe(Date.parse(at) / 1000 + 90 * 86_400);
  });

  it('is kept once when it comes twice at the same moment', async () => {
    const { records, system } = await openRecords();
    await records.refusals.store({ event: { a: 1 }, refused, at });
    await records.refusals.store({ event: { a: 1 }, refused, at });
    await records.refusals.store({ event: { a: 2 }, refused, at });
    expect(await system.dump()).toHaveLength(2);
  });
});

describe('beginning', () => {
  it('is won by the first, and everybody learns what stands', async () => {
    const { records } = await openRecords();
    const { state, playbook } = await begun(records);
    const again: HandoffState = { ...state, people: { accountExecutive: daniel }, startedAt: later };
    expect(await records.handoffs.begin(again, playbook)).toEqual({ state, isNew: false });
    const all = await tenTimes((i) =>
      records.handoffs.begin({ ...state, id: 'D-9', startedAt: `2026-11-20T15:00:0${i}Z` }, playbook),
    );
    expect(new Set(all.map(({ state: { startedAt } }) => startedAt)).size).toBe(1);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it('gives back everything that was stored', async () => {
    const { records } = await openRecords();
    const begunRecord = await begun(records, {
      state: { notes: ['odd'], packagePercent: 62, packageComplete: false },
    });
    expect(await records.handoffs.load(id)).toEqual(begunRecord);
    expect(await records.handoffs.load('unknown-1')).toBeUndefined();
  });

  it('knows no record before it, though the deal is there', async () => {
    const { records } = await openRecords();
    await records.deals.store(id, deal, { notes: [], at });
    expect(await records.handoffs.load(id)).toBeUndefined();
  });

  it('stores each frozen playbook once', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    await begun(records, { sample: 'incomplete' });
    await begun(records, { sample: 'self-serve' });
    const playbooks = (await system.dump()).filter(({ sk }) => sk === 'PLAYBOOK');
    expect(playbooks).toHaveLength(2);
  });
});

describe('the status', () => {
  it('changes only from a status that it has', async () => {
    const { records } = await openRecords();
    await begun(records);
    const change = (from: HandoffState['status'], to: HandoffState['status']) =>
      records.handoffs.changeStatus({ id, from: [from], to, at: later, reason: 'because' });
    expect(await change('stalled', 'open')).toBe(false);
    expect(await change('open', 'stalled')).toBe(true);
    expect((await records.handoffs.load(id))?.state.endedAt).toBeUndefined();
    expect(await change('stalled', 'cancelled')).toBe(true);
    expect(await change('open', 'complete')).toBe(false);
    expect((await records.handoffs.load(id))?.state).toMatchObject({
      status: 'cancelled',
      reason: 'because',
      endedAt: later,
    });
  });

  it('is changed by one of many, once', async () => {
    const { records } = await openRecords();
    await begun(records);
    const won = await tenTimes(() =>
      records.handoffs.changeStatus({ id, from: ['open', 'stalled'], to: 'complete', at: later }),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('forgets why it was stalled once somebody has acted', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.handoffs.changeStatus({ id, from: ['open'], to: 'stalled', at: later, reason: 'Hold the kickoff' });
    await records.handoffs.changeStatus({ id, from: ['stalled'], to: 'open', at: later });
    expect((await records.handoffs.load(id))?.state.reason).toBeUndefined();
  });

  it('is no more of one that does not exist', async () => {
    const { records, system } = await openRecords();
    expect(await records.handoffs.changeStatus({ id, from: ['open'], to: 'cancelled', at })).toBe(false);
    expect(await system.dump()).toEqual([]);
  });
});

describe('a step', () => {
  it('opens a round once, and answers with what stands', async () => {
    const { records } = await openRecords();
    await begun(records);
    const first = stepRecord(step);
    expect(await records.steps.open(id, first)).toEqual(first);
    expect(await records.steps.open(id, { ...first, owner: anna })).toEqual(first);
    const second = stepRecord(step, {
      round: 2,
      owner: anna,
      earlier: [{ round: 1, owner: lena, askedAt: at, dueAt: at, because: 'due then', decision: decision(lena) }],
    });
    expect(await records.steps.open(id, second)).toEqual(second);
    expect(await records.steps.open(id, first)).toEqual(second);
    expect((await records.handoffs.load(id))?.steps).toEqual({ [step]: second });
  });

  describe('that is asked again', () => {
    const over = (round: number, choice = 'held') => ({
      ...{ round, owner: lena, askedAt: at, dueAt: at, because: 'due then', decision: decision(lena, { choice }) },
    });
    const rounds = (system: OpenSystem) =>
      Promise.all([1, 2, 3].map((round) => item(system, `HANDOFF#${id}`, `ROUND#${step}#00000${round}`)));

    it('keeps each round in an item of its own, written once', async () => {
      const { records, system } = await openRecords();
      await begun(records);
      const units = () => system.account.usage().dynamodb.writeUnits;
      const written: number[] = [];
      for (const round of [1, 2, 3]) {
        const before = units();
        const opened = stepRecord(step, { round, earlier: Array.from({ length: round - 1 }, (_, i) => over(i + 1)) });
        await records.steps.open(id, opened);
        written.push(units() - before);
        expect((await records.handoffs.load(id))?.steps[step]).toEqual(opened);
        await records.steps.decide({ id, step, round, decision: decision(lena) });
      }
      expect((await rounds(system)).map((each) => each?.['round'])).toEqual([{ N: '1' }, { N: '2' }, undefined]);
      // The third costs what the second did.
      expect(written).toEqual([2, 3, 3]);
    });

    it('goes on where it was, interrupted between the two writes: nothing is lost or there twice', async () => {
      const { records, system } = await openRecords();
      await begun(records);
      await records.steps.open(id, stepRecord(step));
      await records.steps.decide({ id, step, round: 1, decision: decision(lena) });
      const before = await records.handoffs.load(id);
      const Item = marshall({
        pk: `HANDOFF#${id}`,
        sk: `ROUND#${step}#000001`,
        round: 1,
        record: JSON.stringify(over(1)),
      });
      await system.clients.dynamodb.send(new PutItemCommand({ TableName: 'handoff', Item }));
      expect(await records.handoffs.load(id)).toEqual(before);
      const second = stepRecord(step, { round: 2, earlier: [over(1)] });
      expect(await records.steps.open(id, second)).toEqual(second);
      expect((await records.handoffs.load(id))?.steps[step]).toEqual(second);
    });

    it('moves out what an earlier deploy left in its item, when the next round opens', async () => {
      const { records, system } = await openRecords();
      await begun(records);
      await records.steps.open(id, stepRecord(step, { round: 2 }));
      const embedded = [over(1, 'returned')];
      await system.clients.dynamodb.send(
        new UpdateItemCommand({
          TableName: 'handoff',
          Key: marshall({ pk: `HANDOFF#${id}`, sk: `STEP#${step}` }),
          UpdateExpression: 'SET earlier = :earlier',
          ExpressionAttributeValues: marshall({ ':earlier': JSON.stringify(embedded) }),
        }),
      );
      expect((await records.handoffs.load(id))?.steps[step]?.earlier).toEqual(embedded);
      const third = stepRecord(step, { round: 3, earlier: [...embedded, over(2)] });
      await records.steps.open(id, third);
      expect((await records.handoffs.load(id))?.steps[step]).toEqual(third);
      expect((await item(system, `HANDOFF#${id}`, `STEP#${step}`))?.['earlier']).toBeUndefined();
      expect((await rounds(system)).map((each) => each?.['round'])).toEqual([{ N: '1' }, { N: '2' }, undefined]);
    });
  });

  it('is decided by the first; the others learn who was first', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.steps.open(id, stepRecord(step));
    const answers = await tenTimes((i) =>
      records.steps.decide({ id, step, round: 1, decision: decision(`person${i}@example.com`) }),
    );
    expect(answers.filter(({ decided }) => decided)).toHaveLength(1);
    const winner = `person${answers.findIndex(({ decided }) => decided)}@example.com`;
    for (const answer of answers) if (!answer.decided) expect(answer.first).toEqual(decision(winner));
    expect((await records.handoffs.load(id))?.steps[step]?.decision?.by).toBe(winner);
  });

  it('says why it was promised, which is kept once where that is why it is due, whatever is changed then', async () => {
    const { records } = await openRecords();
    await begun(records);
    const because = 'due Mon, Nov 23: 24 h after Fri, Nov 20';
    const promise = because.replace('due', 'promised');
    const steps = [
      stepRecord('hold-kickoff', { promisedAt: at, because, promise }),
      stepRecord('map-stakeholders', { promisedAt: at, because, promise: 'promised otherwise' }),
      stepRecord('rate-handoff', { because }),
    ];
    for (const opened of steps) await records.steps.open(id, opened);
    const promises = async () => {
      const record = await records.handoffs.load(id);
      return steps.map((each) => record?.steps[each.step]?.promise);
    };
    const expected = [promise, 'promised otherwise', undefined];
    expect(await promises()).toEqual(expected);
    const later = { dueAt: '2026-11-25T09:00:00Z', because: 'due Wed, Nov 25' };
    for (const each of steps) await records.steps.change({ id, step: each.step, round: 1, change: later });
    expect(await promises()).toEqual(expected);
    await records.steps.change({ id, step, round: 1, change: { ...later, promise: 'promised anew' } });
    expect(await promises()).toEqual(['promised anew', ...expected.slice(1)]);
  });

  it('is not decided for a round that is over', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.steps.open(id, stepRecord(step));
    await records.steps.open(id, stepRecord(step, { round: 2 }));
    expect(await records.steps.decide({ id, step, round: 1, decision: decision(lena) })).toEqual({ decided: false });
    expect(await records.steps.decide({ id, step, round: 2, decision: decision(lena) })).toEqual({ decided: true });
  });

  it('is not decided before it is asked', async () => {
    const { records, system } = await openRecords();
    expect(await records.steps.decide({ id, step, round: 1, decision: decision(lena) })).toEqual({ decided: false });
    expect(await system.dump()).toEqual([]);
  });

  it('keeps its evidence as the state machine reads it: numbers as N', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    await records.steps.open(id, stepRecord('rate-handoff'));
    const evidence: Evidence = {
      score: 7,
      why: 'Quick “and” quiet 🚀',
      yes: true,
      list: ['a', 'b'],
      empty: [],
      recording: { url: 'https://calls.example.com/1' },
      stakeholders: [
        { name: 'Ana', email: 'ana@example.com', roles: ['champion'], influence: 'high', stays: true, notes: 'Tea' },
        { name: 'Bo', email: 'bo@example.com', roles: ['blocker', 'end user'], influence: 'low', stays: false },
      ],
      metrics: [{ name: 'Adoption', target: '80', unit: '%' }],
    };
    await records.steps.decide({
      id,
      step: 'rate-handoff',
      round: 1,
      decision: decision(lena, { choice: 'rated', evidence }),
    });
    const stored = await item(system, `HANDOFF#${id}`, 'STEP#rate-handoff');
    expect(stored?.['choice']).toEqual({ S: 'rated' });
    expect(stored?.['evidence']?.M?.['score']).toEqual({ N: '7' });
    expect((await records.handoffs.load(id))?.steps['rate-handoff']?.decision?.evidence).toEqual(evidence);
  });

  it('hands out the token of the task that waits, to whoever decides or changes it', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    await records.steps.open(id, stepRecord(step));
    await waitWith(system, 'token-1');
    const changed = await records.steps.change({ id, step, round: 1, change: { because: 'as agreed' } });
    expect(changed).toEqual({ changed: true, token: 'token-1' });
    expect(await records.steps.decide({ id, step, round: 1, decision: decision(anna) })).toEqual({
      decided: true,
      token: 'token-1',
    });
  });

  it('forgets the token of an earlier round', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    await records.steps.open(id, stepRecord(step));
    await waitWith(system, 'token-1');
    await records.steps.open(id, stepRecord(step, { round: 2 }));
    expect((await records.handoffs.load(id))?.steps[step]?.token).toBeUndefined();
  });

  it('changes while it is open', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.steps.open(id, stepRecord(step));
    const pauses = [{ from: at, until: later, reason: 'The customer is away', by: lena }];
    const change = { dueAt: '2026-11-25T16:00:00Z', because: 'due then', pauses };
    expect(await records.steps.change({ id, step, round: 1, change })).toEqual({ changed: true });
    expect((await records.handoffs.load(id))?.steps[step]).toEqual(stepRecord(step, change));
  });

  it('goes to somebody else, and back, while it is still theirs', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.steps.open(id, stepRecord(step, { mailHeldUntil: later }));
    const give = (from: string, change: HandedStep) => records.steps.handOver({ id, step, round: 1, from, change });
    expect(await give(lena, { ...handed, standInFor: lena })).toEqual({ changed: true });
    expect((await records.handoffs.load(id))?.steps[step]).toEqual(stepRecord(step, { ...handed, standInFor: lena }));
    expect((await records.steps.openOf(anna)).map((open) => [open.id, open.step])).toEqual([[id, step]]);
    expect(await give(lena, { ...handed, owner: daniel })).toEqual({ changed: false });
    // The same once more is one's own, the answer to which was lost.
    expect(await give(lena, handed)).toMatchObject({ changed: true });
    expect(await give(anna, { ...handed, owner: lena })).toEqual({ changed: true });
    expect((await records.handoffs.load(id))?.steps[step]).toEqual(stepRecord(step, { ...handed, owner: lena }));
    await records.steps.decide({ id, step, round: 1, decision: decision(lena) });
    expect(await give(lena, handed)).toEqual({ changed: false });
    expect(await records.steps.openOf(lena)).toEqual([]);
  });

  it('changes no more once it is decided, in another round, or before it is asked', async () => {
    const { records } = await openRecords();
    await begun(records);
    const change = { dueAt: later };
    expect(await records.steps.change({ id, step, round: 1, change })).toEqual({ changed: false });
    await records.steps.open(id, stepRecord(step));
    expect(await records.steps.change({ id, step, round: 2, change })).toEqual({ changed: false });
    await records.steps.decide({ id, step, round: 1, decision: decision(lena) });
    expect(await records.steps.change({ id, step, round: 1, change })).toEqual({ changed: false });
    const { dueAt, because } = stepRecord(step);
    expect((await records.handoffs.load(id))?.steps[step]?.dueAt).toBe(dueAt);
    // What stands so already was not changed now: whoever asks must not go on as if the step was open.
    expect(await records.steps.change({ id, step, round: 1, change: { because } })).toEqual({ changed: false });
  });

  it('shows in the index of open work until it is decided', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    const ofLena = () => indexed(system, openWork, lena);
    const key = `STEP#2026-11-23T15:00:00.000Z#${id}#${step}`;
    expect(await ofLena()).toEqual([`HANDOFF#${id}`]);
    await records.steps.open(id, stepRecord(step));
    expect(await ofLena()).toEqual([`HANDOFF#${id}`, key]);
    await records.steps.handOver({ id, step, round: 1, from: lena, change: handed });
    expect(await ofLena()).toEqual([`HANDOFF#${id}`]);
    expect(await indexed(system, openWork, anna)).toEqual([`STEP#2026-11-24T09:00:00.000Z#${id}#${step}`]);
    await records.steps.decide({ id, step, round: 1, decision: decision(anna) });
    expect(await indexed(system, openWork, anna)).toEqual([]);
  });
});

describe('the people', () => {
  it('change roles while the handoff is open', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    await records.handoffs.changePerson(id, 'customerSuccessManager', daniel);
    expect((await records.handoffs.load(id))?.state.people.customerSuccessManager).toBe(daniel);
    expect(await indexed(system, openWork, lena)).toEqual([]);
    expect(await indexed(system, openWork, daniel)).toEqual([`HANDOFF#${id}`]);
    await records.handoffs.changePerson(id, 'salesManager', anna);
    expect((await records.handoffs.load(id))?.state.people.salesManager).toBe(anna);
    expect(await indexed(system, openWork, daniel)).toEqual([`HANDOFF#${id}`]);
  });

  it('stay as they are once it has ended, and it is nobody’s open work', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    await records.handoffs.changeStatus({ id, from: ['open'], to: 'complete', at });
    expect(await indexed(system, openWork, lena)).toEqual([]);
    await records.handoffs.changePerson(id, 'customerSuccessManager', daniel);
    expect((await records.handoffs.load(id))?.state.people.customerSuccessManager).toBe(lena);
    expect(await indexed(system, openWork, daniel)).toEqual([]);
  });

  it('are counted by their open handoffs, not by their steps', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    await begun(records, { sample: 'incomplete' });
    await records.steps.open(id, stepRecord(step));
    const count = await system.world.roster.openHandoffs([lena, anna]);
    expect(Object.fromEntries(count)).toEqual({ [lena]: 2, [anna]: 0 });
  });
});

describe('the package', () => {
  it('is saved in versions; whoever saved an older one is told', async () => {
    const { records } = await openRecords();
    await begun(records);
    const save = (version: number, what: string) =>
      records.packages.save({ id, package: { what }, version, by: anna, at: later });
    expect(await save(0, 'first')).toBe(true);
    expect(await save(0, 'second')).toBe(false);
    expect(await records.handoffs.load(id)).toMatchObject({ package: { what: 'first' }, packageVersion: 1 });
    expect(await save(1, 'third')).toBe(true);
    expect(await save(7, 'from nowhere')).toBe(false);
    expect(await records.handoffs.load(id)).toMatchObject({ package: { what: 'third' }, packageVersion: 2 });
  });

  it('is saved by one of many at the same version', async () => {
    const { records } = await openRecords();
    await begun(records);
    const saved = await tenTimes((i) => records.packages.save({ id, package: { i }, version: 0, by: anna, at }));
    expect(saved.filter(Boolean)).toHaveLength(1);
  });

  it('may be 200 KB large', async () => {
    const { records } = await openRecords();
    await begun(records);
    const large = { notes: 'ä'.repeat(100_000) };
    expect(await records.packages.save({ id, package: large, version: 0, by: anna, at })).toBe(true);
    expect((await records.handoffs.load(id))?.package).toEqual(large);
  });
});

describe('a mail', () => {
  const claimAt = (at: string) => ({ at, token: randomUUID() });
  const key = `${step}/2026-11-20T15:00:00Z/0/ask/${lena}`;

  it('is claimed once, and unknown until it is sent', async () => {
    const { records } = await openRecords();
    await begun(records);
    const claims = await tenTimes(() => records.mails.claim(id, key, claimAt(at)));
    expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
    expect(claims.filter((claim) => claim === 'unknown')).toHaveLength(9);
    await records.mails.markSent({ id, key, messageId: 'ses-1', at: later });
    expect(await records.mails.claim(id, key, claimAt(later))).toBe('sent');
    expect((await records.handoffs.load(id))?.mails).toEqual({
      [key]: { key, status: 'sent', at: later, messageId: 'ses-1' },
    });
  });

  it('is read for who asks for it: one that cannot be read keeps nobody from the rest of its handoff', async () => {
    const { records, system } = await openRecords();
    await begun(records);
    const odd = { pk: { S: `HANDOFF#${id}` }, sk: { S: 'MAIL#odd' }, mailStatus: { S: 'sent' }, at: { S: at } };
    await system.clients.dynamodb.send(
      new PutItemCommand({ TableName: 'handoff', Item: { ...odd, sent: { S: 'no JSON' } } }),
    );
    const record = await records.handoffs.load(id);
    expect(record?.deal).toEqual(deal);
    expect(() => record?.mails).toThrow(SyntaxError);
    await records.mails.markSent({ id, key: 'odd', messageId: 'ses-2', at: later });
    const copy = { ...(await records.handoffs.load(id)) };
    expect(copy.mails).toEqual({ odd: { key: 'odd', status: 'sent', messageId: 'ses-2', at: later } });
  });

  it('is one’s own by its token, though the answer to the claim was lost', async () => {
    const { records } = await openRecords();
    await begun(records);
    const mine = { at, token: 'mine' };
    await records.mails.claim(id, key, mine);
    expect(await records.mails.claim(id, key, mine)).toBe('claimed');
    expect(await records.mails.claim(id, key, { at, token: 'theirs' })).toBe('unknown');
  });

  it('is left to whoever claimed it for a while, and then taken over by one of many', async () => {
    const { records } = await openRecords();
    await begun(records);
    const lease = 60_000;
    const claim = (time: string) => records.mails.claim(id, key, { at: time, token: randomUUID(), lease });
    await claim('2026-11-20T15:00:00Z');
    // Whoever counts by the time of an earlier event has waited for nobody.
    expect(await records.mails.claim(id, key, { at: '2026-11-20T09:00:00Z', token: 'x', lease: 0 })).toBe('unknown');
    await records.mails.release(id, key, 'x');
    await claim('2026-11-20T15:00:00Z');
    expect(await claim('2026-11-20T15:00:59Z')).toBe('in hand');
    const claims = await tenTimes(() => claim('2026-11-20T15:01:00Z'));
    expect(claims.filter((each) => each === 'unknown')).toHaveLength(1);
    expect(claims.filter((each) => each === 'in hand')).toHaveLength(9);
  });

  it('may be claimed again once it was released', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.mails.claim(id, key, { at, token: 'mine' });
    await records.mails.release(id, key, 'mine');
    expect((await records.handoffs.load(id))?.mails).toEqual({});
    expect(await records.mails.claim(id, key, claimAt(at))).toBe('claimed');
  });

  it('is released by whoever claimed it, and only until it is known what became of it', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.mails.claim(id, key, { at, token: 'mine' });
    await records.mails.release(id, key, 'theirs');
    expect((await records.handoffs.load(id))?.mails[key]?.status).toBe('claimed');
    // Somebody took it over, and sent or held it.
    await records.mails.hold(id, key, at);
    await records.mails.release(id, key, 'mine');
    expect((await records.handoffs.load(id))?.mails[key]?.status).toBe('held');
  });

  it('stays held', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.mails.claim(id, key, claimAt(at));
    await records.mails.hold(id, key, at);
    expect(await records.mails.claim(id, key, claimAt(later))).toBe('held');
  });

  it('is not held once it is known to have been sent', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.mails.claim(id, key, claimAt(at));
    await records.mails.markSent({ id, key, messageId: 'ses-1', at });
    await records.mails.hold(id, key, later);
    expect(await records.mails.claim(id, key, claimAt(later))).toBe('sent');
  });
});

describe('mails that arrived', () => {
  it('are noted together, and again, beside what is known to be worse of an address', async () => {
    const { records } = await openRecords();
    await begun(records);
    for (const key of ['a', 'b', 'c']) await records.mails.markSent({ id, key, messageId: `id-of-${key}`, at });
    await records.mails.recordFates({ id, key: 'a', fates: { [lena]: { what: 'bounced', at: later } } });
    const night = { a: { [lena]: at, [anna]: at }, b: { [lena]: at }, gone: { [anna]: at } };
    await records.mails.recordArrived(id, night);
    await records.mails.recordArrived(id, night);
    await records.mails.recordArrived(id, { b: { [anna]: later } });
    await records.mails.recordFates({ id, key: 'b', fates: { [anna]: { what: 'complained', at: later } } });
    const expected = {
      a: { [lena]: { what: 'bounced', at: later }, [anna]: { what: 'delivered', at } },
      b: { [lena]: { what: 'delivered', at }, [anna]: { what: 'complained', at: later } },
      c: undefined,
    };
    const fatesOf = (mails: readonly MailRecord[]) => Object.fromEntries(mails.map(({ key, fates }) => [key, fates]));
    expect(fatesOf(await records.mails.of(id))).toEqual(expected);
    expect(fatesOf(Object.values((await records.handoffs.load(id))?.mails ?? {}))).toEqual(expected);
  });
});

describe('a link', () => {
  const link: Link = { handoffId: id, step, person: lena, as: 'owner', expiresAt: '2026-12-20T15:00:00Z' };

  it('is found by its hash, and forgotten by the table 90 days after it expired', async () => {
    const { records, system } = await openRecords();
    await records.links.store('a-hash', link);
    expect(await records.links.find('a-hash')).toMatchObject(link);
    expect(await records.links.find('another')).toBeUndefined();
    expect(await system.dump()).toEqual([
      { pk: 'LINK#a-hash', sk: 'LINK', ...link, expiresAtEpoch: Date.parse(link.expiresAt) / 1000 + 90 * 86_400 },
    ]);
  });
});

describe('the audit trail', () => {
  const entry = (at: string, detail = 'detail') =>
    ({ at, who: lena, what: 'note', step, detail, from: 'page' }) as const satisfies AuditEntry;

  it('is in the order of time, however the times are written', async () => {
    const { records } = await openRecords();
    for (const [at, detail] of [
      ['2026-11-20T15:00:01Z', 'third'],
      ['2026-11-20T15:00:00Z', 'first'],
      ['2026-11-20T15:00:00.500Z', 'second'],
    ] as const)
      await records.audit.write(id, entry(at, detail));
    expect((await records.audit.trail(id)).map(({ detail }) => detail)).toEqual(['first', 'second', 'third']);
  });

  it('tells causes before effects, whatever was written first', async () => {
    const { records } = await openRecords();
    const told: readonly AuditEntry['what'][] = [
      'deal-won',
      'handoff-started',
      'decided',
      'unanswered',
      'reassigned',
      'cancelled',
      'abandoned',
      'stalled',
    ];
    for (const what of ['mail-sent' as const, ...told].reverse()) await records.audit.write(id, { ...entry(at), what });
    expect((await records.audit.trail(id)).map(({ what }) => what)).toEqual([...told, 'mail-sent']);
  });

  it('tells of mails what their own records say, among what was written apart, as if that had been written as well', async () => {
    const [{ records }, { records: before }] = [await openRecords(), await openRecords()];
    const sent = { who: 'system', step, from: 'execution', what: 'mail-sent' } as const;
    const [one, other] = ['2026-11-20T15:00:00Z', '2026-11-20T15:00:00.500Z'];
    for (const { audit } of [records, before])
      for (const noted of ['2026-11-20T14:00:00Z', one, '2026-11-20T16:00:00Z']) await audit.write(id, entry(noted));
    for (const [key, at] of [
      ['a', other],
      ['b', one],
    ] as const) {
      const detail = `ask to ${key}@example.com`;
      await records.mails.markSent({ id, key, messageId: 'ses-1', at, said: { step, detail } });
      await before.audit.write(id, { at, ...sent, detail });
    }
    // Said by another mail, and from before mails told of themselves.
    await records.mails.markSent({ id, key: 'covered', messageId: 'ses-1', at: one });
    await begun(records);
    const record = await records.handoffs.load(id);
    for (const since of [undefined, one, other]) {
      const expected = await before.audit.trail(id, since);
      expect(await records.audit.trail(id, since)).toEqual(expected);
      expect(await records.audit.trail(id, since, { ...(record && { record }) })).toEqual(expected);
    }
    expect(await before.audit.trail(id)).toHaveLength(5);
  });

  it('tells of decisions what they say themselves, of rounds that are over as well', async () => {
    const { records } = await openRecords();
    await begun(records);
    const [one, other] = ['2026-11-20T15:00:00Z', '2026-11-20T16:00:00Z'];
    const said = (at: string) =>
      ({ choice: 'held', by: lena, as: 'owner', at, evidence: {}, said: `Held ${at}` }) as const;
    const first = stepRecord(step);
    await records.steps.open(id, first);
    await records.steps.decide({ id, step, round: 1, decision: said(one) });
    await records.steps.open(id, { ...first, round: 2, earlier: [{ ...first, decision: said(one) }] });
    await records.audit.write(id, entry('2026-11-20T15:30:00Z'));
    await records.steps.decide({ id, step, round: 2, decision: said(other) });
    const decided = (at: string) => ({ at, who: lena, step, what: 'decided', detail: `Held ${at}`, from: 'page' });
    const expected = [decided(one), entry('2026-11-20T15:30:00Z'), decided(other)];
    const record = await records.handoffs.load(id);
    expect(await records.audit.trail(id)).toEqual(expected);
    expect(await records.audit.trail(id, undefined, { ...(record && { record }) })).toEqual(expected);
    expect(await records.audit.trail(id, '2026-11-20T15:10:00Z')).toEqual(expected.slice(1));
  });

  it('tells of a round who was asked when it was opened, and why it was due then, whatever became of it', async () => {
    const { records } = await openRecords();
    await begun(records);
    const asked = (said: AskSaid, round = 1) => stepRecord(step, { round, askSaid: said });
    const { owner, because } = stepRecord(step);
    const change = (from: string, to: HandedStep) => records.steps.handOver({ id, step, round: 1, from, change: to });
    const first = asked({ at, from: 'page', inPlaceOf: daniel });
    await records.steps.open(id, first);
    await records.steps.change({ id, step, round: 1, change: { dueAt: later, because: 'due later' } });
    await change(owner, handed);
    await change(anna, { ...handed, owner: daniel, because: 'due last' });
    await records.steps.decide({ id, step, round: 1, decision: decision(daniel) });
    const entries = async () => {
      const record = await records.handoffs.load(id);
      const trail = await records.audit.trail(id);
      expect(await records.audit.trail(id, undefined, { ...(record && { record }) })).toEqual(trail);
      return trail;
    };
    const inPlace = `${owner} in place of ${daniel}, who is not there, ${because}`;
    const one = { at, who: 'system', what: 'asked', step, detail: inPlace, from: 'page' };
    expect(await entries()).toEqual([one]);
    const known = (await records.handoffs.load(id))?.steps[step];
    if (!known) throw new Error('The step is missing.');
    const { decision: done, ...round } = known;
    const again = asked({ at: later, from: 'execution', later: 'Mon, Nov 23, 9 AM' }, 2);
    await records.steps.open(id, { ...again, earlier: [{ ...round, ...(done && { decision: done }) }] });
    const detail = `${owner}, from Mon, Nov 23, 9 AM, ${because}`;
    expect(await entries()).toEqual([one, { ...one, at: later, detail, from: 'execution' }]);
  });

  it('keeps an entry once, and different ones of the same moment apart', async () => {
    const { records } = await openRecords();
    await records.audit.write(id, entry(at));
    await records.audit.write(id, entry(at));
    await records.audit.write(id, { ...entry(at), detail: 'another' });
    const trail = await records.audit.trail(id);
    expect(trail).toHaveLength(2);
    expect(trail).toContainEqual(entry(at));
  });

  it('is not read along with the handoff', async () => {
    const { records } = await openRecords();
    await begun(records);
    await records.audit.write(id, entry(at));
    expect(Object.keys((await records.handoffs.load(id)) ?? {}).sort()).toEqual([
      'deal',
      'mails',
      'package',
      'packageVersion',
      'playbook',
      'state',
      'steps',
    ]);
  });
});

describe('a table that does not answer as usual', () => {
  it.each([
    [400, 'ProvisionedThroughputExceededException'],
    [400, 'ThrottlingException'],
    [400, 'RequestLimitExceeded'],
    [500, 'InternalServerError'],
    [503, 'ServiceUnavailable'],
  ])('is unavailable for the moment: %i %s', async (status, name) => {
    const records = recordsThatAnswer(async () => dynamoDbError(status, name));
    await expect(records.handoffs.load(id)).rejects.toThrow(RecordsUnavailable);
    await expect(records.deals.store(id, deal, { notes: [], at })).rejects.toThrow(RecordsUnavailable);
    await expect(records.steps.decide({ id, step, round: 1, decision: decision(lena) })).rejects.toThrow(
      RecordsUnavailable,
    );
  });

  it('is unavailable for the moment when it cannot be reached', async () => {
    const records = recordsThatAnswer(async () => {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    });
    await expect(records.handoffs.load(id)).rejects.toThrow(RecordsUnavailable);
  });

  it('is wrongly used when it refuses for good', async () => {
    const records = recordsThatAnswer(async () => dynamoDbError(400, 'ResourceNotFoundException'));
    await expect(records.handoffs.load(id)).rejects.toThrow('ResourceNotFoundException');
    await expect(records.handoffs.load(id)).rejects.not.toThrow(RecordsUnavailable);
  });
});

/** Writes a token as the state machine does. */
async function waitWith({ clients }: OpenSystem, token: string): Promise<void> {
  await clients.dynamodb.send(
    new UpdateItemCommand({
      TableName: 'handoff',
      Key: { pk: { S: `HANDOFF#${id}` }, sk: { S: `STEP#${step}` } },
      UpdateExpression: 'SET taskToken = :token',
      ConditionExpression: 'attribute_not_exists(choice)',
      ExpressionAttributeValues: { ':token': { S: token } },
    }),
  );
}
