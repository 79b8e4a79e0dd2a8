import { inCharge } from '../handoff/exceptions.ts';
import { customerOf, type HandoffRecord, isClosed, isOver, pauseAt } from '../handoff/handoff.ts';
import { hostsOf, knownMeeting, meetingIn } from '../handoff/meetings.ts';
import type { Instant } from '../time/calendar.ts';

/** A step that waits for somebody, as a report lists it. */
export interface ListedStep {
  /** The same from one report to the next. */
  readonly key: string;
  readonly handoffId: string;
  readonly step: string;
  readonly title: string;
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
  return records
    .flatMap((record) =>
      Object.keys(record.steps).flatMap((step): readonly ListedStep[] => {
        const charge = inCharge(record, step);
        if (!charge || charge.asked.decision || isOver(record, step) || charge.rule.optional) return [];
        const { owner, dueAt, round } = charge.asked;
        if (!owners.has(owner) || pauseAt(charge.asked, at)) return [];
        const { id } = record.state;
        const what = { handoffId: id, step, title: charge.rule.title, customer: customerOf(record) };
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
        return [{ customer: customerOf(record), title, at: meeting.at, ...(place !== undefined && { place }) }];
      }),
    )
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
