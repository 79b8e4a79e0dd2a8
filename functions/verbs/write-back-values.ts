import { startOf } from '../domain/fields/clean-text.ts';
import { anchorsOf } from '../domain/handoff/anchors.ts';
import { doneDecision, writtenTexts } from '../domain/handoff/decisions.ts';
import { type HandoffRecord, isClosed, statusText } from '../domain/handoff/handoff.ts';
import { scoreOf } from '../domain/handoff/handoff-score.ts';
import { phaseOf } from '../domain/handoff/phase.ts';
import { accountableOf } from '../domain/handoff/roles-held.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import { nameOf, type People } from '../domain/people/people.ts';
import { stepMarking } from '../domain/playbook/capabilities.ts';
import type { Anchor } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { dayIn } from '../domain/time/formats.ts';
import { type CrmNote, type WriteBackValues, writeBackFields } from '../ports/crm.ts';

/** What it is read by: names in place of addresses, days in the company's zone. */
interface Readers {
  readonly people: People;
  readonly site: Pick<SiteFacts, 'url' | 'defaultZone'>;
  /** UTC. */
  readonly at: Instant;
}

type TextField = 'status' | 'phase' | 'owner' | 'meetingNotes';

/** A text as its field takes it: a CRM refuses all values of a write of which one is too long. */
const fitting = (field: TextField, text: string | undefined): string | null =>
  text === undefined ? null : startOf(text, writeBackFields[field].most);

/** What the CRM's record of a deal should say of its handoff. What has not come about is null. */
export function writeBackValues(record: HandoffRecord, { people, site, at }: Readers): Required<WriteBackValues> {
  const { state } = record;
  const page = `${site.url}/operations/handoffs/${state.id}`;
  const accountable = accountableOf(record);
  const reached = reachedIn(record);
  const dayOf = (anchor: Anchor): string | null => {
    const when = reached(anchor);
    return when === undefined ? null : dayIn(when, site.defaultZone);
  };
  return {
    status: fitting('status', statusText(state.status)),
    phase: fitting('phase', phaseOf(record)),
    owner: fitting('owner', accountable && nameOf(people, accountable)),
    // A handoff that has only begun has nothing to its discredit yet.
    score: isTakenOver(record) ? (scoreOf(record, at).points ?? null) : null,
    board: page,
    brief: `${page}?view=brief`,
    introducedOn: dayOf('introductionSent'),
    kickoffOn: dayOf('kickoffHeld'),
    signedOffOn: dayOf('handoffConfirmed'),
    firstValueOn: dayOf('firstValueReached'),
    meetingNotes: fitting('meetingNotes', notesOf(record, 'internalMeetingHeld')),
  };
}

/** Whether customer success has signed off, or it has ended without that. */
const isTakenOver = (record: HandoffRecord): boolean =>
  isClosed(record.state.status) || reachedIn(record)('handoffConfirmed') !== undefined;

/** When a moment came, UTC: not where its step was skipped, or nobody answered. */
const reachedIn = (record: HandoffRecord): ((anchor: Anchor) => Instant | undefined) => {
  const anchors = anchorsOf(record);
  return (anchor) => {
    const step = stepMarking(record.playbook, anchor as Parameters<typeof stepMarking>[1]);
    return step && doneDecision(record, step.id) ? anchors[anchor] : undefined;
  };
};

/** What was written about the meeting that marks a moment. */
function notesOf(record: HandoffRecord, anchor: 'internalMeetingHeld'): string | undefined {
  const step = stepMarking(record.playbook, anchor);
  const decision = step && doneDecision(record, step.id);
  if (!step || !decision) return undefined;
  const texts = writtenTexts(step.rule, decision).map(({ label, text }) => `${label}: ${text}`);
  return texts.length > 0 ? texts.join('\n') : undefined;
}

/** A note on the deal, once. */
interface Milestone extends CrmNote {
  readonly key: string;
}

const milestones = {
  introductionSent: 'introduced themselves to the customer',
  kickoffHeld: 'held the kickoff',
  handoffConfirmed: 'signed off on the handoff',
  firstValueReached: 'recorded first value',
} as const satisfies Partial<Record<Anchor, string>>;

/** What is worth a note on the deal, oldest first. */
export function milestonesOf(record: HandoffRecord, { people }: Pick<Readers, 'people'>): readonly Milestone[] {
  const { state } = record;
  const accountable = accountableOf(record);
  const who = accountable === undefined ? undefined : nameOf(people, accountable);
  const reached = reachedIn(record);
  const begun = who === undefined ? 'The handoff started.' : `The handoff started. ${who} takes over.`;
  const steps = Object.entries(milestones).flatMap(([anchor, did]) => {
    const at = reached(anchor as keyof typeof milestones);
    const step = stepMarking(record.playbook, anchor as keyof typeof milestones);
    const by = step && doneDecision(record, step.id)?.by;
    return at === undefined || by === undefined ? [] : [{ key: anchor, at, text: `${nameOf(people, by)} ${did}.` }];
  });
  const { status, endedAt, reason } = state;
  const ended =
    endedAt === undefined
      ? []
      : [{ key: status, at: endedAt, text: `The handoff is ${statusText(status)}.${reason ? ` ${reason}` : ''}` }];
  return [{ key: 'begun', at: state.startedAt, text: begun }, ...steps, ...ended].sort((one, other) =>
    one.at < other.at ? -1 : one.at > other.at ? 1 : 0,
  );
}
