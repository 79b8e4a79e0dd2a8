import type { Deal } from './domain/deal/deal.ts';
import type { Refusal } from './domain/fields/refusal.ts';
import type {
  AuditEntry,
  Decision,
  HandoffRecord,
  HandoffState,
  HandoffStatus,
  Link,
  MailFate,
  MailRecord,
  StepRecord,
} from './domain/handoff/handoff.ts';
import type { Suppression } from './domain/handoff/reachability.ts';
import type { SiteFacts } from './domain/handoff/site.ts';
import type { MailKind, MeetingInvitation, Message } from './domain/messages/message.ts';
import type { Mailbox } from './domain/people/people.ts';
import type { Person } from './domain/people/person.ts';
import type { FrozenPlaybook } from './domain/playbook/playbook.ts';
import type { BusinessCalendar, Instant } from './domain/time/calendar.ts';

/** How a deal came in. */
export interface Arrival {
  /** Oddities that were accepted. */
  readonly notes: readonly string[];
  /** When its event was put on the bus, UTC. */
  readonly at: Instant;
}

/** The records. Every write is one conditional write on one item; a lost race is an answer, not an error. */
export interface Handoffs {
  /** Stores the deal once. `exists`: it was stored before, whoever stored it. */
  storeDeal(id: string, deal: Deal, arrival: Arrival): Promise<'stored' | 'exists'>;
  /** The deal as stored, before the handoff has begun. */
  deal(id: string): Promise<({ deal: Deal } & Partial<Arrival> & Pick<Arrival, 'notes'>) | undefined>;
  /** Every won episode of a deal, newest last. */
  episodes(dealId: string): Promise<readonly string[]>;
  /** Keeps an event that could not be used, so that ops can see it. */
  storeRefusal(input: { event: unknown; refused: readonly Refusal[]; at: Instant }): Promise<void>;
  /** Freezes playbook and state; the first call wins, a repeated one returns what stands. */
  begin(state: HandoffState, playbook: FrozenPlaybook): Promise<HandoffState>;
  /** Undefined when no such handoff has begun. */
  load(id: string): Promise<HandoffRecord | undefined>;
  /** Opens a round of a step, unless that round (or a later one) is open already; returns the step as it stands. */
  openStep(id: string, step: StepRecord): Promise<StepRecord>;
  /** The first decision of a round wins. */
  decide(input: {
    id: string;
    step: string;
    round: number;
    decision: Decision;
  }): Promise<{ decided: true; token?: string } | { decided: false; first?: Decision }>;
  /** Changes an undecided step; `changed: false` when it was decided meanwhile. */
  changeStep(input: {
    id: string;
    step: string;
    round: number;
    change: Partial<Pick<StepRecord, 'owner' | 'askedAt' | 'dueAt' | 'because' | 'pauses'>>;
  }): Promise<{ changed: true; token?: string } | { changed: false }>;
  /** Hands a role over to somebody else for the rest of the handoff. */
  changePerson(id: string, role: string, email: string): Promise<void>;
  /** False when somebody saved another version meanwhile. */
  savePackage(input: { id: string; package: unknown; version: number; by: string; at: Instant }): Promise<boolean>;
  /** Changes the status while it is one of `from`; false when it is not. */
  changeStatus(input: {
    id: string;
    from: readonly HandoffStatus[];
    to: HandoffStatus;
    at: Instant;
    reason?: string;
    measures?: HandoffState['measures'];
  }): Promise<boolean>;
  audit(id: string, entry: AuditEntry): Promise<void>;
  auditTrail(id: string): Promise<readonly AuditEntry[]>;
  /** `unknown`: claimed before, and nobody knows whether it was sent. */
  claimMail(id: string, key: string, at: Instant): Promise<'claimed' | 'sent' | 'unknown' | 'held'>;
  mailSent(input: { id: string; key: string; messageId: string; at: Instant }): Promise<void>;
  /** The mail certainly did not go out: it may be claimed again. */
  releaseMail(id: string, key: string): Promise<void>;
  /** The mail stays where it is until a person has looked. */
  holdMail(id: string, key: string, at: Instant): Promise<void>;
  /** The mail to which the mail service gave this id; undefined when none is recorded. */
  findMail(id: string, messageId: string): Promise<MailRecord | undefined>;
  /** Notes what became of a mail at one address. Worse news replace better ones, never the other way round. */
  recordFate(input: { id: string; key: string; email: string; fate: MailFate }): Promise<void>;
  storeLink(hash: string, link: Link): Promise<void>;
  findLink(hash: string): Promise<Link | undefined>;
}

export interface Roster {
  everybody(): Promise<readonly Person[]>;
  /** The people known under these addresses. */
  people(emails: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** How many handoffs each is responsible for right now. */
  openHandoffs(emails: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Marks somebody whom mail does not reach, unless something newer is known of them; nobody who is not on the roster. */
  markUnreachable(email: string, mark: NonNullable<Person['unreachable']>): Promise<void>;
  /** Takes the mark off. News from before `since` do not put it back. */
  markReachable(email: string, since: Instant): Promise<void>;
}

/** The addresses outside the company that mail must not go to without a person's word. */
export interface Suppressions {
  /** Adds an address; of two reasons the newer one stands. */
  add(suppression: Suppression): Promise<void>;
  /** Those of the addresses (in lower case) that are suppressed. */
  among(emails: readonly string[]): Promise<ReadonlyMap<string, Suppression>>;
}

/** A mail, ready but for its rendering and encoding. */
export interface OutgoingMail {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Shown as the sender's name; the address is the system's own. */
  readonly fromName?: string;
  readonly replyTo?: string;
  readonly message: Message;
  readonly invitation?: MeetingInvitation;
  /** Customers see nothing of the internal process. */
  readonly toCustomer?: boolean;
  /** What it is about: never personal data. Mails of one handoff form one thread. */
  readonly tags: { readonly handoff: string; readonly kind: MailKind; readonly step: string };
}

export interface Mail {
  /** Throws MailThrottled or MailRejected when the mail certainly was not sent; any other error (MailUnavailable) leaves it unknown. */
  send(mail: OutgoingMail): Promise<{ messageId: string }>;
}

/** The mail service is over its rate: nothing was sent, and it may be tried again. */
export class MailThrottled extends Error {
  override name = 'MailThrottled';
}

/** The mail service is over its daily quota: nothing was sent, and it will take hours until it may be tried with success. */
export class MailQuotaExhausted extends MailThrottled {
  override name = 'MailQuotaExhausted';
}

/** The mail service takes no mail from us as things stand (paused, not verified, no permission): nothing was sent. */
export class MailBlocked extends MailThrottled {
  override name = 'MailBlocked';
}

/** The mail service will never take this mail: nothing was sent. */
export class MailRejected extends Error {
  override name = 'MailRejected';
}

/** The mail service could not be reached, or failed: nobody knows whether the mail was sent. It may be tried again. */
export class MailUnavailable extends Error {
  override name = 'MailUnavailable';
}

/** The records cannot be read or written for the moment; nothing is half-done. */
export class RecordsUnavailable extends Error {
  override name = 'RecordsUnavailable';
}

/** Nobody acted for as long as the playbook allows; the execution fails with this name. */
export class HandoffAbandoned extends Error {
  override name = 'HandoffAbandoned';
}

/** The tasks of waiting executions. A token that is no longer good does no harm: the answer says so. */
export interface Tokens {
  /** Lets the execution go on. */
  wake(token: string): Promise<'woken' | 'gone'>;
  /** Lets the execution ask again: who is asked, or by when, has changed. */
  askAgain(token: string): Promise<'woken' | 'gone'>;
}

export interface Executions {
  /** Starting the same handoff twice starts one execution. */
  start(handoffId: string): Promise<'started' | 'exists'>;
  /** Stops it if it runs. */
  stop(handoffId: string, reason: string): Promise<void>;
}

/** What the verbs need of the world; each asks for the part it uses. */
export interface World {
  readonly handoffs: Handoffs;
  readonly roster: Roster;
  readonly suppressions: Suppressions;
  readonly mail: Mail;
  readonly tokens: Tokens;
  readonly executions: Executions;
  readonly site: SiteFacts;
  readonly calendarOf: (person: Person) => BusinessCalendar;
  /** A new unguessable link id, 128 bits, URL-safe. */
  readonly newLinkId: () => string;
  /** The key a link is stored under. */
  readonly hash: (linkId: string) => string;
  /** A keyed hash that nobody without the key can make. */
  readonly sign: (key: string, text: string) => string;
}
