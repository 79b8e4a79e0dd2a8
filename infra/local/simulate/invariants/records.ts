import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { meetingIn } from '../../../../functions/domain/handoff/meetings.ts';
import { roundsOf } from '../../../../functions/domain/handoff/step-record.ts';
import { calledOff } from '../../../../functions/domain/playbook/capabilities.ts';
import { type Invariant, mailsOf, shown } from './invariant.ts';
import { isOverTooSoon } from './meetings.ts';

export const everyDecisionIsOnRecord: Invariant = {
  name: 'the audit trail has every decision, once',
  broken: ({ handoffs }) =>
    handoffs.flatMap(({ record, audit }) =>
      Object.values(record.steps).flatMap((step) => {
        const decided = roundsOf(step).filter(({ decision }) => decision !== undefined);
        return decided.flatMap(({ decision, round }) => {
          // A meeting is called off from any page.
          const entries = audit.filter((entry) =>
            decision?.choice === calledOff
              ? entry.what === 'meeting-called-off'
              : entry.step === step.step && noted.includes(entry.what),
          );
          const decidedAt = Date.parse(decision?.at ?? '');
          const same = entries.filter(({ at, who, what }) => {
            // The step that was to report on the meeting ends then, or when the flow comes to it.
            const isThen = what === 'meeting-called-off' ? Date.parse(at) <= decidedAt : Date.parse(at) === decidedAt;
            return isThen && who === decision?.by;
          });
          return same.length === 1 || (decision?.choice === calledOff && same.length > 0)
            ? []
            : [
                `${record.state.id}: ${step.step} (round ${round}) was decided by ${decision?.by} at ${shown(decision?.at ?? '')}: ${same.length} entries`,
              ];
        });
      }),
    ),
};

/** How a decision stands in the audit trail. */
const noted: readonly string[] = ['decided', 'unanswered', 'exception-granted'];

export const noMailIsUnknown: Invariant = {
  name: 'of no mail it is unknown whether it went out',
  broken: ({ handoffs, mails }) =>
    handoffs.flatMap(({ record }) =>
      Object.values(record.mails)
        .filter(({ status }) => status === 'claimed')
        // It went out without a note of it, or whoever it was for has heard something newer.
        .filter(({ key, at }) => {
          const later = mailsOf(record.state.id, mails).filter((mail) => mail.at >= Date.parse(at));
          const last = key.split('/').at(-1) ?? '';
          return !later.some(({ to, tags }) =>
            last.includes('@') ? to.some(({ address }) => address === last) : tags['kind'] === last,
          );
        })
        .filter(({ key }) => !isOfMeetingOver(record, key))
        .filter(({ key, at }) => !isAnsweredSince(record, key, at))
        .map(({ key, at }) => `${record.state.id}: ${key}, claimed at ${shown(at)}`),
    ),
};

/** Whether a mail tells of the change of a meeting that was over before anybody could be told. */
function isOfMeetingOver(record: HandoffRecord, key: string): boolean {
  const [first, meeting = ''] = key.split('/');
  const stands = first === 'meeting' ? meetingIn(record, meeting) : undefined;
  return stands !== undefined && isOverTooSoon(stands);
}

/** Whether it asks a colleague for what was decided before SES took mail again: nobody tries once more. */
function isAnsweredSince({ steps }: HandoffRecord, key: string, at: string): boolean {
  const [step = '', askedAt] = key.split('/');
  const rounds = steps[step] === undefined ? [] : roundsOf(steps[step]);
  const { decision } = rounds.find((round) => round.askedAt === askedAt) ?? {};
  return decision !== undefined && Date.parse(decision.at) >= Date.parse(at);
}

export const recordsAndExecutionsMatch: Invariant = {
  name: 'no execution is without its record, and no record without its execution',
  broken: ({ handoffs, executions, records }) => [
    ...executions
      .filter((name) => !handoffs.some(({ record }) => name === record.state.id || name.startsWith(record.state.id)))
      .map((name) => `The execution ${name} has no record.`),
    ...records.filter((id) => !executions.includes(id)).map((id) => `The handoff ${id} has no execution.`),
  ],
};
