import { partitionPattern as key, type TableAction } from '../../functions/aws/table.ts';
import { type FunctionName, functionNames } from './function-names.ts';

/** What a function needs of its account, and nothing beyond it. */
export interface Needs {
  /** Shown in the console. */
  readonly what: string;
  readonly timeoutSeconds: number;
  /** 512 unless said; Lambda gives processor time by it. */
  readonly memoryMegabytes?: number;
  /** The partitions each action is for. */
  readonly table: Readonly<Partial<Record<TableAction, readonly string[]>>>;
  /** Counts the open handoffs of people, or lists their open steps, in the index. */
  readonly openWork?: true;
  readonly sendsMail?: true;
  /** Takes from their queue what was told of mails that arrived. */
  readonly takesDeliveries?: true;
  /** Begins handoffs, and so has to know which playbook they follow. */
  readonly playbook?: true;
  readonly executions?: readonly ('start' | 'stop')[];
  /** Leads to executions, and so has to know how they are called; it may do nothing with them. */
  readonly showsExecutions?: true;
  /** What it does with reminders: sets and moves them, takes them back. */
  readonly schedules?: readonly ('put' | 'remove')[];
  /** How it answers the tokens that executions wait on: lets them go on, or ask again. */
  readonly tokens?: readonly ('SendTaskSuccess' | 'SendTaskFailure')[];
  /** Invoked by an event nobody waits for: what it fails at is tried again, for as long as an outage may last. */
  readonly triedAgain?: true;
  /** Called by the clock alone: what Lambda has tried three times in vain waits for a person among the dead letters. */
  readonly leftForPeople?: true;
  /** Puts events on the bus that deals come in on. */
  readonly putsEvents?: true;
  /** Beside `table`, where the stage deletes what is older than it keeps. */
  readonly dropsOld?: Needs['table'];
  /** Sends facts on to S3, where the stage keeps them there. */
  readonly sendsFacts?: true;
  /** Speaks with the company's CRM, and so reads its secrets. */
  readonly crm?: true;
  /** Takes what the CRM said of deals from its queue. */
  readonly readsDeals?: true;
  /** Reads the table's stream, and queues what is to be written back; what it fails at for good waits for a person. */
  readonly queuesWriteBacks?: true;
  /** Takes what has changed in handoffs from its queue. */
  readonly writesBack?: true;
  /** Takes what is to be tried again from its queue, and calls the functions that failed at it. */
  readonly triesAgain?: true;
}

/** Lambda gives processor time by memory, and a whole core for this much. */
const wholeCore = 1769;
/** Somebody waits for the answer, which takes most of it where the function has just started: with half of this, twice as long. */
const forPages = 1024;

/** Asks about a step: `notify`, and whoever asks in its place between two tokens. */
const asks = {
  GetItem: [key.handoff, key.playbook],
  // Customers get the update of a meeting, but not at an address from which mail came back.
  BatchGetItem: [key.roster, key.suppressed],
  Query: [key.handoff, key.roster],
  // Each mail inside the company brings a link to its reader's desk.
  PutItem: [key.handoff, key.link, key.desk],
  UpdateItem: [key.handoff],
  // Gives back the claim on a mail that SES was too busy to take.
  DeleteItem: [key.handoff],
} as const satisfies Needs['table'];

export const functionNeeds: Readonly<Record<FunctionName, Needs>> = {
  'start-handoff': {
    what: 'A deal was closed won: stores it once and starts its execution.',
    timeoutSeconds: 30,
    // It reads what else was heard of the deal: an event may come twice, late, or not say which won episode it is about.
    table: {
      GetItem: [key.handoff, key.playbook],
      Query: [key.deal, key.handoff],
      PutItem: [key.deal, key.handoff, key.refused],
    },
    executions: ['start'],
    triedAgain: true,
  },
  'stop-deal': {
    what: 'A deal was reopened, lost or cancelled: cancels its handoff and tells everybody in it.',
    timeoutSeconds: 60,
    table: {
      ...asks,
      Query: [key.deal, key.handoff, key.roster],
      // The draft of a deal that is lost before it is won ends, too.
      PutItem: [key.deal, key.handoff, key.refused, key.desk, key.playbook],
    },
    sendsMail: true,
    // A deal that was won again before its stop came begins once that has.
    executions: ['start', 'stop'],
    schedules: ['remove'],
    triedAgain: true,
  },
  'follow-deal': {
    what: 'A deal was proposed, or changed after it was won, or its customer renewed or left: its draft or handoff follows.',
    timeoutSeconds: 60,
    table: {
      ...asks,
      // A deal may have another id in the CRM by now.
      GetItem: [...asks.GetItem, key.seenDeal],
      Query: [key.deal, key.handoff, key.roster],
      PutItem: [key.handoff, key.link, key.desk, key.refused, key.playbook],
    },
    // Who would take the customer of a proposed deal is assigned as for a won one.
    openWork: true,
    playbook: true,
    sendsMail: true,
    schedules: ['put', 'remove'],
    tokens: ['SendTaskFailure'],
    triedAgain: true,
  },
  'validate-package': {
    what: 'State "Validate handoff package": what is missing, who takes the customer, which rules apply, what is asked first.',
    timeoutSeconds: 30,
    table: {
      GetItem: [key.handoff, key.playbook],
      Query: [key.handoff, key.roster],
      PutItem: [key.handoff, key.playbook],
      // A draft from before the deal was won becomes its package.
      UpdateItem: [key.handoff],
    },
    openWork: true,
    playbook: true,
    // What is told far ahead is scheduled as the handoff begins.
    schedules: ['put'],
  },
  notify: {
    what: 'States "Ask to ..." and those that send a mail nobody has to answer.',
    timeoutSeconds: 60,
    // An escalation may be left to a daily digest, which then has to look at the handoff.
    table: {
      ...asks,
      Query: [key.deal, key.handoff, key.roster],
      PutItem: [key.handoff, key.link, key.desk, key.digest],
      // When SES takes no more this second, it takes a turn.
      UpdateItem: [key.handoff, key.mailTurns],
    },
    sendsMail: true,
    // Open items have executions of their own; whoever asks makes good what was not opened, and ends what was canceled.
    executions: ['start', 'stop'],
    // One that comes before its date, which was corrected, is set once more; those of a canceled handoff are taken back.
    schedules: ['put', 'remove'],
    triedAgain: true,
  },
  'close-handoff': {
    what: 'State "Handoff complete": keeps its measures.',
    timeoutSeconds: 60,
    table: {
      GetItem: [key.handoff, key.playbook],
      BatchGetItem: [key.roster],
      Query: [key.handoff, key.roster],
      PutItem: [key.handoff, key.desk],
      UpdateItem: [key.handoff],
      DeleteItem: [key.handoff],
    },
    // It makes good what somebody who was interrupted at the last decision has not opened or told.
    sendsMail: true,
    executions: ['start'],
  },
  'show-page': {
    what: 'GET behind a link: shows the step, the brief or the plan, and changes nothing.',
    timeoutSeconds: 10,
    memoryMegabytes: forPages,
    table: {
      GetItem: [key.link, key.desksEnded, key.playbook],
      BatchGetItem: [key.roster],
      // A mail that the customer has from an earlier win is not sent again, and the page says so.
      Query: [key.deal, key.handoff, key.roster],
    },
  },
  'decide-step': {
    what: 'POST behind a link: records what somebody decided and wakes the execution.',
    timeoutSeconds: 25,
    memoryMegabytes: forPages,
    table: {
      ...asks,
      // A new link in place of one that came in a report is a mail of no handoff.
      GetItem: [key.handoff, key.link, key.desk, key.desksEnded, key.playbook, key.reported],
      Query: [key.deal, key.handoff, key.roster, key.reported],
      PutItem: [key.handoff, key.link, key.desk, key.reported, key.digest],
      // Whoever answers can be reached.
      UpdateItem: [key.handoff, key.roster, key.reported],
      DeleteItem: [key.handoff, key.reported],
    },
    // Whoever goes away leaves open steps in other handoffs, too.
    openWork: true,
    sendsMail: true,
    executions: ['start', 'stop'],
    schedules: ['put', 'remove'],
    tokens: ['SendTaskSuccess', 'SendTaskFailure'],
  },
  'show-desk': {
    what: 'GET behind a desk link: shows what is open at somebody.',
    timeoutSeconds: 20,
    memoryMegabytes: forPages,
    table: {
      GetItem: [key.link, key.desk, key.desksEnded, key.desksOpened, key.playbook],
      // Of handoffs the roles: in which somebody has a part.
      BatchGetItem: [key.handoff],
      Query: [key.handoff, key.roster, key.desksOpened],
      // Once a day, that somebody opened their desk.
      PutItem: [key.desksOpened],
    },
    openWork: true,
  },
  'act-on-desk': {
    what: 'POST behind a desk link: opens a step, notes an absence, ends the links.',
    timeoutSeconds: 25,
    memoryMegabytes: forPages,
    table: {
      GetItem: [key.link, key.desk, key.desksEnded, key.playbook],
      BatchGetItem: [key.handoff],
      Query: [key.handoff, key.roster, key.desksOpened],
      PutItem: [key.handoff, key.link, key.desksEnded],
      UpdateItem: [key.roster],
    },
    openWork: true,
    tokens: ['SendTaskFailure'],
  },
  'show-reports': {
    what: "GET of reports behind a desk link: numbers of all handoffs as of the last night, as far as they are its person's to see.",
    timeoutSeconds: 25,
    memoryMegabytes: wholeCore,
    table: {
      GetItem: [key.link, key.desk, key.desksEnded, key.desksOpened, key.playbook, key.measured],
      // The numbers that went out by mail.
      BatchGetItem: [key.published],
      Query: [key.handoff, key.roster, key.measured, key.pseudonyms],
      // Once a day, that somebody opened their desk or their reports.
      PutItem: [key.desksOpened],
    },
  },
  'show-operations': {
    what: 'GET of the pages for operations: where every handoff stands. It only reads.',
    timeoutSeconds: 25,
    memoryMegabytes: forPages,
    table: {
      GetItem: [key.handoff, key.playbook],
      // Status, segment and roles of the handoffs in the index.
      BatchGetItem: [key.handoff],
      Query: [key.handoff, key.roster],
    },
    openWork: true,
    showsExecutions: true,
  },
  'track-mail': {
    what: 'SES tells what became of a mail: marks who cannot be reached and climbs the ladder. Each night: notes what arrived.',
    timeoutSeconds: 60,
    table: {
      ...asks,
      Query: [key.handoff, key.reported, key.digest, key.roster],
      PutItem: [key.handoff, key.link, key.desk, key.suppressed, key.digest],
      UpdateItem: [key.handoff, key.roster, key.reported],
    },
    sendsMail: true,
    takesDeliveries: true,
    // It asks in the place of `notify`.
    executions: ['start', 'stop'],
    schedules: ['remove'],
    tokens: ['SendTaskFailure'],
    triedAgain: true,
  },
  'try-again': {
    what: 'Calls a function again with the event it has failed at.',
    // As long as the slowest of them, and a little more.
    timeoutSeconds: 90,
    table: {},
    triesAgain: true,
  },
  'hear-webhook': {
    what: 'POST of a CRM: looks whether it is the CRM, and puts what it says of deals on the bus.',
    timeoutSeconds: 10,
    table: { GetItem: [key.heard], PutItem: [key.heard, key.claim] },
    putsEvents: true,
    crm: true,
  },
  'read-deal': {
    what: 'The CRM said that something happened to a deal: reads it there, and tells what is new about it on the bus.',
    timeoutSeconds: 45,
    table: {
      // Of two deals that were merged, the one whose handoff runs is kept.
      GetItem: [key.seenDeal, key.handoff, key.playbook],
      PutItem: [key.seenDeal, key.refused, key.deal, key.handoff],
      Query: [key.claim, key.deal, key.handoff],
    },
    putsEvents: true,
    crm: true,
    readsDeals: true,
  },
  'queue-write-backs': {
    what: "Something changed in handoffs, as the table's stream tells: queues them for what is to be written into the CRM.",
    timeoutSeconds: 60,
    // Where it is not known which, it is all that are open.
    table: { Query: [key.roster] },
    openWork: true,
    queuesWriteBacks: true,
  },
  'write-back': {
    what: 'Something changed in a handoff: writes into the CRM what its deal should say of it.',
    timeoutSeconds: 60,
    table: {
      GetItem: [key.playbook, key.writtenBack, key.seenDeal],
      BatchGetItem: [key.roster],
      Query: [key.handoff, key.deal, key.roster],
      PutItem: [key.handoff, key.writtenBack],
    },
    crm: true,
    writesBack: true,
  },
  reconcile: {
    what: 'Once a day: compares what the CRM has with the handoffs, and says on the bus what got lost.',
    // Whoever asks the CRM no faster than leaves room for others, and waits for it, needs time.
    timeoutSeconds: 900,
    table: {
      GetItem: [key.handoff, key.playbook, key.seenDeal],
      Query: [key.deal, key.handoff, key.roster, key.refused],
      PutItem: [key.seenDeal, key.deal, key.handoff],
    },
    openWork: true,
    putsEvents: true,
    crm: true,
  },
  measure: {
    what: 'Once a day: works out the facts of handoffs, and the rows that reports are made of.',
    // Tens of thousands of handoffs, each read whole.
    timeoutSeconds: 900,
    memoryMegabytes: wholeCore,
    table: {
      GetItem: [key.playbook, key.factsOf, key.measured],
      Query: [key.handoff, key.roster, key.measured, key.pseudonyms],
      PutItem: [key.facts, key.factsOf, key.measured, key.pseudonyms],
      // Takes what is measured out of the index; keeps as of when everything was.
      UpdateItem: [key.handoff, key.measured],
    },
    dropsOld: {
      Query: [key.facts, key.published, key.audit],
      DeleteItem: [key.facts, key.factsOf, key.measured, key.pseudonyms, key.published, key.audit],
    },
    openWork: true,
    sendsFacts: true,
    leftForPeople: true,
  },
  'send-reports': {
    what: 'Each hour: mails reports to whoever has their morning, each once.',
    // As many mails as there are people, one after the other.
    timeoutSeconds: 900,
    // All that is measured, at once.
    memoryMegabytes: wholeCore,
    table: {
      GetItem: [key.reported, key.playbook, key.measured],
      BatchGetItem: [key.handoff, key.published],
      Query: [key.roster, key.reported, key.digest, key.handoff, key.measured, key.pseudonyms, key.audit],
      // What a digest tells in place of an email is on record in the handoff, with a link to the step.
      PutItem: [key.reported, key.desk, key.published, key.handoff, key.link],
      UpdateItem: [key.reported],
      DeleteItem: [key.reported, key.digest],
    },
    openWork: true,
    sendsMail: true,
    leftForPeople: true,
  },
  'audit-quarter': {
    what: 'GET and POST of the audit of a quarter behind a desk link: its sample, and notes on what is to change.',
    timeoutSeconds: 25,
    memoryMegabytes: forPages,
    table: {
      GetItem: [key.link, key.desk, key.desksEnded, key.playbook, key.measured, key.factsOf],
      Query: [key.handoff, key.roster, key.measured, key.pseudonyms, key.audit],
      PutItem: [key.audit],
      UpdateItem: [key.audit],
    },
  },
};

/** The functions whose failures are tried again. */
export const functionsTriedAgain: readonly FunctionName[] = functionNames.filter(
  (name) => functionNeeds[name].triedAgain,
);

/** The functions whose failures wait for a person. */
export const functionsLeftForPeople: readonly FunctionName[] = functionNames.filter(
  (name) => functionNeeds[name].leftForPeople,
);
