import type { AskStep, ChoiceRule, FrozenPlaybook, StepField, StepRule } from './playbook.ts';
import type { FrozenWords, PlaybookWords, StepWords } from './playbook-words.ts';
import { type RoleId, roleIds } from './roles.ts';

/** The wording for one handoff: what its segment and industry say is in place. */
export function wordsFor(words: PlaybookWords, variant: { segment: string; industry?: string }): FrozenWords {
  const own = [words.segments?.[variant.segment], words.industries?.[variant.industry ?? '']];
  const steps = Object.entries(words.steps).map(([id, said]) => [
    id,
    Object.assign({}, said, ...own.map((changes) => changes?.[id])),
  ]);
  return { roles: words.roles, steps: Object.fromEntries(steps), meetings: words.meetings };
}

/** Whether emails about a handoff can be written in a language: its playbook has the words, or is written in it. */
export const speaks = ({ languages }: Pick<FrozenPlaybook, 'languages'>, language: string): boolean =>
  language === 'en' || languages?.[language] !== undefined;

/** The playbook with the words of a language in place of the table's; as it is where it has none in it. */
export function playbookIn(playbook: FrozenPlaybook, language: string): FrozenPlaybook {
  const words = playbook.languages?.[language];
  if (!words) return playbook;
  const roles = Object.fromEntries(
    roleIds.map((role) => [role, { ...playbook.roles[role], name: words.roles[role] }]),
  ) as Record<RoleId, FrozenPlaybook['roles'][RoleId]>;
  return {
    ...playbook,
    roles,
    steps: Object.fromEntries(Object.entries(playbook.steps).map(([id, rule]) => [id, stepIn(rule, words.steps[id])])),
    meetings: Object.fromEntries(
      Object.entries(playbook.meetings).map(([id, meeting]) => {
        const { title = meeting.title, agenda = [] } = words.meetings[id] ?? {};
        return [
          id,
          { ...meeting, title, agenda: meeting.agenda.map((item, i) => ({ ...item, title: agenda[i] ?? item.title })) },
        ];
      }),
    ),
  };
}

/** What its words do not say of a request is left unsaid: it is made of what they do say, and never of the table's language. */
function stepIn(rule: StepRule, words: StepWords | undefined): StepRule {
  if (!words) return rule;
  const { title, ask = title, what = '', why = '', mail } = words;
  if (rule.kind === 'tell') return { ...rule, title };
  const { mail: _, ...plain } = rule;
  const changed: AskStep = {
    ...plain,
    title,
    ask,
    what,
    why,
    ...(mail && { mail }),
    choices: rule.choices.map((choice) => choiceIn(choice, words)),
  };
  return changed;
}

const choiceIn = (choice: ChoiceRule, words: StepWords): ChoiceRule => ({
  ...choice,
  label: words.choices?.[choice.id] ?? choice.label,
  evidence: choice.evidence.map((field) => fieldIn(field, words)),
  ...(choice.negative && { negative: { ...choice.negative, ...words.negatives?.[choice.id] } }),
});

const fieldIn = (field: StepField, words: StepWords): StepField => ({
  ...field,
  label: words.fields?.[field.name] ?? field.label,
  ...(field.negative && { negative: { ...field.negative, ...words.negatives?.[field.name] } }),
});
