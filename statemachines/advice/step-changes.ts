import { type FloorFact, floorTitles } from '../../functions/domain/playbook/floor.ts';
import type { Negative } from '../../functions/domain/playbook/negative.ts';
import type {
  AskStep,
  ChoiceRule,
  DueRule,
  Playbook,
  StepField,
  StepRule,
  Tell,
  TellStep,
} from '../../functions/domain/playbook/playbook.ts';
import type { RoleId } from '../../functions/domain/playbook/roles.ts';
import { byName, type MemberWords, memberChanges, namesChanged, quoted } from './member-changes.ts';
import { dueWords, someOf } from './rule-words.ts';

/** What differs between two rules of one step, each a clause. */
export function stepChanges(before: StepRule, after: StepRule, roles: Playbook['roles']): readonly string[] {
  if (before.kind === 'ask' && after.kind === 'ask') return askChanges(before, after, roles);
  if (before.kind === 'tell' && after.kind === 'tell') return tellChanges(before, after);
  return [after.kind === 'ask' ? 'somebody is asked to do it, was only told' : 'is only told, was asked of somebody'];
}

/** How steps are called where several changes are told. */
const due = (value: unknown): string => dueWords(value as DueRule);

/** What the members of a step that somebody does are called, and their values in words. */
export const stepWords = (roles: Playbook['roles']): Readonly<Record<string, MemberWords>> => ({
  title: { called: 'called' },
  ask: { called: 'the request says "Ask to …"' },
  waitFor: { called: 'the state says "Wait for …"' },
  what: { called: 'its request says' },
  why: { called: 'its reason says' },
  owner: { called: 'done by', say: (role) => `the ${roles[role as RoleId]?.name ?? role}` },
  due: { called: 'due', say: due },
  atLeast: { called: 'working hours its owner has from the ask on, at least:' },
  opens: { called: 'asked', say: due },
  ladder: { called: 'escalated by the ladder' },
  reviewedBy: {
    called: 'exceptions are reviewed by',
    say: (held) => someOf((held as readonly RoleId[]).map((role) => roles[role]?.name ?? role)),
  },
  floor: {
    called: 'before it can be done, these must be so:',
    say: (facts) => someOf((facts as readonly FloorFact[]).map((fact) => floorTitles[fact]?.toLowerCase() ?? fact)),
  },
  review: { called: 'an exception is decided', say: (value) => reviewWords(value as NonNullable<AskStep['review']>) },
  ifCalledOff: {
    called: 'once its meeting is called off, it is planned again within',
    say: (rule) => (rule as NonNullable<AskStep['ifCalledOff']>).within,
  },
  sources: { called: 'sources' },
});

const reviewWords = ({ within, ladder }: NonNullable<AskStep['review']>): string =>
  `within ${within}, escalated by the ladder ${quoted(ladder)}`;

function askChanges(before: AskStep, after: AskStep, roles: Playbook['roles']): readonly string[] {
  return [
    ...memberChanges(before, after, { words: stepWords(roles), except: ['choices', 'kind'] }),
    ...answerChanges(before.choices, after.choices),
  ];
}

/** What differs between the answers that two rules of one step offer, each a clause. */
export function answerChanges(before: readonly ChoiceRule[], after: readonly ChoiceRule[]): readonly string[] {
  const byId = (choices: readonly ChoiceRule[]) => byName(choices, ({ id }) => id);
  const { added, gone, kept } = namesChanged(byId(before), byId(after));
  return [
    ...added.map(([, { label }]) => `new answer "${label}"`),
    ...gone.map(([, { label }]) => `the answer "${label}" is gone`),
    ...kept.flatMap(({ was, is }) => choiceChanges(was, is).map((change) => `the answer "${is.label}" ${change}`)),
    ...orderChanges(
      before.map(({ id }) => id),
      after.map(({ id }) => id),
      'its answers',
    ),
  ];
}

function choiceChanges(before: ChoiceRule, after: ChoiceRule): readonly string[] {
  const byField = (fields: readonly StepField[]) => byName(fields, ({ name }) => name);
  const { added, gone, kept } = namesChanged(byField(before.evidence), byField(after.evidence));
  const need = ({ required }: StepField) => (required ? 'required' : 'optional');
  return [
    ...memberChanges(before, after, {
      words: { label: { called: 'is called' }, negative: negativeWords('opens the follow-up') },
      except: ['evidence'],
    }),
    ...added.map(([, field]) => `asks also for "${field.label}" (${need(field)})`),
    ...gone.map(([, { label }]) => `no longer asks for "${label}"`),
    ...kept.flatMap(({ was, is }) => [
      ...(was.required === is.required ? [] : [`asks for "${is.label}", now ${need(is)}`]),
      ...memberChanges(was, is, { words: fieldWords, except: ['required'] }).map(
        (change) => `asks for "${is.label}": ${change}`,
      ),
    ]),
    ...orderChanges(
      before.evidence.map(({ name }) => name),
      after.evidence.map(({ name }) => name),
      'its fields',
    ),
  ];
}

const negativeWords = (called: string): MemberWords => ({
  called,
  say: (value) => {
    const { title, within, settledAs } = value as Negative;
    return `${quoted(title)} within ${within}${settledAs === undefined ? '' : `, settled as ${quoted(settledAs)}`}`;
  },
});

const fieldWords: Readonly<Record<string, MemberWords>> = {
  label: { called: 'called' },
  hint: { called: 'hint' },
  kind: { called: 'kind of field' },
  supplies: { called: 'later steps use it as' },
  settles: { called: 'asked only while this is not so:' },
  negative: negativeWords('a no opens the follow-up'),
};

function tellChanges(before: TellStep, after: TellStep): readonly string[] {
  const bySay = (tells: readonly Tell[]) => byName(tells, ({ say }) => say);
  const { added, gone, kept } = namesChanged(bySay(before.tells), bySay(after.tells));
  return [
    ...memberChanges(before, after, { words: { title: { called: 'called' } }, except: ['tells', 'kind'] }),
    ...added.map(([, { say, opens }]) => `also sends ${quoted(say)} ${opens ? dueWords(opens) : 'at once'}`),
    ...gone.map(([, { say }]) => `no longer sends ${quoted(say)}`),
    ...kept.flatMap(({ name, was, is }) =>
      memberChanges(was, is, { words: { opens: { called: 'goes out', say: due } } }).map(
        (change) => `${quoted(name)} ${change}`,
      ),
    ),
    ...orderChanges(
      before.tells.map(({ say }) => say),
      after.tells.map(({ say }) => say),
      'its mails',
    ),
  ];
}

/** Whether those that stayed come in another order. */
function orderChanges(before: readonly string[], after: readonly string[], what: string): readonly string[] {
  const stayed = (these: readonly string[], others: readonly string[]) => these.filter((name) => others.includes(name));
  return `${stayed(before, after)}` === `${stayed(after, before)}` ? [] : [`${what} come in another order`];
}
