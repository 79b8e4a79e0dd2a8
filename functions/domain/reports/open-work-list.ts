import { excerpt } from '../fields/clean-text.ts';
import { inCharge } from '../handoff/exceptions.ts';
import { customerOf, type HandoffRecord, isClosed } from '../handoff/handoff.ts';
import { hostsOf, knownMeeting, meetingIn } from '../handoff/meetings.ts';
import { restOf } from '../handoff/resting.ts';
import { isOver } from '../handoff/step-rule.ts';
import type { Instant } from '../time/calendar.ts';
import { toldApart } from './told-apart.ts';

/** A step that waits for somebody, as a report lists it. */
export interface ListedStep {
  /** The same from one report to the next. */
  readonly key: string;
  readonly handoffId: string;
  readonly step: string;
  /** What is asked for: the step itself, a decision on an exception of it, or an open item. Pages count each by itself. */
  readonly kind: 'step' | 'decision' | 'open item';
  readonly title: string;
  /** With the deal, where several of that customer are looked at. */
  readonly customer: string;
  /** A mail address. */
  readonly owner: string;
  /** UTC. */
  readonly dueAt: Instant;
}

/** A meeting that is to come. */
export interface ListedMeeting {
  readonly customer: string;
  /** Of the step that plans or holds it. */
  readonly title: string;
  readonly at: Instant;
  readonly place?: string;
}

/**
 * The steps that wait for one of these owners (mail addresses), soonest due first: not those that may be left, nor those that
 * wait for the customer.
 */
export function openWorkList(
  records: readonly HandoffRecord[],
  { owners, at }: { readonly owners: ReadonlySet<string>; readonly at: Instant },
): readonly ListedStep[] {
  const called = withDeals(records);
  return records
    .flatMap((record) =>
      Object.keys(record.steps).flatMap((step): readonly ListedStep[] => {
        const charge = inCharge(record, step);
        if (!charge || charge.asked.decision || isOver(record, step) || charge.rule.optional) return [];
        const { owner, dueAt, round } = charge.asked;
        if (!owners.has(owner) || restOf(charge.asked, at)?.for === 'customer') return [];
        const { id } = record.state;
        const kind = charge.request ? 'decision' : charge.rule.settles ? 'open item' : 'step';
        const what = { handoffId: id, step, kind, title: charge.rule.title, customer: called(record) } as const;
        return [{ key: `${id}/${step}/${round}`, ...what, owner, dueAt }];
      }),
    )
    .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
}

/** The meetings in which somebody (a mail address) takes part from `at` until then, soonest first. */
export function comingMeetings(
  records: readonly HandoffRecord[],
  { email, at, until }: { readonly email: string; readonly at: Instant; readonly until: Instant },
): readonly ListedMeeting[] {
  const called = withDeals(records);
  return records
    .filter((record) => !isClosed(record.state.status))
    .flatMap((record) =>
      Object.keys(record.playbook.meetings).flatMap((id): readonly ListedMeeting[] => {
        const [meeting, known] = [meetingIn(record, id), knownMeeting(record, id)];
        if (meeting?.status !== 'planned' || !known || !hostsOf(record, known.rule).includes(email)) return [];
        const starts = Date.parse(meeting.at);
        if (starts < Date.parse(at) || starts >= Date.parse(until)) return [];
        const { title } = (known.holding ?? known.planning).rule;
        const { place } = meeting;
        return [{ customer: called(record), title, at: meeting.at, ...(place !== undefined && { place }) }];
      }),
    )
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

const withDeals = (records: readonly HandoffRecord[]): ((record: HandoffRecord) => string) =>
  toldApart(records, (record) => ({
    id: record.state.id,
    customer: customerOf(record),
    by: excerpt(record.deal.name, 60),
  }));
