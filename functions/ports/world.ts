import type { SiteFacts } from '../domain/handoff/site.ts';
import type { CalendarOf } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { Audit } from './audit.ts';
import type { CrmAccess } from './crm-access.ts';
import type { Claims, DealBus } from './deal-bus.ts';
import type { Deals, Refusals } from './deals.ts';
import type { Deliveries } from './deliveries.ts';
import type { Desks } from './desks.ts';
import type { DigestTopics } from './digest-topics.ts';
import type { Drafts } from './drafts.ts';
import type { Executions, Tokens } from './executions.ts';
import type { Handoffs } from './handoffs.ts';
import type { Links } from './links.ts';
import type { Mail } from './mail.ts';
import type { MailTurns } from './mail-turns.ts';
import type { Mails } from './mails.ts';
import type { FactStream, Facts, MeasuredHandoffs, Pseudonyms } from './measured.ts';
import type { Meetings } from './meetings.ts';
import type { Packages } from './packages.ts';
import type { PublishedWeeks } from './published-weeks.ts';
import type { Remediations } from './remediations.ts';
import type { ReportMails } from './report-mails.ts';
import type { Roster } from './roster.ts';
import type { Schedules } from './schedules.ts';
import type { SeenDeals } from './seen-deals.ts';
import type { Steps } from './steps.ts';
import type { Suppressions } from './suppressions.ts';
import type { WriteBackQueue, WriteBacks } from './write-backs.ts';

/** What is outside, by subject. Every write to the records is one conditional write on one item; a lost race is an answer, not an error. */
export interface Ports {
  readonly deals: Deals;
  readonly drafts: Drafts;
  readonly refusals: Refusals;
  readonly handoffs: Handoffs;
  readonly steps: Steps;
  readonly packages: Packages;
  readonly mails: Mails;
  readonly reportMails: ReportMails;
  readonly digestTopics: DigestTopics;
  readonly publishedWeeks: PublishedWeeks;
  readonly remediations: Remediations;
  readonly meetings: Meetings;
  readonly links: Links;
  readonly desks: Desks;
  readonly audit: Audit;
  readonly roster: Roster;
  readonly suppressions: Suppressions;
  readonly mail: Mail;
  readonly deliveries: Deliveries;
  readonly mailTurns: MailTurns;
  readonly tokens: Tokens;
  readonly executions: Executions;
  readonly schedules: Schedules;
  readonly dealBus: DealBus;
  readonly claims: Claims;
  readonly seenDeals: SeenDeals;
  readonly writeBacks: WriteBacks;
  readonly writeBackQueue: WriteBackQueue;
  readonly factStream: FactStream;
  readonly facts: Facts;
  readonly measured: MeasuredHandoffs;
  readonly pseudonyms: Pseudonyms;
}

/** Everything there is; each verb asks for the part it uses. */
export interface World extends Ports {
  readonly site: SiteFacts;
  readonly calendarOf: CalendarOf;
  /** The way to the company's CRM; only who speaks with it is told. Throws where there is none. */
  readonly crmAccess: () => CrmAccess;
  /** The playbook that new handoffs follow; only who begins handoffs is told. */
  readonly playbookName: string | undefined;
  /** For how many whole months what reports are made of is kept; undefined: for good. Only who deletes it is told. */
  readonly retentionMonths: number | undefined;
  /** The address at which a handoff's execution is shown, or that of one of its open items; undefined where that is not known. */
  readonly executionPage: (handoffId: string, step?: string) => string | undefined;
  /**
   * The first moment for which a reminder may be set, seen from `at` (UTC). Scheduler takes none that has passed, and `at` may lie
   * behind by then: a state is tried again, an event comes late.
   */
  readonly soonestReminder: (at: Instant) => Instant;
  /** A new unguessable link id, 128 bits, URL-safe. */
  readonly newLinkId: () => string;
  /** The key a link is stored under. */
  readonly hash: (linkId: string) => string;
  /** A keyed hash that nobody without the key can make. */
  readonly sign: (key: string, text: string) => string;
  /** Whether a signature is that of the text, compared in constant time. */
  readonly verify: (key: string, text: string, signature: string) => boolean;
}

/** One thing a port does: `steps.decide`. */
export type PortMethod = { [Port in keyof Ports]: `${Port}.${keyof Ports[Port] & string}` }[keyof Ports];

/** What can be asked of the world: a method of a port, or one of its other members. */
export type WorldPart = PortMethod | Exclude<keyof World, keyof Ports>;

type PortOf<Part> = Part extends `${infer Port extends keyof Ports}.${string}` ? Port : never;
type MethodOf<Part, Port extends string> = Part extends `${Port}.${infer Method}` ? Method : never;

/**
 * The part of the world that a list of uses names, and nothing beyond it. A verb's list says what it reads and writes; what
 * its function may do on AWS is checked against it.
 */
export type WorldOf<Uses extends readonly WorldPart[]> = {
  readonly [Port in PortOf<Uses[number]>]: Pick<Ports[Port], MethodOf<Uses[number], Port> & keyof Ports[Port]>;
} & Pick<World, Uses[number] & keyof World>;
