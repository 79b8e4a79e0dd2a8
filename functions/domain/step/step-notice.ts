import { packageFields } from '../deal/package.ts';
import type { ExceptionRequest } from '../handoff/exception-request.ts';
import { type InCharge, lastAnswer } from '../handoff/exceptions.ts';
import { type HandoffRecord, statusText } from '../handoff/handoff.ts';
import type { Link } from '../handoff/link.ts';
import type { StepRecord } from '../handoff/step-record.ts';
import { nameOf, type People } from '../people/people.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { momentIn } from '../time/wording.ts';

/** Why somebody cannot act, and who can; or how matters stand. */
export interface StepNotice {
  readonly notice?: string;
  /** What somebody gave as their reason, in their own words. */
  readonly reasons?: readonly string[];
}

interface Seen {
  readonly record: HandoffRecord;
  readonly link: Link;
  readonly people: People;
  readonly rule: AskStep;
  readonly asked: StepRecord;
  readonly charge: InCharge;
  readonly zone: string;
  readonly at: Instant;
}

/** What the page of a step says first to the person it belongs to. */
export function noticeOf(seen: Seen, state: 'act' | 'read-only' | 'decided' | 'closed'): StepNotice {
  const { record, link, people, asked, zone, at, rule, charge } = seen;
  const owner = nameOf(people, asked.owner);
  switch (state) {
    case 'read-only':
      return { notice: `${owner} has this step now. Nothing needs you here.` };
    case 'decided': {
      const { decision } = asked;
      if (decision === undefined) return {};
      const when = momentIn(zone, decision.at, at);
      if (decision.by === 'system' && decision.choice !== 'unanswered')
        return { notice: `This was settled on ${when}: what was missing has come in.` };
      const label = rule.choices.find(({ id }) => id === decision.choice)?.label ?? decision.choice;
      const who = decision.by === link.person ? 'You' : nameOf(people, decision.by);
      return { notice: `${who} decided on ${when}: ${label}.` };
    }
    case 'closed':
      return { notice: `This handoff is ${statusText(record.state.status)}. There is nothing left to do.` };
    case 'act':
      if (link.as === 'owner') return exceptionNotice(seen);
      if (charge.request) return reviewNotice(charge.request, seen);
      if (link.as === 'reviewer') return { notice: 'There is no exception for you to decide on.' };
      return { notice: `${owner} was asked on ${momentIn(zone, asked.askedAt, at)}; it’s open.` };
  }
}

/** To the step's owner: who decides on the exception, or what they said. */
function exceptionNotice({ charge: { request }, asked, people, zone, at }: Seen): StepNotice {
  if (request)
    return {
      notice: `Waiting for ${nameOf(people, request.reviewer)}’s decision since ${momentIn(zone, request.at, at)}. Keep adding; it’s saved. Hand everything over, and no exception is needed.`,
    };
  const answer = lastAnswer(asked);
  if (!answer) return {};
  const declined = answer.fields.filter(({ granted }) => !granted);
  const own = declined.flatMap(({ path, reason }) => {
    const label = packageFields.find((field) => field.path === path)?.label ?? path;
    return reason === undefined || reason === answer.reason ? [] : [`${label}: ${reason}`];
  });
  const still = declined.length === 1 ? '1 answer is' : `${declined.length} answers are`;
  return {
    notice: `${nameOf(people, answer.by)} decided on the exception: ${still} still needed.`,
    // Where some was granted, what was said of all is why that may wait.
    reasons: declined.length < answer.fields.length ? own : [answer.reason, ...own],
  };
}

/** To whoever decides, and to those who look after them. */
function reviewNotice(
  { by, at: since, reason, reviewer }: ExceptionRequest,
  { link, people, zone, at }: Seen,
): StepNotice {
  const asks = `${nameOf(people, by)} asked on ${momentIn(zone, since, at)} to go ahead without what is missing.`;
  const open = link.as === 'reviewer' ? '' : ` It’s with ${nameOf(people, reviewer)} to decide.`;
  return { notice: `${asks}${open}`, reasons: [reason] };
}
