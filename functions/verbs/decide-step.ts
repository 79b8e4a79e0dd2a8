import { type EvidenceParsed, type EvidenceProblem, parseEvidence, textsOf } from '../domain/fields/evidence.ts';
import type { EvidenceField } from '../domain/fields/field-rule.ts';
import { rowsAsText } from '../domain/fields/rows.ts';
import { auditText } from '../domain/handoff/answered-gaps.ts';
import type { Fact } from '../domain/handoff/fact.ts';
import { answeredGaps, answerProblems, gapsToReturn } from '../domain/handoff/gap-answers.ts';
import { gapFieldsOf } from '../domain/handoff/gap-fields.ts';
import { lastChange } from '../domain/handoff/last-change.ts';
import { lateReasonFields, signsOff, withLateReasons } from '../domain/handoff/late-reasons.ts';
import { unexplained } from '../domain/handoff/negative-answers.ts';
import { gapsToFill } from '../domain/handoff/open-items.ts';
import { ruleIn } from '../domain/handoff/step-rule.ts';
import { nameOf } from '../domain/people/people.ts';
import { choiceOf } from '../domain/playbook/capabilities.ts';
import { fieldsOfAction } from '../domain/step/meeting-offers.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { beyondPackage, choiceProblems } from '../domain/step/package-merge.ts';
import { grantFields, reviewFields } from '../domain/step/review-form.ts';
import { isReservedAction } from '../domain/step/step-actions.ts';
import { offeredPeople } from '../domain/step/step-view.ts';
import { typedTexts } from '../domain/step/typed-texts.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { momentIn } from '../domain/time/wording.ts';
import { MailInHand } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { actedBefore, leftToOthers } from './acted-before.ts';
import { arrangeRows } from './arrange-rows.ts';
import { cancelAgain } from './cancel-on-page.ts';
import { checkPlannedTime, checkTimeUses } from './check-meeting-time.ts';
import { checkRecipientsUses, recipientProblems } from './check-recipients.ts';
import {
  askedAgain,
  changedHands,
  type Deciding,
  refuse,
  type Submission,
  unlessTooLarge,
  withNotes,
} from './deciding.ts';
import { answerException } from './exceptions.ts';
import { goOn } from './next-steps.ts';
import { openCalledFor } from './open-item.ts';
import { type Known, type Opened, openLink, openLinkUses } from './open-link.ts';
import { attachRecording, attachRecordingUses, guardedChoice } from './reach-floor.ts';
import { decidedBefore, recordDecision, recordDecisionUses } from './record-decision.ts';
import { saveDraftUses, takeDraft } from './save-draft.ts';
import { savePackage, savePackageUses } from './save-package.ts';
import { settleSupplied, settleSuppliedUses } from './settle-supplied.ts';
import { act, actionUses } from './step-actions.ts';

export const decideStepUses = [
  'roster.markReachable',
  'tokens.askAgain',
  ...openLinkUses,
  ...checkTimeUses,
  ...checkRecipientsUses,
  ...savePackageUses,
  ...attachRecordingUses,
  ...recordDecisionUses,
  ...settleSuppliedUses,
  ...actionUses,
  ...saveDraftUses,
] as const;

type DecideStep = WorldOf<typeof decideStepUses>;
type Choosing = Deciding<typeof decideStepUses>;

/**
 * The POST behind a link: a real choice by the person the link belongs to. The first decision on a step wins; whoever comes
 * second is told who was first. The table is the truth: once it is written, the waiting execution is woken, and if it cannot
 * be (it is between two tokens, or its token has timed out) it finds the decision by itself.
 */
export const decideStep =
  (world: DecideStep) =>
  async (sent: Submission): Promise<StepOutcome> => {
    const submission = { ...sent, form: rowsAsText(sent.form) };
    try {
      return await decideNow(world, submission);
    } catch (error) {
      // Nobody is told of an error because somebody else is sending a mail.
      if (!(error instanceof MailInHand)) throw error;
      const opened = knownIn(await openLink(world, submission));
      const outcome = opened && (await leftToOthers({ world, opened, submission }));
      if (!outcome) throw error;
      return outcome;
    }
  };

async function decideNow(world: DecideStep, submission: Submission): Promise<StepOutcome> {
  const result = await openLink(world, submission);
  if ('draft' in result && result.draft) return takeDraft(world, result.draft, submission);
  const known = knownIn(result);
  const settle = ({ record }: Pick<Known, 'record'>) => settleSupplied(world, { before: record, at: submission.at });
  const acted = known && (await actedBefore({ world, opened: known, submission }));
  if (acted) {
    // What was sent before may have been interrupted at this.
    await settle(known);
    return acted;
  }
  if ('outcome' in result) {
    const goesOn = await goOn(world, result, submission);
    if (goesOn) return goesOn;
    const own = await decidedBefore(world, result, submission);
    if (own) {
      if (known) await settle(known);
      return own;
    }
    await wakeAgain(world, result.outcome, submission.at);
    const outcome = await cancelAgain(world, result.outcome, submission);
    return withTyped(await changeOfMeeting(world, { ...result, outcome }, submission), submission, result.meeting);
  }
  const { opened } = result;
  const outcome = await unlessTooLarge({ opened, submission }, () => decide({ world, opened, submission }));
  await settle(opened);
  return withTyped(outcome, submission, opened);
}

const knownIn = (result: Awaited<ReturnType<typeof openLink>>): Known | undefined =>
  'opened' in result ? result.opened : result.known;

/** Whoever comes too late gets back what they sent. */
function withTyped(outcome: StepOutcome, { form, at }: Submission, opened: Opened | undefined): StepOutcome {
  const view = opened?.view;
  switch (outcome.kind) {
    case 'stale':
      return opened
        ? {
            ...outcome,
            ...changedBy(opened, at),
            typed: typedTexts({ record: opened.record, step: opened.link.step, view }, form),
          }
        : outcome;
    case 'decided':
    case 'closed':
      return { ...outcome, typed: typedTexts({ ...outcome, view }, form) };
    case 'step':
      return opened ? { ...outcome, behind: { record: opened.record, people: opened.people } } : outcome;
    default:
      return outcome;
  }
}

/** Who was faster, as far as the record tells. */
function changedBy({ record, link, people, person, view }: Opened, at: Instant) {
  const change = lastChange(record, link.step, person.email);
  return change && { changed: { by: nameOf(people, change.by), when: momentIn(view.zone, change.at, at) } };
}

/** What somebody typed on the page behind a link, where the form is not taken at all; nothing where there is no such page. */
export const typedOnPage =
  (world: WorldOf<typeof openLinkUses>) =>
  async (submission: Submission): Promise<readonly Fact[]> => {
    const result = await openLink(world, submission);
    if ('outcome' in result) return [];
    const form = rowsAsText(submission.form);
    const { record, link, view } = result.opened;
    return typedTexts({ record, step: link.step, view }, form);
  };

async function decide(deciding: Choosing): Promise<StepOutcome> {
  const { world, opened, submission } = deciding;
  const { view } = opened;
  const choice = textsOf(submission.form, 'choice')[0] ?? '';
  if (textsOf(submission.form, 'round')[0] !== String(view.round)) return askedAgain;
  const rearranged = arrangeRows(deciding, (id) => previewProblems(deciding, id));
  if (rearranged) return rearranged;
  // Whoever acts on a link has it from a mail that reached them.
  if (opened.person.unreachable) await world.roster.markReachable(opened.person.email, submission.at);
  if (isReservedAction(choice)) {
    const offered = view.actions.some(({ id }) => id === choice) || (choice === 'save' && view.packageForm);
    if (!offered) return notOffered(deciding);
    const fields = fieldsOfAction(opened.record, { link: opened.link, at: submission.at }, choice);
    return act(deciding, choice, fieldsOf(deciding, choice, fields));
  }
  if (!view.choices.some(({ id }) => id === choice)) return notOffered(deciding);
  return choose(deciding, choice);
}

/** A step that is decided takes nothing more; the meeting it planned can still be changed. */
async function changeOfMeeting(
  world: DecideStep,
  { outcome, meeting }: { readonly outcome: StepOutcome; readonly meeting?: Opened },
  submission: Submission,
): Promise<StepOutcome> {
  const choice = textsOf(submission.form, 'choice')[0] ?? '';
  if (!meeting || !isReservedAction(choice) || !meeting.view.actions.some(({ id }) => id === choice)) return outcome;
  const deciding: Choosing = { world, opened: meeting, submission };
  const fields = fieldsOfAction(meeting.record, { link: meeting.link, at: submission.at }, choice);
  return unlessTooLarge(deciding, () => act(deciding, choice, fieldsOf(deciding, choice, fields)));
}

/** Not for this person, or not now: the page says so, with what they typed. */
function notOffered({ opened, submission }: Choosing): StepOutcome {
  const { view, record, link } = opened;
  const choice = textsOf(submission.form, 'choice')[0] ?? '';
  const nothing = choice === '' ? '' : 'You cannot do this here, or not any more: nothing was changed. ';
  const problem =
    view.state === 'act'
      ? `${nothing}Choose one of the buttons below.`
      : `${view.owner.name} has this step now: nothing was changed.`;
  return {
    kind: 'step',
    view,
    refused: {
      choice,
      problems: [{ field: 'choice', problem }],
      typed: submission.form,
      kept: typedTexts({ record, step: link.step, view }, submission.form),
    },
  };
}

/**
 * Reads the fields of a choice or an action. Where people can be named, only those that the page offers; where it has no colleague to
 * offer, it does not ask for one.
 */
function fieldsOf({ opened, submission }: Choosing, id: string, fields: readonly EvidenceField[]): EvidenceParsed {
  const { view, person, roster } = opened;
  const offered = offeredPeople(view, id);
  const shown = new Set(
    [...view.choices, ...view.actions].flatMap((form) => (form.id === id ? form.fields.map(({ name }) => name) : [])),
  );
  return parseEvidence({
    fields: fields.filter(({ from, name }) => from !== 'colleagues' || shown.has(name)),
    form: submission.form,
    zone: person.availability.zone,
    at: submission.at,
    notBefore: opened.record.deal.closedWonAt,
    segments: opened.record.playbook.segments,
    gapFields: gapFieldsOf(opened.record),
    candidates: roster.filter(({ email }) => offered.has(email)),
  });
}

/** What stands against the emails of a choice as its form has them; what else it wants is said when they are sent. */
function previewProblems(deciding: Choosing, choice: string): readonly EvidenceProblem[] {
  const rule = ruleIn(deciding.opened.record, deciding.opened.link.step);
  const chosen = choiceOf(rule, choice);
  const mailed = chosen?.evidence.filter(({ kind }) => kind === 'emails' || kind === 'longText') ?? [];
  const parsed = fieldsOf(deciding, choice, mailed);
  return 'problems' in parsed ? parsed.problems : recipientProblems(deciding, choice, parsed.evidence);
}

async function choose(deciding: Choosing, choice: string): Promise<StepOutcome> {
  const { opened, submission } = deciding;
  const rule = ruleIn(opened.record, opened.link.step);
  const chosen = choiceOf(rule, choice);
  const grants = chosen?.does === 'grant-exception';
  const guarded = grants
    ? { fields: [...grantFields(chosen), ...reviewFields(gapsOf(opened))], problems: [] }
    : chosen && guardedChoice(opened, rule, chosen);
  const { at } = submission;
  const reasons = signsOff(rule, choice) ? lateReasonFields(opened.record, { at, zone: opened.view.zone }) : [];
  const parsed = fieldsOf(deciding, choice, [...(guarded?.fields ?? []), ...reasons]);
  const problems = [
    ...(guarded?.problems ?? []),
    ...('problems' in parsed ? parsed.problems : chosen ? unexplained(chosen, parsed.evidence) : []),
  ];
  if ('problems' in parsed || problems.length > 0) return refuse(deciding, choice, problems);
  if (grants) {
    const answer = { choice, label: chosen.label, evidence: parsed.evidence };
    return withNotes(await answerException(deciding, answer), parsed.notes);
  }
  const checked = checkPlannedTime(deciding, choice, parsed.evidence);
  if ('outcome' in checked) return checked.outcome;
  const tooMany = recipientProblems(deciding, choice, checked.evidence);
  if (tooMany.length > 0) return refuse(deciding, choice, tooMany);
  if (chosen) await attachRecording(deciding, chosen, parsed.evidence);
  const { step } = opened.link;
  let evidence = gapsToReturn(opened.record, step, { choice, evidence: withLateReasons(checked.evidence) });
  let { record } = opened;
  if (chosen?.does === 'complete-package' || chosen?.does === 'supply-answers') {
    const gaps = await saveAndCheck(deciding);
    if ('outcome' in gaps) return gaps.outcome;
    const left = { ...submission, form: beyondPackage(submission.form) };
    if (gaps.problems.length > 0) return refuse({ opened: gaps.opened, submission: left }, choice, gaps.problems);
    record = gaps.opened.record;
  }
  const answers = chosen?.does ? answeredGaps(record, step) : [];
  if (answers.length > 0) evidence = { ...evidence, answers };
  const named = auditText(record, { evidence });
  return recordDecision(deciding, {
    choice,
    evidence,
    label: chosen?.label ?? choice,
    details: parsed.notes,
    ...(named && { named }),
  });
}

const gapsOf = ({ record, link }: Opened) => gapsToFill(record, link.step);

/**
 * Saves what was typed into the package form; then every gap that is left, or was returned and not answered, is a problem, and so
 * is a field that two people answered at once.
 */
async function saveAndCheck(
  deciding: Choosing,
): Promise<{ problems: EvidenceProblem[]; opened: Opened } | { outcome: StepOutcome }> {
  const saved = await savePackage(deciding);
  if (!saved) return { outcome: changedHands };
  const again = await openLink(deciding.world, deciding.submission);
  if ('outcome' in again) return again;
  const { record, link } = again.opened;
  const problems = [
    ...choiceProblems(record, link.step),
    ...answerProblems(record, link.step),
    ...gapsOf(again.opened).map(({ path, remedy, at }) => ({ field: path, problem: remedy, ...(at && { at }) })),
  ];
  return { problems, opened: again.opened };
}

/**
 * Somebody decides what is decided already: whoever did may have been interrupted before they woke the execution. Asking once
 * more it finds the decision, and does what is left of what follows from it.
 */
async function wakeAgain(world: DecideStep, outcome: StepOutcome, at: Instant): Promise<void> {
  if (outcome.kind !== 'decided') return;
  const token = outcome.record.steps[outcome.step]?.token;
  if (token) await world.tokens.askAgain(token);
  await openCalledFor(world, { record: outcome.record, at });
}
