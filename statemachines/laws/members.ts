import { isRecord } from '../../functions/domain/fields/record.ts';
import type { DoneWording } from '../../functions/domain/playbook/done-wording.ts';
import type { MailWording } from '../../functions/domain/playbook/mail-wording.ts';
import type { AgendaItem, MeetingRule } from '../../functions/domain/playbook/meetings.ts';
import type { Negative } from '../../functions/domain/playbook/negative.ts';
import type {
  AskStep,
  ChoiceRule,
  DueRule,
  FlowItem,
  LadderRule,
  Overlay,
  PackageFieldChange,
  Playbook,
  RungRule,
  StepChange,
  StepField,
  StepRule,
  Tell,
  TellStep,
} from '../../functions/domain/playbook/playbook.ts';
import type { PlaybookWords, StepWords } from '../../functions/domain/playbook/playbook-words.ts';
import type { RoleRule, Roles } from '../../functions/domain/playbook/roles.ts';
import * as known from './known-values.ts';
import {
  type Check,
  entries,
  listOf,
  maybe,
  name,
  number,
  oneOf,
  partly,
  roots,
  span,
  table,
  text,
  toldApartBy,
  withOneOf,
  wordOr,
  yes,
  yesOrNo,
} from './shapes.ts';

/**
 * What nobody understands in a playbook that no compiler checked, at any depth, one sentence each: a mistyped capability would
 * silently do nothing, an unknown owner leaves nobody to ask. Empty when every member and value is known, all that must be
 * said is said, and every span can be parsed. Never throws.
 */
export const memberProblems = (playbook: unknown): string[] => whole.problems(playbook, roots.playbook);

/** The place that a member belongs to. */
const whose = (at: string): string => at.replace(/, "\w+"$/, '');

const due = table<DueRule>({ after: known.anchor, within: span });

const negative = table<Negative>({ title: text, what: text, within: span, asks: maybe(text), settledAs: maybe(text) });

const field = table<StepField>({
  name: text,
  label: text,
  kind: known.fieldKind,
  required: yesOrNo,
  thing: maybe(text),
  hint: maybe(text),
  items: maybe(listOf(text)),
  suggest: maybe(known.suggestion),
  min: maybe(number),
  max: maybe(number),
  orNone: maybe(yes),
  noFillers: maybe(yes),
  unit: maybe(text),
  options: maybe(wordOr('segments', listOf(text))),
  from: maybe(wordOr('colleagues', table<{ readonly role: string }>({ role: known.role }))),
  proves: maybe(known.fact),
  supplies: maybe(known.supply),
  settles: maybe(known.floorFact),
  negative: maybe(negative),
});

const choice = table<ChoiceRule>({
  id: text,
  label: text,
  evidence: listOf(field, (at, item, i) => `${whose(at)}, field ${named(item, 'name', i)}`),
  by: maybe(listOf(known.capacity)),
  does: maybe(known.deed),
  proves: maybe(known.fact),
  negative: maybe(negative),
  done: maybe(table<DoneWording>({ said: text, also: maybe(text) })),
});
const choices = listOf(choice, (at, item, i) => `${whose(at)}, choice ${named(item, 'id', i)}`);

type MemberOf<K extends keyof AskStep> = NonNullable<AskStep[K]>;

const mail = table<MailWording>({ subject: text, preheader: text, body: text, button: text, waits: maybe(text) });

const ask = table<AskStep>({
  kind: oneOf({ ask: true }, 'kind of step that somebody is asked to do'),
  title: text,
  sources: listOf(text),
  ask: text,
  waitFor: text,
  request: maybe(text),
  owner: known.role,
  what: text,
  why: text,
  mail: maybe(mail),
  due,
  atLeast: maybe(number),
  opens: maybe(due),
  ladder: name,
  choices,
  marks: maybe(known.anchor),
  fills: maybe(known.form),
  reviewedBy: maybe(listOf(known.role)),
  review: maybe(table<MemberOf<'review'>>({ within: span, ladder: name })),
  names: maybe(known.role),
  plans: maybe(name),
  holds: maybe(name),
  ifCalledOff: maybe(table<MemberOf<'ifCalledOff'>>({ within: span })),
  shows: maybe(known.display),
  floor: maybe(listOf(known.floorFact)),
  announce: maybe(table<MemberOf<'announce'>>({ say: known.announcement, state: text, offers: maybe(name) })),
  approves: maybe(name),
  returns: maybe(table<MemberOf<'returns'>>({ choice: text, to: name, within: span })),
  repeat: maybe(
    table<MemberOf<'repeat'>>({
      choice: text,
      every: span,
      times: number,
      from: maybe(known.repeatedFrom),
      within: maybe(span),
    }),
  ),
  scores: maybe(table<MemberOf<'scores'>>({ field: text, atLeast: number, say: known.announcement, state: text })),
  optional: maybe(yes),
  settles: maybe(known.settled),
});

const telling = table<Tell>({ say: known.announcement, state: text, opens: maybe(due), silent: maybe(yes) });
const tell = table<TellStep>({
  kind: oneOf({ tell: true }, 'kind of step that tells'),
  title: text,
  sources: listOf(text),
  tell: text,
  tells: listOf(telling, (at) => `What ${whose(at)} tells`),
  by: maybe(known.sender),
});
const step = toldApartBy<StepRule['kind'], StepRule>('kind', known.stepKind, { ask, tell });

const agendaItem = table<AgendaItem>({ title: text, minutes: number, pillar: maybe(known.pillar) });
const meeting = table<MeetingRule>({
  title: text,
  minutes: table<MeetingRule['minutes']>({ usual: number, least: number, most: number }),
  who: listOf(known.role),
  withCustomer: maybe(yes),
  agenda: listOf(agendaItem, (at) => whose(at).replace('The meeting', 'The agenda of')),
});

type Afterwards<K extends 'nagEvery' | 'unansweredAfterDue'> = Extract<
  LadderRule['afterwards'],
  { readonly [M in K]: unknown }
>;
type When<K extends 'beforeDue' | 'afterDue'> = Extract<RungRule['when'], { readonly [M in K]: unknown }>;

const rung = table<RungRule>({
  kind: known.rungKind,
  when: withOneOf<RungRule['when']>({
    after: due,
    beforeDue: table<When<'beforeDue'>>({ beforeDue: span }),
    afterDue: table<When<'afterDue'>>({ afterDue: span }),
  }),
  tell: listOf(known.reader),
});
const ladder = table<LadderRule>({
  rungs: listOf(rung, (at) => whose(at).replace('The ladder', 'A rung of the ladder')),
  afterwards: withOneOf<LadderRule['afterwards']>({
    nagEvery: table<Afterwards<'nagEvery'>>({ nagEvery: span }),
    unansweredAfterDue: table<Afterwards<'unansweredAfterDue'>>({ unansweredAfterDue: span }),
  }),
});

const inPackage = entries(
  table<PackageFieldChange>({ required: maybe(yesOrNo), label: maybe(text), hint: maybe(text) }),
  (path) => `The field "${path}"`,
);

const change = table<StepChange>({
  title: maybe(text),
  what: maybe(text),
  why: maybe(text),
  mail: maybe(mail),
  owner: maybe(known.role),
  due: maybe(due),
  atLeast: maybe(number),
  opens: maybe(due),
  ladder: maybe(name),
  choices: maybe(choices),
  reviewedBy: maybe(listOf(known.role)),
  tells: maybe(entries(wordOr('silent', due), (say) => `What it tells as "${say}"`)),
});

const stepName = (id: string): string => `"${id}"`;
const meetingName = (id: string): string => `The meeting "${id}"`;
const ladderName = (id: string): string => `The ladder "${id}"`;

const overlay = table<Overlay>({
  with: maybe(listOf(name)),
  without: maybe(listOf(name)),
  steps: maybe(entries(change, stepName)),
  meetings: maybe(entries(partly(meeting), meetingName)),
  ladders: maybe(entries(ladder, ladderName)),
  fields: maybe(inPackage),
  linkDays: maybe(number),
  draftTarget: maybe(number),
  previewMeeting: maybe(number),
});

/** Overlays by name; what is wrong in one says so. */
const overlays = (kind: 'segment' | 'industry'): Check<Readonly<Record<string, Overlay>>> => ({
  problems: (said, at) =>
    isRecord(said)
      ? Object.entries(said).flatMap(([of, rules]) =>
          overlay.problems(rules, roots.overlay).map((problem) => `In the ${kind} "${of}": ${problem}`),
        )
      : entries(overlay, stepName).problems(said, at),
});

const roleRule = table<RoleRule>({ name: text, side: known.side });

/** Rows of steps, and of rows beside each other. */
const flow: Check<readonly FlowItem[]> = {
  problems: (said, at) =>
    listOf<FlowItem>({
      problems: (item) => (typeof item === 'string' ? name.problems(item, at) : beside.problems(item, at)),
    }).problems(said, at),
};
const beside = table<Exclude<FlowItem, string>>({ name: text, beside: listOf(flow) });

const stepWords = {
  title: text,
  ask: maybe(text),
  what: maybe(text),
  why: maybe(text),
  mail: maybe(mail),
  choices: maybe(entries(text, (id) => `The choice "${id}"`)),
  fields: maybe(entries(text, (id) => `The field "${id}"`)),
  negatives: maybe(
    entries(table<Pick<Negative, 'title' | 'what'>>({ title: text, what: text }), (id) => `The no "${id}"`),
  ),
};

/** What segments or industries say otherwise in a language. */
const ownWords = entries(
  entries(table<Partial<StepWords>>({ ...stepWords, title: maybe(text) }), stepName),
  (of) => `"${of}"`,
);

const languages = entries(
  table<PlaybookWords>({
    roles: table<PlaybookWords['roles']>({
      accountExecutive: text,
      customerSuccessManager: text,
      salesManager: text,
      successManager: text,
      revenueOperations: text,
    }),
    steps: entries(table<StepWords>(stepWords), stepName),
    meetings: entries(table<PlaybookWords['meetings'][string]>({ title: text, agenda: listOf(text) }), meetingName),
    segments: maybe(ownWords),
    industries: maybe(ownWords),
  }),
  (language) => `The language "${language}"`,
);

const whole = table<Playbook>({
  name: text,
  roles: table<Roles>({
    accountExecutive: roleRule,
    customerSuccessManager: roleRule,
    salesManager: roleRule,
    successManager: roleRule,
    revenueOperations: roleRule,
  }),
  accountable: known.role,
  steps: entries(step, stepName),
  flow,
  meetings: entries(meeting, meetingName),
  ladders: entries(ladder, ladderName),
  fields: maybe(inPackage),
  segments: overlays('segment'),
  fallbackSegment: name,
  industries: overlays('industry'),
  atLeast: number,
  abandonAfter: span,
  linkDays: number,
  draftTarget: maybe(number),
  previewMeeting: maybe(number),
  escalations: maybe(known.escalations),
  languages: maybe(languages),
});

/** By its own name, or else by its place in the list. */
function named(item: unknown, member: 'id' | 'name', i: number): string {
  const said = isRecord(item) ? item[member] : undefined;
  return typeof said === 'string' ? `"${said}"` : `${i + 1}`;
}
