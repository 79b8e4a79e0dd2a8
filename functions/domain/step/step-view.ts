import type { Gap } from '../deal/completeness.ts';
import { gapText } from '../deal/gap-text.ts';
import { packageFields } from '../deal/package.ts';
import { cleanText, excerpt } from '../fields/clean-text.ts';
import { once } from '../fields/lazily.ts';
import { capitalized } from '../fields/words.ts';
import { type AnsweredGapText, handedOverAgain } from '../handoff/answered-gaps.ts';
import { behindPromise, behindText } from '../handoff/behind.ts';
import { type InCharge, inCharge } from '../handoff/exceptions.ts';
import type { Fact } from '../handoff/fact.ts';
import { type FloorItem, floorOf } from '../handoff/floor.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { briefOf } from '../handoff/handoff-package.ts';
import type { Link } from '../handoff/link.ts';
import { type MeetingQuestions, questionsAt } from '../handoff/meeting-questions.ts';
import { endOf, meetingIn } from '../handoff/meetings.ts';
import { type NoteView, notesOf } from '../handoff/notes.ts';
import type { Saved } from '../handoff/package-history.ts';
import { gapLine, returnedGaps } from '../handoff/returns.ts';
import { leftOutBefore } from '../handoff/sent-before.ts';
import type { SiteFacts } from '../handoff/site.ts';
import { hasPlan, planOf } from '../handoff/standing-plan.ts';
import { pauseAt, type StepRecord } from '../handoff/step-record.ts';
import { askedStep, isOver } from '../handoff/step-rule.ts';
import { stillActs } from '../handoff/still-acts.ts';
import { type StillOpen, stillOpen } from '../handoff/still-open.ts';
import { type CalendarOf, calledOf, type Mailbox, mailboxOf, nameOf, type People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { AskStep, Capacity } from '../playbook/playbook.ts';
import { type Instant, workingTimeBetween } from '../time/calendar.ts';
import { clockIn, momentIn, reckoning, spanText, workingSpan } from '../time/wording.ts';
import { offeredMeetingActions } from './meeting-offers.ts';
import { meetingMoment } from './meeting-zones.ts';
import { type PackageFormView, packageForm } from './package-form.ts';

import { noticeOf } from './step-notice.ts';
import { type ActionView, type ChoiceView, offeredActions, offeredChoices, offeredMeeting } from './step-offers.ts';
import type { TrailLine } from './trail-view.ts';
import { type WhereWeStand, whereWeStand } from './where-we-stand.ts';

/** Everything the page behind a link shows. */
export interface StepView {
  readonly handoffId: string;
  readonly step: string;
  readonly round: number;
  readonly capacity: Capacity;
  readonly person: Mailbox;
  /** IANA zone of the person: all times on the page are in it, and are typed in it. */
  readonly zone: string;
  readonly owner: Mailbox;
  readonly customer: string;
  readonly deal: string;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  /** `act`: choices or actions are open to this person. The rest show only. */
  readonly state: 'act' | 'read-only' | 'decided' | 'closed';
  /** Why the person cannot act, and who can; for managers: how matters stand. */
  readonly notice?: string;
  /** What somebody gave as their reason, in their own words. */
  readonly reasons?: readonly string[];
  readonly due: {
    readonly at: Instant;
    /** In the person's zone. */
    readonly text: string;
    /** How it is counted, in the owner's zone. */
    readonly because: string;
    /** What was promised, where the owner has longer than that because of what came before them: sentences. */
    readonly promised?: { readonly text: string; readonly because: string; readonly cause: string };
    readonly state: 'in time' | 'due soon' | 'overdue' | 'waiting';
    /** '7 hours of working time left', '2 days overdue'. */
    readonly words: string;
  };
  /** Why it came back. */
  readonly returned?: { readonly by: string; readonly when: string; readonly gaps: readonly string[] };
  /** What became of the gaps with which this step returned it, when it was handed over again. */
  readonly answered?: {
    /** Who handed it over again, if somebody did. */
    readonly by?: string;
    readonly when: string;
    readonly gaps: readonly AnsweredGapText[];
  };
  /** For those who look at an incomplete package but do not fill it in. */
  readonly gaps: readonly string[];
  readonly choices: readonly ChoiceView[];
  readonly packageForm?: PackageFormView;
  readonly actions: readonly ActionView[];
  /** The meeting that the step plans or holds, once it is planned; else the next one ahead that the reader takes part in. */
  readonly meeting?: {
    readonly id: string;
    /** To be sent back, so that nobody changes what somebody else changed before. */
    readonly version: number;
    /** When it is, in the person's zone; how it was changed last. */
    readonly text: string;
  };
  /** The brief in a few lines; the whole is a page of its own. */
  readonly summary: readonly Fact[];
  /** What is read before it is decided. */
  readonly shows?: 'brief' | 'plan';
  /** What must be so before the first contact, and how it stands. */
  readonly floor: readonly FloorItem[];
  /** What is still open where the package is handed over, or the handoff signed off; empty elsewhere. */
  readonly stillOpen: readonly StillOpen[];
  /** The reviewer's questions for the meeting that this step holds. */
  readonly questions?: MeetingQuestions;
  /** Whether there is a success plan to read, a page of its own; its text where the step is about it. */
  readonly plan?: { readonly text?: string };
  /** Who has the mail of this step, or of the step before, since the deal was won before, and does not get it again. */
  readonly sentBefore?: string;
  /** What colleagues noted, newest first. */
  readonly notes: readonly NoteView[];
  /** Where the handoff stands, and who has a part in it. */
  readonly standing: WhereWeStand;
  /** What happened so far, newest last; undefined where it was not read. */
  readonly trail?: readonly TrailLine[];
  readonly site: SiteFacts;
}

export interface StepViewInput {
  readonly record: HandoffRecord;
  readonly link: Link;
  readonly people: People;
  /** For choosing a colleague. */
  readonly roster?: readonly Person[];
  /** What the step's owner is to supply to the package. */
  readonly gaps: readonly Gap[];
  /** Who got the step's mail to the customer in an earlier won episode, in a sentence. */
  readonly sentBefore?: string | undefined;
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
  readonly site: SiteFacts;
}

interface Found extends StepViewInput {
  readonly floor: readonly FloorItem[];
  readonly rule: AskStep;
  readonly asked: StepRecord;
  readonly zone: string;
  /** Who is asked to do what now: the owner, or whoever reviews an exception. */
  readonly charge: InCharge;
}

/**
 * What the page behind a link shows and offers to the person it belongs to. Only the step's owner of today is offered its
 * choices; a link of somebody who was owner before, or looked after the owner before, shows only. Undefined when the step was never asked: there is no such page.
 */
export function viewStep(given: StepViewInput): StepView | undefined {
  const { record, people, site, at } = given;
  const found = askedStep(record, given.link.step);
  if (found === undefined) return undefined;
  const isReplaced = !stillActs(record, people, { asked: found.asked, link: given.link });
  const input: StepViewInput = isReplaced ? { ...given, link: { ...given.link, as: 'reader' } } : given;
  const { link } = input;
  const zone = people.get(link.person)?.availability.zone ?? site.defaultZone;
  const charge = inCharge(record, link.step) ?? found;
  const { rule, asked } = found;
  const shown = link.as === 'reviewer' ? charge.rule : rule;
  const floor = floorOf({ record, step: link.step, people, at, zone });
  const all: Found = { ...input, ...found, zone, floor, charge };
  const state = stateOf(all, isReplaced);
  const choices = state === 'act' ? offeredChoices(all) : [];
  const owes = asked.item?.paths;
  const fillsPackage = (rule.fills === 'package' || owes) && state === 'act' && link.as === 'owner';
  const notice = noticeOf(all, state);
  const returned = returnedGaps({ record, step: link.step, asked });
  const questions = questionsAt(record, rule, people);
  const sentBefore =
    state === 'act'
      ? (input.sentBefore ?? leftOutBefore(record, { person: link.person, askedAt: asked.askedAt }))
      : undefined;
  const summary = once(() => summaryOf(record, people));
  const standing = once(() => whereWeStand({ record, people, calendarOf: input.calendarOf, zone, at }, link.step));
  return {
    handoffId: record.state.id,
    step: link.step,
    round: asked.round,
    capacity: link.as,
    person: mailboxOf(people, link.person),
    zone,
    owner: mailboxOf(people, asked.owner),
    customer: customerOf(record),
    deal: excerpt(record.deal.name, 120),
    title: shown.title,
    what: shown.what,
    why: shown.why,
    state,
    ...notice,
    due: dueOf(all),
    ...(returned === undefined
      ? {}
      : {
          returned: {
            by: nameOf(people, returned.by),
            when: momentIn(zone, returned.at, at),
            gaps: returned.gaps.map((gap) => gapLine(record, gap)),
          },
        }),
    ...answeredOf(all),
    gaps: (rule.fills === 'package' || owes) && !fillsPackage ? input.gaps.map(gapText) : [],
    choices,
    ...(fillsPackage
      ? { packageForm: packageForm(record, link.step, { gaps: input.gaps, savedBy: savedBy(all) }) }
      : {}),
    actions: actionsOn(all, state),
    ...meetingOf(all),
    // Whoever decides looks at what is offered; only who reads the page needs all it says about the handoff.
    get summary() {
      return summary();
    },
    floor,
    stillOpen: isAboutAll(rule) ? stillOpen({ record, people, at, zone }) : [],
    ...(rule.shows !== undefined && { shows: rule.shows }),
    ...(questions && { questions }),
    ...(hasPlan(record) && { plan: rule.shows === 'plan' ? { text: planOf(record).text } : {} }),
    ...(sentBefore !== undefined && { sentBefore }),
    notes: notesOf(record, { people, zone, at }),
    get standing() {
      return standing();
    },
    site,
  };
}

/** Where it matters what the handoff goes on without: the package is handed over, or the handoff is signed off. */
const isAboutAll = ({ fills, marks }: AskStep): boolean => fills === 'package' || marks === 'handoffConfirmed';

function answeredOf({ record, link, people, zone, at }: Found): Pick<StepView, 'answered'> {
  const answered = handedOverAgain(record, link.step);
  if (answered === undefined) return {};
  const { returned, again, gaps } = answered;
  const when = momentIn(zone, returned.at, at);
  return { answered: { ...(again && { by: nameOf(people, again.by) }), when, gaps } };
}

function meetingOf({ record, rule, link, people, zone, at }: Found): Pick<StepView, 'meeting'> {
  const stands =
    offeredMeetingActions(record, link, at)?.meeting.stands ?? meetingIn(record, rule.plans ?? rule.holds ?? '');
  if (!stands) return {};
  const when = meetingMoment({ record, people, zone, at }, stands.meeting, stands.at);
  const changed = `by ${nameOf(people, stands.by)} on ${momentIn(zone, stands.changedAt, at)}`;
  const text =
    stands.status === 'off'
      ? `The meeting on ${when} was canceled ${changed}.`
      : `The meeting ${Date.parse(endOf(stands)) > Date.parse(at) ? 'is' : 'was'} on ${when}, ${stands.minutes} minutes${stands.before === undefined ? '' : `; moved ${changed}`}.`;
  return { meeting: { id: stands.meeting, version: stands.sequence, text } };
}

function actionsOn(found: Found, state: StepView['state']): readonly ActionView[] {
  if (state === 'act' || state === 'read-only') return offeredActions(found, state);
  return state === 'decided' ? offeredMeeting(found) : [];
}

/** Whom the forms of a choice or action offer to name: the only ones that may be named in it. */
export function offeredPeople(view: StepView, choice: string): ReadonlySet<string> {
  const form = [...view.choices, ...view.actions].find(({ id }) => id === choice);
  return new Set(form?.fields.flatMap(({ options = [] }) => options.map(({ value }) => value)));
}

function stateOf({ record, link, asked }: Found, isReplaced: boolean): StepView['state'] {
  if (asked.decision !== undefined) return 'decided';
  if (isOver(record, link.step)) return 'closed';
  return isReplaced || (link.as === 'owner' && link.person !== asked.owner) ? 'read-only' : 'act';
}

/** Who saved an answer of the package, and when: 'Lena, 10:42 AM'. */
export const savedBy =
  ({ link, people, zone, at }: Pick<Found, 'link' | 'people' | 'zone' | 'at'>) =>
  (saved: Saved | undefined): string => {
    if (!saved) return 'From the deal';
    const who = saved.by === link.person ? 'You' : capitalized(calledOf(people, saved.by));
    return `${who}, ${clockIn(zone, saved.at, at)}`;
  };

const soon = 4 * 3_600_000;

function dueOf({ record, link, charge, at, zone, people, calendarOf, ...found }: Found): StepView['due'] {
  const asked = link.as === 'owner' ? found.asked : charge.asked;
  const text = momentIn(zone, asked.dueAt, at);
  const sameZone = people.get(asked.owner)?.availability.zone === zone;
  const because = reckoning(asked.because, sameZone);
  const behind = behindPromise(record, asked, { people, calendarOf, zone, at });
  const promised = behind && {
    text: momentIn(zone, behind.promisedAt, at),
    because: capitalized(reckoning(asked.promise ?? '', sameZone)),
    cause: behindText(behind),
  };
  const base = { at: asked.dueAt, text, because: capitalized(because), ...(promised && { promised }) };
  const pause = pauseAt(asked, at);
  if (link.as === 'owner' && charge.request) {
    const { reviewer, at: since } = charge.request;
    const words = `waiting for ${nameOf(people, reviewer)}’s decision since ${momentIn(zone, since, at)}`;
    return { ...base, state: 'waiting', words };
  }
  if (pause !== undefined) {
    const words = `waiting for the customer until ${momentIn(zone, pause.until, at)}: ${excerpt(pause.reason, 200)}`;
    return { ...base, state: 'waiting', words };
  }
  const end = asked.decision?.at ?? at;
  const left = Date.parse(asked.dueAt) - Date.parse(end);
  if (left < 0)
    return { ...base, state: 'overdue', words: `${spanText(-left)} ${asked.decision ? 'late' : 'overdue'}` };
  if (asked.decision !== undefined) return { ...base, state: 'in time', words: 'in time' };
  const owner = people.get(asked.owner);
  const working = owner === undefined ? left : workingTimeBetween(at, asked.dueAt, calendarOf(owner));
  const words = working > 0 ? `${workingSpan(working)} of working time left` : `${spanText(left)} left`;
  return { ...base, state: working <= soon ? 'due soon' : 'in time', words };
}

const inSummary = new Set(packageFields.filter((field) => field.inSummary).map(({ path }) => path));

function summaryOf(record: HandoffRecord, people: People): Fact[] {
  const { sections } = briefOf(record, people, { only: inSummary });
  return sections
    .flatMap(({ lines }) => lines)
    .map(({ label, text }) => ({ label, value: excerpt(cleanText(text), 240) }));
}
