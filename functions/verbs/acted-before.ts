import { type Act, actsIn } from '../domain/handoff/acts.ts';
import { pendingRequest } from '../domain/handoff/exceptions.ts';
import { knownMeeting } from '../domain/handoff/meetings.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { moved, offNow } from './change-meeting.ts';
import { digestOf, done, peopleKnown } from './deciding.ts';
import { answeredInPart, passed, requested } from './exceptions.ts';
import { awayNow } from './say-away.ts';
import { sendBack } from './send-back.ts';
import { type Acted, noted, paused, reassigned } from './step-actions.ts';

/**
 * The same form once more, by whoever did something by it: their first attempt was interrupted, or its answer was lost. It is
 * put on record if it was not, and what follows from it is done; undefined where nothing was done by this form.
 */
export async function actedBefore(acting: Acted): Promise<StepOutcome | undefined> {
  const { world, opened } = acting;
  const act = actBy(acting);
  if (!act) return undefined;
  await world.audit.write(opened.record.state.id, act.entry);
  return following(acting, act);
}

/**
 * What somebody did stands, but somebody else is sending one of the mails that follow from it: its execution is sent back to
 * ask, and does what is left. Undefined where nothing was done.
 */
export async function leftToOthers(acting: Acted): Promise<StepOutcome | undefined> {
  const { world, opened } = acting;
  if (!actBy(acting)) return undefined;
  await sendBack(world, opened.record);
  return done(acting, 'It’s on record', { next: 'Everybody concerned hears of it by email.' });
}

/** What was done by this form. */
function actBy({ world, opened, submission }: Acted): Act | undefined {
  const { record, link, person } = opened;
  const form = digestOf(world, submission.form);
  return actsIn(record, peopleKnown(opened)).find(
    ({ form: by, entry }) => by === form && entry.who === person.email && entry.step === link.step,
  );
}

/** What follows from what was done. */
async function following(acting: Acted, { entry: { what }, form }: Act): Promise<StepOutcome | undefined> {
  const { record, link, person } = acting.opened;
  const step = record.steps[link.step];
  const request = step?.exceptions?.findLast((each) =>
    [each.form, each.handed?.form, each.answer?.form].includes(form),
  );
  const meeting = Object.values(record.meetings ?? {}).find((each) => each.form === form);
  const known = meeting && knownMeeting(record, meeting.meeting);
  const live = known && { known, stands: meeting };
  const notes = person.awayNotes ?? [];
  const said = notes.find((each) => each.said?.form === form);
  if (what === 'note') return noted(acting);
  if (said) return awayNow(acting, said, notes);
  if (live) return what === 'meeting-moved' ? moved(acting, live) : offNow(acting, live);
  if (!step || step.decision) return undefined;
  if (step.handed?.form === form) return reassigned(acting, { step, ...tokenOf(step) });
  const pause = step.pauses.find((each) => each.form === form);
  if (pause) return paused(acting, { step, ...tokenOf(step) }, pause.until);
  const pending = pendingRequest(step);
  // Asked for once more since: the same words answer the next request.
  const answer = pending ? undefined : request?.answer;
  if (answer && answer.form === form) return answeredInPart(acting, { step, answer, ...tokenOf(step) });
  if (!request || pending !== request) return undefined;
  return request.form === form
    ? requested(acting, { step, request, ...tokenOf(step) })
    : passed(acting, { step, ...tokenOf(step) }, request.reviewer);
}

const tokenOf = ({ token }: { readonly token?: string }) => (token === undefined ? {} : { token });
