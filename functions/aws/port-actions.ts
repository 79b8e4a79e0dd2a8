import type { PortMethod } from '../ports/world.ts';
import { partitionPattern as of, type TableAction } from './table.ts';

/** What a method of a port does on AWS. */
export interface PortActions {
  /** The partitions each action is for, as IAM's `dynamodb:LeadingKeys` takes them. */
  readonly table?: Readonly<Partial<Record<TableAction, readonly string[]>>>;
  /** Looks into the index of open work. */
  readonly openWork?: true;
  readonly sendsMail?: true;
  readonly executions?: 'start' | 'stop';
  readonly schedule?: 'put' | 'remove';
  readonly putsEvents?: true;
  readonly token?: 'SendTaskSuccess' | 'SendTaskFailure';
}

/** What a function may do follows from the methods it uses; a test compares the two. */
export const portActions: Readonly<Record<PortMethod, PortActions>> = {
  'deals.store': { table: { PutItem: [of.deal, of.handoff] } },
  'deals.read': { table: { GetItem: [of.handoff] } },
  'deals.change': { table: { UpdateItem: [of.handoff] } },
  'drafts.load': { table: { Query: [of.handoff], GetItem: [of.playbook] } },
  'drafts.save': { table: { PutItem: [of.handoff, of.playbook] } },
  'deals.callOff': { table: { PutItem: [of.handoff] } },
  'deals.episodes': { table: { Query: [of.deal] } },
  'deals.history': { table: { Query: [of.deal] } },
  'deals.noteAgain': { table: { PutItem: [of.deal] } },
  'deals.noteStop': { table: { PutItem: [of.deal] } },
  'refusals.store': { table: { PutItem: [of.refused] } },
  'refusals.of': { table: { Query: [of.refused] } },
  // Of two that begin at once, the second reads what the first wrote.
  'handoffs.begin': { table: { PutItem: [of.handoff, of.playbook], GetItem: [of.handoff] } },
  'handoffs.load': { table: { Query: [of.handoff], GetItem: [of.playbook] } },
  'handoffs.statesOf': { table: { BatchGetItem: [of.handoff] } },
  'handoffs.changeStatus': { table: { UpdateItem: [of.handoff] } },
  // A command's right: no function asks for it.
  'handoffs.adopt': { table: { PutItem: [of.playbook], UpdateItem: [of.handoff] } },
  'handoffs.changePerson': { table: { UpdateItem: [of.handoff] } },
  'handoffs.addNote': { table: { PutItem: [of.handoff] } },
  'steps.openOf': { openWork: true },
  'steps.open': { table: { PutItem: [of.handoff], GetItem: [of.handoff], Query: [of.handoff] } },
  'steps.decide': { table: { UpdateItem: [of.handoff], GetItem: [of.handoff] } },
  'steps.handOver': { table: { UpdateItem: [of.handoff], GetItem: [of.handoff] } },
  'steps.change': { table: { UpdateItem: [of.handoff], GetItem: [of.handoff] } },
  'packages.save': { table: { UpdateItem: [of.handoff], GetItem: [of.handoff] } },
  'mails.claim': { table: { PutItem: [of.handoff], GetItem: [of.handoff], UpdateItem: [of.handoff] } },
  'mails.markSent': { table: { PutItem: [of.handoff] } },
  'mails.release': { table: { DeleteItem: [of.handoff] } },
  'mails.hold': { table: { PutItem: [of.handoff] } },
  'mails.find': { table: { Query: [of.handoff] } },
  'mails.recordFate': { table: { UpdateItem: [of.handoff] } },
  'meetings.write': { table: { PutItem: [of.handoff], GetItem: [of.handoff] } },
  'links.store': { table: { PutItem: [of.link] } },
  'links.find': { table: { GetItem: [of.link] } },
  'desks.store': { table: { PutItem: [of.desk] } },
  'desks.find': { table: { GetItem: [of.desk] } },
  'desks.endedAt': { table: { GetItem: [of.desksEnded] } },
  'desks.end': { table: { PutItem: [of.desksEnded] } },
  'desks.noteOpened': { table: { GetItem: [of.desksOpened], PutItem: [of.desksOpened] } },
  'desks.openings': { table: { Query: [of.desksOpened] } },
  'desks.openWorkOf': { openWork: true },
  'desks.holdersIn': { table: { BatchGetItem: [of.handoff] } },
  'audit.write': { table: { PutItem: [of.handoff] } },
  'audit.trail': { table: { Query: [of.handoff] } },
  'roster.everybody': { table: { Query: [of.roster] } },
  'roster.people': { table: { BatchGetItem: [of.roster] } },
  'roster.openHandoffs': { openWork: true },
  'roster.noteAway': { table: { UpdateItem: [of.roster] } },
  'roster.markUnreachable': { table: { UpdateItem: [of.roster] } },
  'roster.markReachable': { table: { UpdateItem: [of.roster] } },
  'suppressions.add': { table: { PutItem: [of.suppressed] } },
  'suppressions.among': { table: { BatchGetItem: [of.suppressed] } },
  'mail.send': { sendsMail: true },
  'tokens.wake': { token: 'SendTaskSuccess' },
  'tokens.askAgain': { token: 'SendTaskFailure' },
  'executions.start': { executions: 'start' },
  'executions.startItem': { executions: 'start' },
  'executions.stop': { executions: 'stop' },
  'schedules.put': { schedule: 'put' },
  'schedules.remove': { schedule: 'remove' },
  'dealBus.put': { putsEvents: true },
  'claims.store': { table: { PutItem: [of.claim] } },
  'claims.read': { table: { Query: [of.claim] } },
  'seenDeals.load': { table: { GetItem: [of.seenDeal] } },
  'seenDeals.save': { table: { PutItem: [of.seenDeal] } },
  'writeBacks.load': { table: { GetItem: [of.writtenBack] } },
  'writeBacks.save': { table: { PutItem: [of.writtenBack] } },
  'seenDeals.isHeard': { table: { GetItem: [of.heard] } },
  'seenDeals.noteHeard': { table: { PutItem: [of.heard] } },
};
