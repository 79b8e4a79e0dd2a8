import type { EvidenceProblem } from '../fields/evidence.ts';
import type { EvidenceField } from '../fields/field-rule.ts';
import { capitalized } from '../fields/words.ts';
import { type HandoffRecord, isClosed } from '../handoff/handoff.ts';
import type { Link } from '../handoff/link.ts';
import type { MeetingRecord } from '../handoff/meeting-record.ts';
import type { TimeDoubts } from '../handoff/meeting-time.ts';
import { endOf, type KnownMeeting, knownMeeting, meetingIn } from '../handoff/meetings.ts';
import { leavesUndone } from '../playbook/capabilities.ts';
import type { Instant } from '../time/calendar.ts';
import { actionFields, type MeetingAction, meetingActions, type ReservedAction } from './step-actions.ts';

/** A meeting that somebody may still change. */
export interface LiveMeeting {
  readonly known: KnownMeeting;
  readonly stands: MeetingRecord;
}

/**
 * The meeting that a step plans or holds, as long as it can be changed: it is planned, and nobody has reported on it. One that
 * did not take place can be moved as well; where nobody is asked to report, until it is over.
 */
export function liveMeeting(record: HandoffRecord, step: string, at: Instant): LiveMeeting | undefined {
  const rule = record.playbook.steps[step];
  const id = rule?.kind === 'ask' ? (rule.plans ?? rule.holds) : undefined;
  const [known, stands] = id === undefined ? [] : [knownMeeting(record, id), meetingIn(record, id)];
  if (!known || stands?.status !== 'planned' || isClosed(record.state.status)) return undefined;
  const { holding } = known;
  const reported = holding && record.steps[holding.id]?.decision;
  const isOpen = holding
    ? reported === undefined || leavesUndone(holding.rule, reported.choice)
    : Date.parse(at) < Date.parse(endOf(stands));
  return isOpen ? { known, stands } : undefined;
}

/** The meetings that can be changed. */
const liveMeetings = (record: HandoffRecord, at: Instant): readonly LiveMeeting[] =>
  Object.keys(record.playbook.meetings).flatMap((id) => {
    const known = knownMeeting(record, id);
    return (known && liveMeeting(record, known.planning.id, at)) ?? [];
  });

/** The meetings that are planned, lie ahead, and have not been reported on. */
export const meetingsAhead = (record: HandoffRecord, at: Instant): readonly LiveMeeting[] =>
  liveMeetings(record, at).filter(({ stands }) => Date.parse(endOf(stands)) > Date.parse(at));

/** The meetings that the end of the handoff calls off, or has called off already. */
export function meetingsEnded(record: HandoffRecord, at: Instant): readonly LiveMeeting[] {
  const before = Object.values(record.meetings ?? {}).flatMap((stands): LiveMeeting[] => {
    const known = stands.ended && knownMeeting(record, stands.meeting);
    return known ? [{ known, stands }] : [];
  });
  // The handoff may have ended in an attempt that came no further.
  return [...before, ...meetingsAhead({ ...record, state: { ...record.state, status: 'open' } }, at)];
}

/**
 * The meeting that somebody may change through a link: that of its step, while it can be changed; else one that
 * they take part in, so that whoever was ever asked for something needs no link of its own for it.
 */
export function meetingBehind(record: HandoffRecord, { step, person }: Link, at: Instant): LiveMeeting | undefined {
  return liveMeeting(record, step, at) ?? liveMeetings(record, at).find(({ stands }) => stands.hosts.includes(person));
}

/** Who may change a meeting: everybody in it from the company, the owner of an open step of it, managers, revenue operations. */
function mayChange(record: HandoffRecord, { step, person, as }: Link, { stands }: LiveMeeting): boolean {
  const asked = record.steps[step];
  const isOwner = as === 'owner' && asked?.owner === person && asked.decision === undefined;
  return isOwner || stands.hosts.includes(person) || as === 'manager' || as === 'revenueOperations';
}

/** What somebody may do about the meeting of a step through their link. */
export function offeredMeetingActions(
  record: HandoffRecord,
  link: Link,
  at: Instant,
): { readonly meeting: LiveMeeting; readonly actions: readonly MeetingAction[] } | undefined {
  const meeting = meetingBehind(record, link, at);
  if (!meeting || !mayChange(record, link, meeting)) return undefined;
  const canBeCalledOff = meeting.known.holding?.rule.ifCalledOff !== undefined;
  return { meeting, actions: meetingActions.filter((action) => action !== 'call-off-meeting' || canBeCalledOff) };
}

/** The fields of an action behind a link; a meeting may be as short or as long, and is with whom its rule says. */
export function fieldsOfAction(
  record: HandoffRecord,
  { link, at }: { readonly link: Link; readonly at: Instant },
  action: ReservedAction,
): readonly EvidenceField[] {
  const rule = meetingBehind(record, link, at)?.known.rule;
  const ofMeeting = meetingActions.some((each) => each === action);
  return actionFields[action].map((field) => {
    if (field.kind === 'minutes' && rule) return { ...field, min: rule.minutes.least, max: rule.minutes.most };
    // What the customer hears of it is said where they take part.
    const { hint: _, ...plain } = field;
    return ofMeeting && !rule?.withCustomer ? plain : field;
  });
}

/** The fields that a doubtful time has to be explained and confirmed with, beside those of the form. */
export const doubtFields = {
  whyLate: {
    name: 'whyLate',
    label: 'Why it is later than promised',
    kind: 'longText',
    required: true,
  },
  timeConfirmed: {
    name: 'timeConfirmed',
    label: 'An unusual time',
    kind: 'checklist',
    required: true,
    items: ['Yes, this time is right'],
  },
} as const satisfies Readonly<Record<string, EvidenceField>>;

/** The fields that the doubts about a time ask for. Moving a meeting has its own field for why. */
export const fieldsFor = (
  { late, unlikely }: TimeDoubts,
  form: { readonly hasReason: boolean },
): readonly EvidenceField[] => [
  ...(late !== undefined && !form.hasReason ? [doubtFields.whyLate] : []),
  ...(unlikely.length > 0 ? [doubtFields.timeConfirmed] : []),
];

/** What is missing of an answer to doubts about a time: each problem with its field. */
export function doubtProblems(
  { late, unlikely }: TimeDoubts,
  said: { readonly whyField: string; readonly why: string; readonly confirmed: boolean },
): readonly EvidenceProblem[] {
  return [
    ...(late !== undefined && said.why === ''
      ? [{ field: said.whyField, problem: `This was promised by ${late}. Enter why it is later` }]
      : []),
    ...(unlikely.length > 0 && !said.confirmed
      ? [
          {
            field: doubtFields.timeConfirmed.name,
            problem: `Really? ${capitalized(unlikely.join('; '))}. Tick the box if the time is right, or choose another`,
          },
        ]
      : []),
  ];
}
