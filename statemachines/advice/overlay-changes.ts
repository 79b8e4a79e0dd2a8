import { announcements } from '../../functions/domain/playbook/announcements.ts';
import type { MeetingRule } from '../../functions/domain/playbook/meetings.ts';
import type {
  DueRule,
  LadderRule,
  Overlay,
  PackageFieldChange,
  Playbook,
  StepChange,
  StepRule,
} from '../../functions/domain/playbook/playbook.ts';
import { ladderChanges, ladderWords } from './ladder-changes.ts';
import { isSame, type MemberWords, memberChanges, namesChanged, quoted } from './member-changes.ts';
import { dueWords, someOf } from './rule-words.ts';
import { answerChanges, stepWords } from './step-changes.ts';

/** What an edit changes of what some handoffs do differently, one sentence a change. */
export function overlayChanges(kind: 'segment' | 'industry', before: Playbook, after: Playbook): readonly string[] {
  const table = ({ segments, industries }: Playbook) => (kind === 'segment' ? segments : industries);
  const { added, gone, kept } = namesChanged<Overlay>(table(before), table(after));
  const of = (name: string) => `The ${kind} ${quoted(name)}`;
  return [
    ...added.map(([name]) => `New ${kind} ${quoted(name)}.`),
    ...gone.map(([name]) => `${of(name)} is gone.`),
    ...kept.flatMap(({ name, was, is }) =>
      changesIn(was, is, withGone(before, after)).map((change) => `${of(name)}: ${change}.`),
    ),
  ];
}

/** The playbook as it is, with the steps that went, whose names are told. */
const withGone = ({ steps }: Playbook, after: Playbook): Playbook => ({
  ...after,
  steps: { ...steps, ...after.steps },
});

function changesIn(was: Overlay, is: Overlay, playbook: Playbook): readonly string[] {
  const steps: Readonly<Record<string, StepRule>> = playbook.steps;
  const titleOf = (id: string) => steps[id]?.title ?? quoted(id);
  const titles = (ids: unknown) =>
    Array.isArray(ids) && ids.length > 0 ? someOf(ids.map((id) => quoted(titleOf(String(id))))) : 'no step';
  return [
    ...memberChanges(was, is, {
      words: {
        with: { called: 'has also', say: titles },
        without: { called: 'goes without', say: titles },
        linkDays: { called: 'links work this many days:' },
        draftTarget: { called: 'percent of the package that are to be there at signature:' },
        previewMeeting: { called: 'minutes of a meeting before signature:' },
      },
      except: ['steps', 'meetings', 'ladders', 'fields'],
    }),
    ...inside<StepChange>(was.steps, is.steps, {
      called: titleOf,
      changes: (id, before, after) => stepOverlayChanges(steps[id], before, { after, roles: playbook.roles }),
    }),
    ...inside<Partial<MeetingRule>>(was.meetings, is.meetings, {
      called: (id) => `the meeting ${quoted(id)}`,
      changes: (_, before, after) => memberChanges(before ?? {}, after, { words: meetingWords }),
    }),
    ...inside<LadderRule>(was.ladders, is.ladders, {
      called: (name) => `the ladder ${quoted(name)}`,
      changes: (name, before, after) => {
        const base = before ?? (playbook.ladders as Readonly<Record<string, LadderRule>>)[name];
        return base === undefined
          ? [`new: ${ladderWords(after, playbook.roles)}`]
          : ladderChanges(base, after, playbook.roles);
      },
    }),
    ...packageChanges(was.fields ?? {}, is.fields ?? {}).map((change) => `the package field ${change}`),
  ];
}

type Table<T> = { readonly [name: string]: T | undefined };

/** What an overlay changes otherwise than before, by what it is about. */
function inside<T extends object>(
  was: Table<T> = {},
  is: Table<T> = {},
  {
    called,
    changes,
  }: {
    readonly called: (name: string) => string;
    readonly changes: (name: string, before: T | undefined, after: T) => readonly string[];
  },
): readonly string[] {
  const gone = Object.keys(was).filter((name) => is[name] === undefined);
  return [
    ...Object.entries(is).flatMap(([name, after]) =>
      after === undefined || isSame(was[name], after)
        ? []
        : changes(name, was[name], after).map((change) => `${called(name)}: ${change}`),
    ),
    ...gone.map((name) => `${called(name)}: as in the other handoffs again`),
  ];
}

/** Answers are compared with those of the step itself where the overlay said none before. */
function stepOverlayChanges(
  rule: StepRule | undefined,
  before: StepChange = {},
  { after, roles }: { readonly after: StepChange; readonly roles: Playbook['roles'] },
): readonly string[] {
  const answers = rule?.kind === 'ask' ? rule.choices : [];
  return [
    ...memberChanges(before, after, { words: stepWords(roles), except: ['tells', 'choices'] }),
    ...answerChanges(before.choices ?? answers, after.choices ?? answers),
    ...memberChanges(before.tells ?? {}, after.tells ?? {}, { words: tellWords }),
  ];
}

/** What differs in what is asked of the package, each a clause that begins with the field. */
export const packageChanges = (was: Table<PackageFieldChange>, is: Table<PackageFieldChange>): readonly string[] =>
  inside<PackageFieldChange>(was, is, {
    called: (path) => path,
    changes: (_, before, after) => memberChanges(before ?? {}, after, { words: packageWords }),
  });

const packageWords: Readonly<Record<string, MemberWords>> = {
  required: { called: 'now', say: (required) => (required === true ? 'required' : 'optional') },
  label: { called: 'called' },
  hint: { called: 'hint' },
};

const minutesWords = (value: unknown): string => {
  const { usual, least, most } = value as MeetingRule['minutes'];
  return `${usual} (${least} to ${most})`;
};

/** What the members of a meeting are called, and their values in words. */
export const meetingWords: Readonly<Record<string, MemberWords>> = {
  title: { called: 'its invitation is called' },
  who: { called: 'takes part:' },
  minutes: { called: 'minutes', say: minutesWords },
};

const when = (value: unknown): string =>
  typeof value === 'string' ? (value === 'silent' ? 'never' : value) : dueWords(value as DueRule);

/** When each kind of mail goes out. */
const tellWords: Readonly<Record<string, MemberWords>> = Object.fromEntries(
  Object.keys(announcements).map((say) => [say, { called: `${quoted(say)} goes out`, say: when }]),
);
