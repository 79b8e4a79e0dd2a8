import type { FlowItem, Playbook, StepRule } from '../../functions/domain/playbook/playbook.ts';
import { ladderChanges, ladderWords } from './ladder-changes.ts';
import { isSame, memberChanges, namesChanged, quoted } from './member-changes.ts';
import { meetingWords, overlayChanges, packageChanges } from './overlay-changes.ts';
import { dueWords } from './rule-words.ts';
import { stepChanges } from './step-changes.ts';

/** What an edit of a playbook changes, in the SOP's words, one sentence a change. Empty when nothing does. */
export function playbookChanges(before: Playbook, after: Playbook): readonly string[] {
  return [
    ...memberChanges(before, after, { words: settingWords, except: tables }).map(
      (change) => `The playbook: ${change}.`,
    ),
    ...roleChanges(before, after),
    ...allStepChanges(before, after),
    ...(isSame(before.flow, after.flow)
      ? []
      : [`The flow is ${flowWords(after.flow, after)}, was ${flowWords(before.flow, before)}.`]),
    ...meetingChanges(before, after),
    ...allLadderChanges(before, after),
    ...packageChanges(before.fields ?? {}, after.fields ?? {}).map((change) => `The package field ${change}.`),
    ...overlayChanges('segment', before, after),
    ...overlayChanges('industry', before, after),
  ];
}

const tables = ['roles', 'steps', 'flow', 'meetings', 'ladders', 'fields', 'segments', 'industries'];

const settingWords = {
  linkDays: { called: 'links work this many days:' },
  draftTarget: { called: 'percent of the package that are to be there at signature:' },
  escalations: { called: 'managers and revenue operations hear of escalations by' },
  previewMeeting: { called: 'minutes of a meeting before signature:' },
  atLeast: { called: 'working hours an owner has from the ask on, at least:' },
  abandonAfter: { called: 'a handoff is abandoned when a step is still open this long after closed won:' },
  accountable: { called: 'who answers for the handoff:' },
  fallbackSegment: { called: 'a deal of an unknown segment is' },
};

const roleChanges = (before: Playbook, after: Playbook): readonly string[] =>
  Object.entries(after.roles).flatMap(([role, is]) =>
    memberChanges(before.roles[role as keyof Playbook['roles']] ?? {}, is, {
      words: { name: { called: 'called' } },
    }).map((change) => `The role ${role}: ${change}.`),
  );

function allStepChanges(before: Playbook, after: Playbook): readonly string[] {
  const { added, gone, kept } = namesChanged<StepRule>(before.steps, after.steps);
  const ruleWords = (rule: StepRule) =>
    rule.kind === 'ask'
      ? `the ${after.roles[rule.owner].name} does it, due ${dueWords(rule.due)}`
      : 'the system tells it';
  return [
    ...added.map(([id, rule]) => `New step "${rule.title}" (${id}): ${ruleWords(rule)}.`),
    ...gone.map(([id, rule]) => `The step "${rule.title}" (${id}) is gone.`),
    ...kept.flatMap(({ was, is }) => stepChanges(was, is, after.roles).map((change) => `${is.title}: ${change}.`)),
  ];
}

/** 'a, then b beside (c, then d)', by the steps' titles. */
function flowWords(flow: readonly FlowItem[], { steps }: Playbook): string {
  const titleOf = (id: string) => (steps as Readonly<Record<string, StepRule>>)[id]?.title ?? id;
  return flow
    .map((item) =>
      typeof item === 'string'
        ? quoted(titleOf(item))
        : item.beside.map((branch) => `(${flowWords(branch, { steps } as Playbook)})`).join(' beside '),
    )
    .join(', then ');
}

function meetingChanges(before: Playbook, after: Playbook): readonly string[] {
  const { added, gone, kept } = namesChanged(before.meetings, after.meetings);
  return [
    ...added.map(([id, { minutes }]) => `New meeting ${quoted(id)}: ${minutes.usual} minutes.`),
    ...gone.map(([id]) => `The meeting ${quoted(id)} is gone.`),
    ...kept.flatMap(({ name, was, is }) =>
      memberChanges(was, is, {
        words: meetingWords,
      }).map((change) => `The meeting ${quoted(name)}: ${change}.`),
    ),
  ];
}

function allLadderChanges(before: Playbook, after: Playbook): readonly string[] {
  const { added, gone, kept } = namesChanged(before.ladders, after.ladders);
  return [
    ...added.map(([name, ladder]) => `New ladder ${quoted(name)}: ${ladderWords(ladder, after.roles)}.`),
    ...gone.map(([name]) => `The ladder ${quoted(name)} is gone.`),
    ...kept.flatMap(({ name, was, is }) =>
      ladderChanges(was, is, after.roles).map((change) => `The ladder ${quoted(name)}: ${change}.`),
    ),
  ];
}
