import type { AgendaItem, MeetingRule } from '../../functions/domain/playbook/meetings.ts';
import type {
  AskStep,
  ChoiceRule,
  LadderRule,
  Overlay,
  Playbook,
  RungRule,
  StepChange,
  StepField,
  Tell,
  TellStep,
} from '../../functions/domain/playbook/playbook.ts';

/** Every member that the code understands, by kind of rule: the compiler keeps the lists complete. */
const known = {
  playbook: {
    name: true,
    roles: true,
    accountable: true,
    steps: true,
    flow: true,
    meetings: true,
    ladders: true,
    fields: true,
    segments: true,
    fallbackSegment: true,
    industries: true,
    abandonAfter: true,
    linkDays: true,
  } satisfies Record<keyof Playbook, true>,
  ask: {
    kind: true,
    title: true,
    sources: true,
    ask: true,
    waitFor: true,
    owner: true,
    what: true,
    why: true,
    due: true,
    opens: true,
    ladder: true,
    choices: true,
    marks: true,
    fills: true,
    reviewedBy: true,
    names: true,
    plans: true,
    holds: true,
    shows: true,
    announce: true,
    approves: true,
    returns: true,
    repeat: true,
    scores: true,
    optional: true,
  } satisfies Record<keyof AskStep, true>,
  tell: { kind: true, title: true, sources: true, tell: true, tells: true, by: true } satisfies Record<
    keyof TellStep,
    true
  >,
  telling: { say: true, state: true, opens: true, silent: true } satisfies Record<keyof Tell, true>,
  choice: { id: true, label: true, evidence: true, by: true, does: true, proves: true } satisfies Record<
    keyof ChoiceRule,
    true
  >,
  field: {
    name: true,
    label: true,
    kind: true,
    required: true,
    hint: true,
    items: true,
    suggest: true,
    min: true,
    max: true,
    orNone: true,
    noFillers: true,
    unit: true,
    options: true,
    from: true,
    proves: true,
  } satisfies Record<keyof StepField, true>,
  meeting: { title: true, minutes: true, who: true, withCustomer: true, agenda: true } satisfies Record<
    keyof MeetingRule,
    true
  >,
  agenda: { title: true, minutes: true, pillar: true } satisfies Record<keyof AgendaItem, true>,
  ladder: { rungs: true, afterwards: true } satisfies Record<keyof LadderRule, true>,
  rung: { kind: true, when: true, tell: true } satisfies Record<keyof RungRule, true>,
  overlay: {
    with: true,
    without: true,
    steps: true,
    meetings: true,
    ladders: true,
    fields: true,
    linkDays: true,
  } satisfies Record<keyof Overlay, true>,
  change: {
    title: true,
    what: true,
    why: true,
    owner: true,
    due: true,
    opens: true,
    ladder: true,
    choices: true,
    reviewedBy: true,
    tells: true,
  } satisfies Record<keyof StepChange, true>,
} as const;

/** The members of a rule that nobody understands, one sentence each; `of` names the rule. */
export const unknownMembers = (kind: keyof typeof known, rule: object, of = 'it'): string[] =>
  Object.keys(rule)
    .filter((member) => !Object.hasOwn(known[kind], member))
    .map((member) => `${of} says "${member}", which nothing in the code understands.`);
