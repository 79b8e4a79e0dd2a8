import { textsOf } from '../domain/fields/evidence.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { customerOf, type HandoffRecord } from '../domain/handoff/handoff.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { MailInHand } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { cancelHandoff, cancelHandoffUses, finishCancel } from './cancel-handoff.ts';
import type { Deciding, Submission } from './deciding.ts';
import { sendBack, sendBackUses } from './send-back.ts';

export const cancelOnPageUses = [...sendBackUses, ...cancelHandoffUses] as const;

type Canceling = WorldOf<typeof cancelOnPageUses>;

/** Somebody cancels a handoff. Where what follows cannot be done from here, its execution is woken to do it. */
export async function cancelOnPage(
  { world, opened, submission: { at } }: Deciding<typeof cancelOnPageUses>,
  evidence: Evidence,
): Promise<StepOutcome> {
  const handoffId = opened.record.state.id;
  const reason = String(evidence['reason'] ?? '');
  const by = opened.person.email;
  await orItsExecution(world, handoffId, () => cancelHandoff(world)({ handoffId, by, reason, at, from: 'page' }));
  return isCanceled(opened.record);
}

/** Whoever canceled it sends that once more, because the first attempt was interrupted: what is left of it is done. */
export async function cancelAgain(
  world: Canceling,
  outcome: StepOutcome,
  { form, at }: Submission,
): Promise<StepOutcome> {
  if (outcome.kind !== 'closed' || textsOf(form, 'choice')[0] !== 'cancel') return outcome;
  const [why = ''] = textsOf(form, 'reason');
  const { record, isOwn } = outcome;
  const { id, status, endedBy: by, reason = '' } = record.state;
  if (status !== 'cancelled' || by === undefined || !isOwn || why.trim() !== reason) return outcome;
  await orItsExecution(world, id, () => finishCancel(world, { record, by, reason, at, from: 'page' }));
  return isCanceled(record);
}

/** Throws what went wrong, unless the execution that waits can be woken to go on with it, or somebody else is at it. */
async function orItsExecution(world: Canceling, handoffId: string, finish: () => Promise<unknown>): Promise<void> {
  try {
    await finish();
  } catch (error) {
    const record = await world.handoffs.load(handoffId);
    const woken = record?.state.status === 'cancelled' && (await sendBack(world, record));
    // Nobody is told of an error because somebody else is doing the same.
    if (!woken && !(error instanceof MailInHand)) throw error;
  }
}

const isCanceled = (record: HandoffRecord): StepOutcome => ({
  kind: 'confirmed',
  heading: 'The handoff is canceled',
  next: 'Everybody involved is told by email.',
  customer: customerOf(record),
  details: [],
  open: false,
});
