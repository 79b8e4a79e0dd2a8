import type { Deal } from '../../functions/domain/deal/deal.ts';
import { beginningOf } from '../../functions/domain/handoff/beginning.ts';
import { customerOf, type HandoffRecord, type HandoffState } from '../../functions/domain/handoff/handoff.ts';
import { gapNames } from '../../functions/domain/handoff/handoff-package.ts';
import {
  type AskedOutlook,
  outlookOf,
  type StepOutlook,
  type Telling,
} from '../../functions/domain/handoff/outlook.ts';
import type { Reminder } from '../../functions/domain/handoff/planned.ts';
import { announcementMessage } from '../../functions/domain/messages/announcement.ts';
import { type CalendarOf, mailboxOf, type People } from '../../functions/domain/people/people.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import { stranger } from '../../functions/domain/people/stranger.ts';
import { type Announcement, announcementRule } from '../../functions/domain/playbook/announcements.ts';
import { choiceOf, stepApproving } from '../../functions/domain/playbook/capabilities.ts';
import type { Negative } from '../../functions/domain/playbook/negative.ts';
import type { AskStep, Escalations, FrozenPlaybook, Playbook } from '../../functions/domain/playbook/playbook.ts';
import { type RoleId, roleIds } from '../../functions/domain/playbook/roles.ts';
import type { Instant } from '../../functions/domain/time/calendar.ts';
import { everyWords } from './rule-words.ts';

export interface ExplanationInput {
  readonly playbook: Playbook;
  readonly deal: Deal;
  /** What was odd about the event but accepted. */
  readonly notes: readonly string[];
  readonly roster: readonly Person[];
  /** When the event arrives, UTC. */
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
  /** IANA zone, for whoever the roster does not know. */
  readonly defaultZone: string;
  readonly answers: 'when due' | 'never';
}

/** A moment, with the zone of whoever it concerns. */
export interface Moment {
  /** UTC. */
  readonly at: Instant;
  /** IANA. */
  readonly zone: string;
}

/** A mail while nobody acts. */
export interface ExplainedMail extends Moment {
  readonly kind: string;
  /** The name of who gets it. */
  readonly to: string;
  readonly as: string;
  /** No email of its own: it stands in their daily digest. */
  readonly inDigest?: true;
}

/** A mail that tells. */
export interface ExplainedTelling extends Moment {
  readonly say: Announcement;
  /** How colleagues call it. */
  readonly called: string;
  /** Names, or who they will be. */
  readonly to: readonly string[];
}

export interface ExplainedStep {
  readonly step: string;
  readonly title: string;
  /** That it is left out or not reached, and why; undefined for one that comes. */
  readonly left?: string;
  readonly asks?: {
    readonly who: string;
    readonly role: string;
    /** Who would be asked if they were there. */
    readonly inPlaceOf?: string;
    readonly askedAt: Moment;
    readonly dueAt: Moment;
    /** One sentence. */
    readonly because: string;
    readonly mails: readonly ExplainedMail[];
    readonly nagsEvery?: string;
    readonly ends: Moment & { readonly how: 'unanswered' | 'abandoned' };
    /** The optional step its mail offers, and until when it is expected. */
    readonly offers?: { readonly title: string; readonly who: string; readonly dueAt: Moment };
    /** What the answers lead to that the flow is not assumed to take: sentences. */
    readonly otherwise: readonly string[];
  };
  readonly tells: readonly ExplainedTelling[];
}

/** What the playbook makes of one deal. Everything can be written as JSON. */
export interface Explanation {
  readonly handoff: string;
  readonly customer: string;
  readonly playbook: string;
  readonly segment: string;
  readonly industry?: string;
  /** What fell back, and what was odd: sentences. */
  readonly notes: readonly string[];
  readonly package: { readonly percent: number; readonly complete: boolean; readonly gaps: readonly string[] };
  readonly people: readonly { readonly role: string; readonly who: string; readonly because: string }[];
  readonly answers: ExplanationInput['answers'];
  /** How managers and revenue operations hear of escalations. */
  readonly escalations: Escalations;
  readonly steps: readonly ExplainedStep[];
  /** When the last step is over; undefined when it comes to a standstill. */
  readonly closedAt?: Moment;
  readonly reminders: readonly (Omit<ExplainedTelling, 'at'> & { readonly at?: Instant })[];
}

/** Every promise and due time of a deal with its sentence, who is asked, and who is mailed when nobody acts. */
export function explain(input: ExplanationInput): Explanation {
  const { playbook, deal, notes, roster, at, calendarOf, answers } = input;
  const begun = beginningOf({
    playbook,
    deal,
    notes,
    roster,
    at,
    calendarOf,
    // A roster in a file knows of no work, and nothing is stored by this hash.
    openHandoffs: new Map(),
    hashOf: () => '',
  });
  const people = peopleOf(roster, begun.state, input.defaultZone);
  const record: HandoffRecord = {
    deal,
    package: deal.package,
    packageVersion: 0,
    state: begun.state,
    playbook: begun.frozen,
    steps: {},
    mails: {},
  };
  const outlook = outlookOf({ record, people, calendarOf, answers });
  const known: Known = { record, people, calendarOf, defaultZone: input.defaultZone };
  const { segment, industry, packagePercent: percent, packageComplete: complete } = begun.state;
  return {
    handoff: begun.state.id,
    customer: customerOf(record),
    playbook: playbook.name,
    segment,
    ...(industry !== undefined && { industry }),
    notes: begun.state.notes,
    package: { percent, complete, gaps: gapNames(begun.check.gaps) },
    people: roleIds.map((role) => holderExplained(role, known)),
    answers,
    escalations: begun.frozen.escalations ?? 'email',
    steps: outlook.steps.map((step) => stepExplained(step, known)),
    ...(outlook.closedAt !== undefined && { closedAt: { at: outlook.closedAt, zone: teller(known) } }),
    reminders: outlook.reminders.map((reminder) => reminderExplained(reminder, { ...known, record: outlook.record })),
  };
}

interface Known {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly calendarOf: CalendarOf;
  readonly defaultZone: string;
}

function peopleOf(roster: readonly Person[], { people }: HandoffState, zone: string): People {
  const known = new Map(roster.map((person) => [person.email, person]));
  for (const email of Object.values(people)) if (!known.has(email)) known.set(email, stranger(email, zone));
  return known;
}

const zoneOf = (known: Known, email: string | undefined): string =>
  known.people.get(email ?? '')?.availability.zone ?? known.defaultZone;

/** The zone in which what the system tells is counted. */
const teller = (known: Known): string => {
  const { people } = known.record.state;
  return zoneOf(known, people.customerSuccessManager ?? people.accountExecutive);
};

/** Whose manager holds a role, where they have one. */
const managed: Readonly<Partial<Record<RoleId, RoleId>>> = {
  salesManager: 'accountExecutive',
  successManager: 'customerSuccessManager',
};

function holderExplained(role: RoleId, { record, people }: Known): Explanation['people'][number] {
  const { state, playbook, deal } = record;
  const email = state.people[role];
  const name = playbook.roles[role].name;
  if (email === undefined)
    return {
      role: name,
      who: 'nobody',
      because: role === 'customerSuccessManager' ? state.assignedBecause : 'The roster has nobody.',
    };
  const who = mailboxOf(people, email).name;
  if (role === 'customerSuccessManager') return { role: name, who, because: state.assignedBecause };
  if (role === 'accountExecutive') {
    const because =
      email === deal.accountExecutive ? 'Sold the deal.' : `${mailboxOf(people, deal.accountExecutive).name} has left.`;
    return { role: name, who, because };
  }
  const below = managed[role];
  const of = below && state.people[below];
  const isTheirs = of !== undefined && people.get(of)?.manager === email;
  return { role: name, who, because: isTheirs ? `Manages ${mailboxOf(people, of).name}.` : 'The first in the roster.' };
}

function stepExplained(outlook: StepOutlook, known: Known): ExplainedStep {
  const { step, rule } = outlook;
  const named = { step, title: rule.title };
  if (outlook.kind === 'asked')
    return {
      ...named,
      asks: asksExplained(outlook, known),
      tells: outlook.tells.map((telling) => tellingExplained(telling, known)),
    };
  if (outlook.kind === 'told')
    return { ...named, tells: outlook.tells.map((telling) => tellingExplained(telling, known)) };
  const left = outlook.kind === 'passed over' ? `left out, because ${outlook.why}` : `not reached: ${outlook.why}`;
  return { ...named, left, tells: [] };
}

function asksExplained(outlook: AskedOutlook, known: Known): NonNullable<ExplainedStep['asks']> {
  const { rule, asked, holder, owner, ladder, offers } = outlook;
  const { playbook } = known.record;
  const zone = owner.availability.zone;
  const afterwards = playbook.ladders[rule.ladder]?.afterwards;
  return {
    who: owner.name,
    role: playbook.roles[rule.owner].name,
    ...(owner !== holder && { inPlaceOf: holder.name }),
    askedAt: { at: asked.askedAt, zone },
    dueAt: { at: asked.dueAt, zone },
    because: asked.because,
    mails: ladder.mails.map(({ at, kind, person, as, inDigest }) => ({
      at,
      zone: person.availability.zone,
      kind,
      to: person.name,
      as: as === 'owner' ? 'owner' : as === 'revenueOperations' ? playbook.roles.revenueOperations.name : as,
      ...(inDigest && { inDigest }),
    })),
    ...(afterwards && 'nagEvery' in afterwards && { nagsEvery: afterwards.nagEvery }),
    ends: { ...ladder.ends, zone },
    ...(offers && {
      offers: {
        title: offers.rule.title,
        who: mailboxOf(known.people, offers.asked.owner).name,
        dueAt: { at: offers.asked.dueAt, zone: zoneOf(known, offers.asked.owner) },
      },
    }),
    otherwise: otherAnswers(rule, playbook),
  };
}

function otherAnswers(rule: AskStep, playbook: FrozenPlaybook): readonly string[] {
  const { returns, repeat, scores } = rule;
  const label = (choice: string) => choiceOf(rule, choice)?.label ?? choice;
  return [
    ...(returns
      ? [
          `"${label(returns.choice)}" asks for "${playbook.steps[returns.to]?.title ?? returns.to}" again, within ${returns.within}.`,
        ]
      : []),
    ...(repeat
      ? [
          `"${label(repeat.choice)}", or no answer, asks again ${everyWords(repeat.every)}, ${repeat.times} times in all.`,
        ]
      : []),
    ...rule.choices.flatMap(({ label: named, negative, evidence }) => [
      ...(negative ? [followUpSaid(`"${named}"${repeat ? ', said for the last time,' : ''}`, negative)] : []),
      ...evidence.flatMap((field) =>
        field.negative ? [followUpSaid(`A no to "${field.label}"`, field.negative)] : [],
      ),
    ]),
    ...(scores ? [`A score below ${scores.atLeast} sends ${announcementRule(scores.say).called}.`] : []),
  ];
}

const followUpSaid = (answer: string, { title, within }: Negative): string =>
  `${answer} opens the follow-up "${title}", due within ${within}.`;

function tellingExplained({ say, at, record }: Telling, known: Known): ExplainedTelling {
  const { called, toCustomer } = announcementRule(say);
  const approving = stepApproving(record.playbook, say);
  const to = toCustomer
    ? [`the people at the customer chosen ${approving ? `in "${approving.rule.title}"` : 'there'}`]
    : recipients(say, { at, record }, known);
  return { say, called, to, at, zone: teller(known) };
}

/** Who the mail itself would go to, as the handoff stands then. */
function recipients(
  say: Announcement,
  { at, record }: { readonly at: Instant; readonly record: HandoffRecord },
  { people, calendarOf, defaultZone }: Known,
): readonly string[] {
  const site = { url: '', name: '', company: '', defaultZone };
  const draft = announcementMessage({ record, say, people, at, site, calendarOf });
  if ('nothing' in draft) return [];
  // Those who take part and were never asked for anything are invited by an email each.
  const invited = draft.invitation?.attendees ?? [];
  return [...new Set([...draft.to, ...draft.cc, ...invited].map(({ name }) => name))];
}

function reminderExplained({ say, at }: Reminder, known: Known): Explanation['reminders'][number] {
  const { called } = announcementRule(say);
  const to = at === undefined ? [] : recipients(say, { at, record: known.record }, known);
  return { say, called, to, zone: teller(known), ...(at !== undefined && { at }) };
}
