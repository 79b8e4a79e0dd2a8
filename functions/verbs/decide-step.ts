import { applyEdits } from '../domain/deal/completeness.ts';
import {
  type EvidenceParsed,
  type EvidenceProblem,
  type Form,
  parseEvidence,
  textsOf,
} from '../domain/fields/evidence.ts';
import { anchorsOf, type Decision, type Evidence } from '../domain/handoff/handoff.ts';
import { checkedPackage, gapNames, owedGaps } from '../domain/handoff/handoff-package.ts';
import { rungAt } from '../domain/handoff/ladder.ts';
import { askStep, type EvidenceField } from '../domain/playbook/playbook.ts';
import { packageEdits } from '../domain/step/package-form.ts';
import { actionFields, isReservedAction } from '../domain/step/step-actions.ts';
import { offeredPeople } from '../domain/step/step-view.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { sendNotice } from '../mailing/send-notice.ts';
import type { World } from '../ports.ts';
import { involvedPeople, personOf } from './involved-people.ts';
import { type Opened, openLink, type StepOutcome } from './open-link.ts';
import { act } from './step-actions.ts';

/** A submitted form, its fields by name. */
export interface Submission {
  readonly linkId: string;
  readonly form: Form;
  readonly at: Instant;
}

/** The verb at work on one submission. */
export interface Deciding {
  readonly world: World;
  readonly opened: Opened;
  readonly submission: Submission;
}

/**
 * The POST behind a link: a real choice by the person the link belongs to. The first decision on a step wins; whoever comes
 * second is told who was first. The table is the truth: once it is written, the waiting execution is woken, and if it cannot
 * be (it is between two tokens, or its token has timed out) it finds the decision by itself.
 */
export const decideStep =
  (world: World) =>
  async (submission: Submission): Promise<StepOutcome> => {
    const result = await openLink(world, submission);
    if ('outcome' in result) {
      await wakeAgain(world, result.outcome);
      return result.outcome;
    }
    const { opened } = result;
    const { view } = opened;
    if (view.state !== 'act') return { kind: 'step', view };
    if (textsOf(submission.form, 'round')[0] !== String(view.round)) return askedAnew;
    const choice = textsOf(submission.form, 'choice')[0] ?? '';
    const deciding: Deciding = { world, opened, submission };
    // Whoever acts on a link has it from a mail that reached them.
    if (opened.person.unreachable) await world.roster.markReachable(opened.person.email, submission.at);
    if (isReservedAction(choice)) {
      const offered = view.actions.some(({ id }) => id === choice) || (choice === 'save' && view.packageForm);
      return offered ? act(deciding, choice, fieldsOf(deciding, choice, actionFields[choice])) : notOffered(deciding);
    }
    if (!view.choices.some(({ id }) => id === choice)) return notOffered(deciding);
    return choose(deciding, choice);
  };

const askedAnew: StepOutcome = { kind: 'stale', what: 'This step was asked anew since you opened the page.' };

export const savedMeanwhile: StepOutcome = {
  kind: 'stale',
  what: 'Somebody else saved the package since you opened the page.',
};

const notOffered = ({ opened, submission }: Deciding): StepOutcome =>
  refuse({ opened, submission }, textsOf(submission.form, 'choice')[0] ?? '', [
    { field: 'choice', problem: 'Choose one of the buttons below.' },
  ]);

/** Shows the page again with what is wrong and everything that was typed. */
export const refuse = (
  { opened, submission }: Pick<Deciding, 'opened' | 'submission'>,
  choice: string,
  problems: readonly EvidenceProblem[],
): StepOutcome => ({ kind: 'step', view: opened.view, refused: { choice, problems, typed: submission.form } });

/** Reads the fields of a choice or an action. Where people can be named, only those that the page offers. */
function fieldsOf({ opened, submission }: Deciding, id: string, fields: readonly EvidenceField[]): EvidenceParsed {
  const { view, person, roster } = opened;
  const offered = offeredPeople(view, id);
  return parseEvidence({
    fields,
    form: submission.form,
    zone: person.availability.zone,
    at: submission.at,
    notBefore: opened.record.deal.closedWonAt,
    candidates: roster.filter(({ email }) => offered.has(email)),
  });
}

async function choose(deciding: Deciding, choice: string): Promise<StepOutcome> {
  const { opened, submission } = deciding;
  const rule = askStep(opened.record.playbook, opened.link.step);
  const chosen = rule.choices.find(({ id }) => id === choice);
  const parsed = fieldsOf(deciding, choice, chosen?.evidence ?? []);
  if ('problems' in parsed) return refuse(deciding, choice, parsed.problems);
  let { evidence } = parsed;
  if (choice === 'complete') {
    const gaps = await saveAndCheck(deciding);
    if ('outcome' in gaps) return gaps.outcome;
    if (gaps.problems.length > 0) return refuse({ opened: gaps.opened, submission }, choice, gaps.problems);
  }
  if (choice === 'grant-exception') evidence = { ...evidence, gaps: gapNames(gapsOf(opened)) };
  return record(deciding, { choice, evidence, label: chosen?.label ?? choice, details: parsed.notes });
}

const gapsOf = ({ record }: Opened) => checkedPackage(record).gaps;

/** Saves what was typed into the package form; then every gap that is left is a problem of its field. */
async function saveAndCheck(
  deciding: Deciding,
): Promise<{ problems: EvidenceProblem[]; opened: Opened } | { outcome: StepOutcome }> {
  const saved = await savePackage(deciding);
  if (!saved) return { outcome: savedMeanwhile };
  const again = await openLink(deciding.world, deciding.submission);
  if ('outcome' in again) return again;
  const problems = gapsOf(again.opened).map(({ path, expected }) => ({
    field: path,
    problem: `Expected: ${expected}`,
  }));
  return { problems, opened: again.opened };
}

/** Saves the package form; false when somebody saved another version since the page was opened. */
export async function savePackage({ world, opened, submission }: Deciding): Promise<boolean> {
  const { form, at } = submission;
  const { record, person } = opened;
  const edits = packageEdits(record, form);
  if (Object.keys(edits).length === 0) return true;
  const version = Number(textsOf(form, 'packageVersion')[0] ?? record.packageVersion);
  const saved = await world.handoffs.savePackage({
    id: record.state.id,
    package: applyEdits(record.package, edits),
    version,
    by: person.email,
    at,
  });
  if (saved)
    await world.handoffs.audit(record.state.id, {
      at,
      who: person.email,
      what: 'package-saved',
      step: opened.link.step,
      detail: `Version ${version + 1}`,
      from: 'page',
    });
  return saved;
}

/** Writes the decision, tells the audit trail, wakes the execution. */
export async function record(
  { world, opened, submission }: Deciding,
  made: { choice: string; evidence: Evidence; label: string; details: readonly string[] },
): Promise<StepOutcome> {
  const { link, person } = opened;
  const { state, deal, playbook } = opened.record;
  const { at } = submission;
  const decision: Decision = { choice: made.choice, by: person.email, as: link.as, at, evidence: made.evidence };
  const result = await world.handoffs.decide({ id: state.id, step: link.step, round: opened.view.round, decision });
  if (!result.decided) {
    const again = await openLink(world, submission);
    return 'outcome' in again ? again.outcome : askedAnew;
  }
  await world.handoffs.audit(state.id, {
    at,
    who: person.email,
    what: 'decided',
    step: link.step,
    detail: made.label,
    from: 'page',
  });
  if (state.status === 'stalled' && !isStillStalled(world, opened, at))
    await world.handoffs.changeStatus({ id: state.id, from: ['stalled'], to: 'open', at });
  const named = made.evidence['customerSuccessManager'];
  if (typeof named === 'string') await world.handoffs.changePerson(state.id, 'customerSuccessManager', named);
  if (result.token) await world.tokens.wake(result.token);
  if (made.choice === 'grant-exception') await tellOfDebt(world, opened, at);
  return {
    kind: 'confirmed',
    heading: `${askStep(playbook, link.step).title}: recorded`,
    next: 'Thank you. There is nothing else to do here; whoever is next is asked by mail.',
    customer: deal.customer.name,
    details: [`Your choice: ${made.label}.`, ...made.details],
    open: false,
  };
}

/** P: an exception is a debt; whoever owes what is missing hears of it at once, with the date. */
async function tellOfDebt(world: World, { link, record, roster }: Opened, at: Instant): Promise<void> {
  const now = await world.handoffs.load(record.state.id);
  const debt = now && owedGaps(now);
  if (!now || !debt) return;
  const { owner, ...owed } = debt;
  const people = await involvedPeople(world, now, [owner]);
  const known = new Map([...people, ...roster.map((person) => [person.email, person] as const)]);
  const notice = { kind: 'gaps-owed', ...owed } as const;
  await sendNotice(world, {
    record: now,
    people: known,
    person: personOf(known, owner),
    notice,
    key: `gaps-owed/${owner}/${at}`,
    step: link.step,
    at,
  });
}

/** Whether another open step has used up its ladder. */
function isStillStalled(world: World, { record, link, people }: Opened, at: Instant): boolean {
  return Object.values(record.steps).some((step) => {
    const rule = askStep(record.playbook, step.step);
    const ladder = record.playbook.ladders[rule.ladder];
    if (step.decision || rule.optional || step.step === link.step || !ladder) return false;
    const calendar = world.calendarOf(personOf(people, step.owner));
    const { rung } = rungAt({ ladder, step, anchors: anchorsOf(record), calendar }, at);
    return rung?.kind === 'stall' || rung?.kind === 'nag';
  });
}

/** Somebody decides what is decided already: the first attempt may have crashed before it woke the execution. */
async function wakeAgain(world: World, outcome: StepOutcome): Promise<void> {
  if (outcome.kind !== 'decided') return;
  const token = outcome.record.steps[outcome.step]?.token;
  if (token) await world.tokens.wake(token);
}
