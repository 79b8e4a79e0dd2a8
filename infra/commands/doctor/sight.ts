import type { HandoffRecord, HandoffStatus } from '../../../functions/domain/handoff/handoff.ts';
import type { CalendarOf } from '../../../functions/domain/people/people.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { ExecutionsSeen } from '../read-executions.ts';

/** Everything that the doctor looks at. What could not be looked at is not among what is judged. */
export interface Sight {
  readonly handoffs: HandoffsSeen;
  readonly executions: ExecutionsSeen;
  readonly roster: RosterSeen;
  readonly queues: readonly QueueSeen[];
  readonly mailService: MailServiceSeen;
}

export type SightPart = keyof Sight;

/** What is known without looking. */
export interface Circumstances {
  /** When it was looked, UTC. */
  readonly at: Instant;
  /** Of a stage on AWS; undefined for an account on this machine. */
  readonly stage: string | undefined;
  readonly stateMachineArn: string;
  /** IANA, of who is not on the roster. */
  readonly defaultZone: string;
  readonly calendarOf: CalendarOf;
  /** A playbook of today by its name. */
  readonly playbookNamed: (name: string) => Playbook | undefined;
  /** What new handoffs follow. */
  readonly playbookName: string;
  /** Recipients a second that functions take SES to allow; undefined where they are not told. */
  readonly mailPerSecond?: number | undefined;
}

export interface HandoffsSeen {
  /** Every handoff that has begun, by its id. */
  readonly begun: ReadonlyMap<string, BegunHandoff>;
  /** Deals that are stored and whose handoff has not begun; those that were called off before are not among them. */
  readonly waiting: readonly WaitingDeal[];
  /** Deals that were over before their handoff began: ids of handoffs. */
  readonly calledOff: ReadonlySet<string>;
  /** Read whole: those that are open, that still have an open item, or that an execution runs for. */
  readonly records: readonly HandoffRecord[];
  /** Mails that were begun and of which no result is known. */
  readonly claims: readonly ClaimedMail[];
  readonly unreadable: readonly { readonly what: string; readonly why: string }[];
}

export interface BegunHandoff {
  readonly status: HandoffStatus;
  readonly endedAt?: Instant;
}

export interface WaitingDeal {
  readonly id: string;
  /** When its event happened, UTC; unknown of deals of earlier versions. */
  readonly since?: Instant;
}

export interface ClaimedMail {
  readonly handoff: string;
  readonly key: string;
  /** UTC. */
  readonly at: Instant;
}

export interface RosterSeen {
  readonly people: readonly Person[];
  readonly openHandoffs: ReadonlyMap<string, number>;
  /** Entries that cannot be read: mail addresses. */
  readonly unreadable: readonly { readonly what: string; readonly why: string }[];
}

export interface QueueSeen {
  readonly name: string;
  /** Messages in it, those in hand included. */
  readonly messages: number;
}

/** SES, as it says of itself. */
export interface MailServiceSeen {
  /** Recipients in 24 hours; -1: no limit. */
  readonly most: number;
  readonly sent: number;
  /** Recipients a second. */
  readonly rate: number;
  /** The most recipients a second of the last day, on average over a quarter of an hour. */
  readonly peak: number;
  readonly isEnabled: boolean;
}
