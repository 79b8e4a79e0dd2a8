import { hoursOf } from '../time/due.ts';
import { doneSlots } from './done-wording.ts';
import { eachText, mailSlots } from './mail-wording.ts';
import type { MeetingRule } from './meetings.ts';
import type { AskStep, ChoiceRule, StepField, StepRule } from './playbook.ts';
import type { StepWords } from './playbook-words.ts';

/** What a step's wording may speak of beyond its own rule. */
export interface Surroundings {
  readonly steps: Readonly<Record<string, StepRule>>;
  readonly meetings: Readonly<Record<string, MeetingRule>>;
}

/**
 * The rule with its wording filled in from what it rules, so that no number stands twice: `{least}`, `{most}` and `{usual}`
 * minutes of the meeting it plans or holds; `{every}` and `{times}` it is asked again; the `{target}` of its score; how many
 * mails it approves (`{approved}`) and within how long they go out (`{approvedWithin}`). A slot that no rule fills stays as it
 * is, for a law to find. The bounds of a field for minutes are those of the meeting.
 */
export function worded(rule: StepRule, surroundings: Surroundings): StepRule {
  if (rule.kind === 'tell') return rule;
  const fill = fillerOf(rule, surroundings);
  const meeting = surroundings.meetings[rule.plans ?? ''];
  const field = (each: StepField): StepField => ({
    ...each,
    label: fill(each.label),
    ...(each.thing !== undefined && { thing: fill(each.thing) }),
    ...(each.hint !== undefined && { hint: fill(each.hint) }),
    ...(each.items && { items: each.items.map(fill) }),
    ...(each.kind === 'minutes' && meeting && { min: meeting.minutes.least, max: meeting.minutes.most }),
  });
  return {
    ...rule,
    title: fill(rule.title),
    what: fill(rule.what),
    why: fill(rule.why),
    ...(rule.mail && { mail: eachText(rule.mail, fill) }),
    choices: rule.choices.map(
      (choice): ChoiceRule => ({
        ...choice,
        label: fill(choice.label),
        evidence: choice.evidence.map(field),
        ...(choice.done && {
          done: {
            said: fill(choice.done.said),
            ...(choice.done.also !== undefined && { also: fill(choice.done.also) }),
          },
        }),
      }),
    ),
  };
}

/** The words of a step in another language, filled in the same way. */
export function wordedWords(words: StepWords, rule: StepRule, surroundings: Surroundings): StepWords {
  if (rule.kind === 'tell') return words;
  const fill = fillerOf(rule, surroundings);
  return {
    ...words,
    ...(words.what !== undefined && { what: fill(words.what) }),
    ...(words.why !== undefined && { why: fill(words.why) }),
    ...(words.mail && { mail: eachText(words.mail, fill) }),
  };
}

function fillerOf(rule: AskStep, surroundings: Surroundings): (text: string) => string {
  const slots = slotsOf(rule, surroundings);
  return (text) => text.replace(slot, (whole, name: string) => (Object.hasOwn(slots, name) ? `${slots[name]}` : whole));
}

const slot = /\{([A-Za-z]+)\}/g;

/** The slots in a text, each once. */
export const slotsIn = (...texts: readonly string[]): readonly string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(slot)].map(([, name = '']) => name))),
];

/** The slots that nothing filled, in any wording of a step. */
export function openSlots(rule: StepRule): readonly string[] {
  if (rule.kind === 'tell') return [];
  const fields = rule.choices.flatMap(({ evidence }) => evidence);
  const texts = [
    rule.title,
    rule.what,
    rule.why,
    ...rule.choices.map(({ label }) => label),
    ...fields.flatMap(({ label, thing = '', hint = '', items = [] }) => [label, thing, hint, ...items]),
  ];
  const mail = rule.mail ? Object.values<string>({ ...rule.mail }) : [];
  const done = rule.choices.flatMap(({ done }) => (done ? Object.values<string>({ ...done }) : []));
  return [
    ...slotsIn(...texts),
    ...slotsIn(...done).filter((name) => !doneSlots.has(name)),
    ...slotsIn(...mail).filter((name) => !mailSlots.has(name)),
  ];
}

function slotsOf(rule: AskStep, { steps, meetings }: Surroundings): Readonly<Record<string, string | number>> {
  const meeting = meetings[rule.plans ?? rule.holds ?? ''];
  const approved = rule.approves === undefined ? undefined : steps[rule.approves];
  const tells = approved?.kind === 'tell' ? approved.tells.filter(({ silent }) => !silent) : [];
  return {
    ...meeting?.minutes,
    ...(rule.repeat && { every: rule.repeat.every, times: rule.repeat.times }),
    ...(rule.scores && { target: rule.scores.atLeast }),
    ...(tells.length > 0 && {
      approved: tells.length,
      approvedWithin: tells
        .map(({ opens }) => opens?.within ?? '0 hours')
        .reduce((a, b) => (hoursOf(b) > hoursOf(a) ? b : a)),
    }),
  };
}
