import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { portActions } from '../../../functions/aws/port-actions.ts';
import { type Records, recordsIn } from '../../../functions/aws/records.ts';
import { deskLinkFor } from '../../../functions/domain/handoff/desk-link.ts';
import { weekOfFact } from '../../../functions/domain/reports/revisions.ts';
import type { PortMethod } from '../../../functions/ports/world.ts';
import { inProcessClients } from '../../../infra/account/clients.ts';
import { sampleDeal } from '../../support/deals.ts';
import { anna, handoffRecord, lena, linkTo, stepRecord } from '../../support/handoff-record.ts';
import { measuredHandoff, measuredPlaybooks } from '../../support/measured.ts';
import { openSystem } from '../../support/world.ts';

const at = '2026-11-20T15:00:00Z';
const step = 'hold-kickoff';
const { state, playbook } = handoffRecord();
const { id } = state;
const round = { id, step, round: 1 };
const meeting = {
  meeting: 'kickoff',
  round: 1,
  status: 'planned',
  at,
  minutes: 30,
  hosts: [anna],
  guests: [],
  sequence: 0,
  by: anna,
  changedAt: at,
} as const;
const decision = { choice: 'held', by: anna, as: 'owner', at, evidence: {} } as const;

const fact = { kind: 'stalled', handoff: id, key: 'stalled/1', at, revision: 1, recordedAt: at } as const;

const handed = {
  owner: anna,
  askedAt: at,
  openedAt: at,
  promisedAt: at,
  promise: '',
  dueAt: at,
  because: '',
  handed: { from: lena, by: lena, at, why: 'asked' },
} as const;

const draft = {
  ...{ id, wonEpisode: 1, said: { facts: sampleDeal('complete-standard'), at }, proposedAt: at },
  ...{ segment: 'standard', playbookHash: state.playbookHash, people: {}, assignedBecause: '' },
};

/** One call of each method that leads to the table. */
const calls: Readonly<Partial<Record<PortMethod, (records: Records) => Promise<unknown>>>> = {
  'deals.store': ({ deals }) => deals.store(id, sampleDeal('complete-standard'), { notes: [], at }),
  'deals.read': ({ deals }) => deals.read(id),
  'deals.beginChange': ({ deals }) => deals.beginChange(id, { facts: sampleDeal('complete-standard'), at, held: {} }),
  'deals.change': ({ deals }) => {
    const deal = sampleDeal('complete-standard');
    return deals.change(id, deal, { facts: deal, at });
  },
  'drafts.load': ({ drafts }) => drafts.load(draft.id),
  'drafts.save': ({ drafts }) => drafts.save(draft, playbook, 0),
  'deals.callOff': ({ deals }) =>
    deals.callOff(id, { deal: sampleDeal('complete-standard'), notes: [], at }, 'Deal lost'),
  'deals.episodes': ({ deals }) => deals.episodes('D-1'),
  'deals.join': ({ deals }) => deals.join('D-1', 'D-2'),
  'deals.history': ({ deals }) => deals.history('D-1'),
  'deals.noteAgain': ({ deals }) => deals.noteAgain({ deal: sampleDeal('complete-standard'), notes: [], at }),
  'deals.noteStop': ({ deals }) => deals.noteStop('D-1', { kind: 'lost', at }),
  'refusals.store': ({ refusals }) => refusals.store({ event: {}, refused: [], at }),
  'refusals.of': ({ refusals }) => refusals.of({ dealId: 'D-1', detailType: 'Deal Closed Won', since: at }),
  'handoffs.begin': ({ handoffs }) => handoffs.begin(state, playbook),
  'handoffs.load': ({ handoffs }) => handoffs.load(id),
  'handoffs.statesOf': ({ handoffs }) => handoffs.statesOf([id]),
  'handoffs.changeStatus': ({ handoffs }) => handoffs.changeStatus({ id, from: ['open'], to: 'stalled', at }),
  'handoffs.adopt': ({ handoffs }) => handoffs.adopt({ id, from: state.playbookHash, to: 'another', playbook }),
  'handoffs.changePerson': ({ handoffs }) => handoffs.changePerson(id, 'customerSuccessManager', anna),
  'handoffs.addNote': ({ handoffs }) => handoffs.addNote(id, { by: anna, at, text: 'Likes tea.' }),
  'handoffs.unmeasured': ({ handoffs }) => handoffs.unmeasured(),
  'handoffs.noteMeasured': ({ handoffs }) => handoffs.noteMeasured({ state: { ...state, status: 'complete' } }),
  'facts.of': ({ facts }) => facts.of(id),
  'facts.record': ({ facts }) => facts.record({ handoffId: id, news: [fact], standing: [fact], over: [] }),
  'facts.drop': ({ facts }) => facts.drop(id, [weekOfFact(fact)]),
  'facts.inWeek': ({ facts }) => facts.inWeek('2026-W47'),
  'measured.between': ({ measured }) => measured.between('2026-01', '2026-12'),
  'measured.unfinished': ({ measured }) => measured.unfinished(),
  'measured.save': ({ measured }) =>
    measured.save({ asOf: at, handoffs: [measuredHandoff()], playbooks: measuredPlaybooks }),
  'measured.keepFrom': ({ measured }) => measured.keepFrom('2026-01'),
  'measured.overBefore': ({ measured }) => measured.overBefore('2030-01', 10),
  'measured.drop': async ({ measured }) => {
    for (const each of ['h-1', 'h-2']) await measured.drop([measuredHandoff({ id: each })]);
  },
  'measured.noteDropped': ({ measured }) => measured.noteDropped('2026-01'),
  'measured.people': ({ measured }) => measured.people(),
  'pseudonyms.idsOf': ({ pseudonyms }) => pseudonyms.idsOf([anna]),
  'pseudonyms.everybody': ({ pseudonyms }) => pseudonyms.everybody(),
  'pseudonyms.forget': ({ pseudonyms }) => pseudonyms.forget(anna),
  'handoffs.addOutcome': ({ handoffs }) => handoffs.addOutcome(id, { outcome: 'renewed', at, saidAt: at }),
  'steps.openOf': ({ steps }) => steps.openOf(anna),
  'steps.open': ({ steps }) => steps.open(id, stepRecord(step, { round: 2, earlier: [stepRecord(step)] })),
  'steps.decide': ({ steps }) => steps.decide({ ...round, decision }),
  'steps.handOver': ({ steps }) => steps.handOver({ ...round, from: lena, change: handed }),
  'steps.change': ({ steps }) => steps.change({ ...round, change: { dueAt: at } }),
  'packages.save': ({ packages }) => packages.save({ id, package: {}, version: 0, by: anna, at }),
  'mails.claim': ({ mails }) => mails.claim(id, 'a-key', { at, token: randomUUID(), lease: 60_000 }),
  'mails.markSent': ({ mails }) => mails.markSent({ id, key: 'a-key', messageId: 'ses-1', at }),
  'mails.release': ({ mails }) => mails.release(id, 'a-key', 'a-token'),
  'mails.hold': ({ mails }) => mails.hold(id, 'a-key', at),
  'mails.of': ({ mails }) => mails.of(id),
  'mails.recordArrived': ({ mails }) => mails.recordArrived(id, { 'a-key': { [anna]: at } }),
  'mails.recordFates': ({ mails }) =>
    mails.recordFates({ id, key: 'a-key', fates: { [anna]: { what: 'delivered', at } } }),
  'mailTurns.take': ({ mailTurns }) => mailTurns.take(at),
  'reportMails.claim': ({ reportMails }) =>
    reportMails.claim(anna, 'a-key', { at, token: randomUUID(), lease: 60_000 }),
  'reportMails.settle': ({ reportMails }) => reportMails.settle({ id: anna, key: 'a-key', at }),
  'reportMails.release': ({ reportMails }) => reportMails.release(anna, 'a-key', 'a-token'),
  'reportMails.hold': ({ reportMails }) => reportMails.hold(anna, 'a-key', at),
  'reportMails.of': ({ reportMails }) => reportMails.of(anna),
  'reportMails.last': ({ reportMails }) => reportMails.last(anna, 'a-'),
  'reportMails.recordFates': ({ reportMails }) =>
    reportMails.recordFates({ id: anna, key: 'a-key', fates: { [anna]: { what: 'delivered', at } } }),
  'publishedWeeks.keep': ({ publishedWeeks }) => publishedWeeks.keep({ week: '2026-W47', at, figures: [] }),
  'publishedWeeks.of': ({ publishedWeeks }) => publishedWeeks.of(['2026-W47']),
  'publishedWeeks.dropBefore': ({ publishedWeeks }) => publishedWeeks.dropBefore('2030-W01', 10),
  'digestTopics.note': ({ digestTopics }) => digestTopics.note(anna, { handoffId: id, at }),
  'digestTopics.of': ({ digestTopics }) => digestTopics.of(anna),
  'digestTopics.drop': ({ digestTopics }) => digestTopics.drop(anna, { handoffId: id, at }),
  'remediations.drop': ({ remediations }) => remediations.drop('2026-Q3', 10),
  'remediations.of': ({ remediations }) => remediations.of('2026-Q3'),
  'remediations.add': ({ remediations }) =>
    remediations.add({
      ...{ quarter: '2026-Q3', id: 'a', handoffId: id, what: 'Ask earlier.', owner: anna, by: '2026-12-01' },
      ...{ writtenBy: anna, at },
    }),
  'remediations.markDone': ({ remediations }) => remediations.markDone({ quarter: '2026-Q3', id: 'a', at, by: anna }),
  'meetings.write': ({ meetings }) => meetings.write(id, meeting),
  'links.store': ({ links }) => links.store('hash', linkTo(step, anna)),
  'links.find': ({ links }) => links.find('hash'),
  'desks.store': ({ desks }) => desks.store('hash', deskLinkFor(anna, id, at)),
  'desks.find': ({ desks }) => desks.find('hash'),
  'desks.endedAt': ({ desks }) => desks.endedAt(anna),
  'desks.end': ({ desks }) => desks.end(anna, at),
  'desks.noteOpened': ({ desks }) => desks.noteOpened({ person: anna, at, handoffId: id }),
  'desks.openings': ({ desks }) => desks.openings('2026-11'),
  'desks.openWorkOf': ({ desks }) => desks.openWorkOf(anna),
  'desks.holdersIn': ({ desks }) => desks.holdersIn([id]),
  'audit.write': ({ audit }) => audit.write(id, { at, who: 'system', what: 'asked', detail: '', from: 'execution' }),
  'audit.trail': ({ audit }) => audit.trail(id),
  'roster.everybody': ({ roster }) => roster.everybody(),
  'roster.people': async ({ roster }) => {
    await roster.people([anna]);
    await roster.people([anna], { alsoOf: () => [] });
  },
  'roster.openHandoffs': ({ roster }) => roster.openHandoffs([anna]),
  'roster.noteAway': ({ roster }) =>
    roster.noteAway({ email: anna, notes: [{ from: '2026-12-01', to: '2026-12-04' }], before: undefined }),
  'roster.markUnreachable': ({ roster }) => roster.markUnreachable(anna, { since: at, why: 'It bounced.' }),
  'roster.markReachable': ({ roster }) => roster.markReachable(anna, at),
  'suppressions.add': ({ suppressions }) =>
    suppressions.add({ email: 'a@customer.example', since: at, what: 'bounced' }),
  'suppressions.among': ({ suppressions }) => suppressions.among(['a@customer.example']),
  'seenDeals.load': ({ seenDeals }) => seenDeals.load('D-1'),
  'seenDeals.save': ({ seenDeals }) => seenDeals.save('D-1', { phase: 'won', facts: 'f', at, outbox: [] }, 0),
  'writeBacks.load': ({ writeBacks }) => writeBacks.load('D-1-1'),
  'writeBacks.save': ({ writeBacks }) => writeBacks.save('D-1-1', { values: {}, notes: [] }, 0),
  'seenDeals.isHeard': ({ seenDeals }) => seenDeals.isHeard('key'),
  'seenDeals.noteHeard': ({ seenDeals }) => seenDeals.noteHeard('key', at),
  'claims.store': ({ claims }) => claims.store('text', at),
  'claims.read': ({ claims }) => claims.read('key'),
};

interface Sent {
  readonly Key?: { readonly pk?: { readonly S?: string } };
  readonly Item?: Sent['Key'];
  readonly IndexName?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly NonNullable<Sent['Key']>[] }>>;
}

/** The partition that a command is about, as the keys of the table begin. */
function partitionOf({ Key, Item, ExpressionAttributeValues, RequestItems }: Sent): string {
  const [batch] = Object.values(RequestItems ?? {});
  return (Key ?? Item ?? batch?.Keys[0])?.pk?.S ?? ExpressionAttributeValues?.[':pk']?.S ?? '';
}

const patternOf = (partition: string): string => partition.replace(/#.*$/, '#*');

/** What a method does at the table when it comes first, and when somebody was there before it. */
async function actionsOf(method: PortMethod): Promise<readonly string[]> {
  const { account, world } = await openSystem({ roster: [] });
  const { dynamodb } = inProcessClients(account);
  const sent = new Set<string>();
  dynamodb.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        const input = args.input as Sent;
        const where = input.IndexName ?? patternOf(partitionOf(input));
        sent.add(`${commandName.replace(/Command$/, '')} ${where}`);
        return next(args);
      },
    { step: 'initialize' },
  );
  if (method === 'drafts.load') await world.drafts.save(draft, playbook, 0);
  if (/^measured\.(unfinished|overBefore|drop|people)$/.test(method))
    await world.measured.save({
      ...{ asOf: at, playbooks: [] },
      handoffs: [measuredHandoff(), measuredHandoff({ id: 'h-2' })],
    });
  // What is deleted has to be there.
  if (method === 'facts.drop') await calls['facts.record']?.(world);
  if (method === 'publishedWeeks.dropBefore') await calls['publishedWeeks.keep']?.(world);
  if (method === 'remediations.drop') await calls['remediations.add']?.(world);
  // To read a whole handoff there must be one; to begin one, there must be none.
  if (method === 'handoffs.load') {
    await world.deals.store(id, sampleDeal('complete-standard'), { notes: [], at });
    await world.handoffs.begin(state, playbook);
  }
  const records = recordsIn(openTable(dynamodb, 'handoff'));
  await calls[method]?.(records);
  await calls[method]?.(records);
  return [...sent].sort();
}

const methods = Object.keys(portActions) as PortMethod[];
const leadsElsewhere = /^(mail|tokens|executions|schedules)\./;

describe('a method of a port', () => {
  it.each(methods.filter((method) => !leadsElsewhere.test(method)))(
    '%s does at the table what is said of it',
    async (method) => {
      const { table = {}, openWork } = portActions[method];
      const said = Object.entries(table).flatMap(([action, keys]) => keys.map((key) => `${action} ${key}`));
      expect(await actionsOf(method)).toEqual([...said, ...(openWork ? ['Query openWork'] : [])].sort());
    },
  );

  it('that leads elsewhere does nothing at the table', () => {
    const elsewhere = methods.filter((method) => leadsElsewhere.test(method));
    expect(elsewhere.filter((method) => portActions[method].table)).toEqual([]);
  });
});
