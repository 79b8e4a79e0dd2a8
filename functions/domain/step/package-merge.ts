import { applyEdits, formValue, savedText, withDealFacts } from '../deal/completeness.ts';
import { packageFields } from '../deal/package.ts';
import { cleanText, excerpt } from '../fields/clean-text.ts';
import { type EvidenceProblem, type Form, textsOf } from '../fields/evidence.ts';
import { fingerprint } from '../fields/fingerprint.ts';
import { openGaps, typedAnswers } from '../handoff/gap-answers.ts';
import type { GapAnswers, HandoffRecord } from '../handoff/handoff.ts';
import { itemIn } from '../handoff/open-items.ts';
import {
  answerKey,
  type FieldHistory,
  type PackageHistory,
  type RivalAnswer,
  rivalId,
  type Saved,
  saveMark,
  withMark,
} from '../handoff/package-history.ts';

// Several people fill in one package. What somebody sends is held against what they were shown and what stands now, field by
// field: an answer that nobody else has touched is taken, one that only others have touched stays, and where both did, both
// are kept until somebody chooses. The page sends along what it showed of each field, as a mark of its text.

/** The names of what a form sends beside the answer to a field: the mark of what it showed, which answers it offered, which was chosen. */
export const shownName = (name: string): string => `shown:${name}`;
export const offeredName = (name: string): string => `offered:${name}`;
export const keepName = (name: string): string => `keep:${name}`;

/** What `keep` says beside the id of a rival answer. */
export const keepStanding = 'standing';
export const keepBoth = 'both';

/** The mark of what a form shows of a field. */
export const shownMark = (text: string): string => fingerprint(normal(text));

const normal = (text: string): string => cleanText(text).trim();

/** What somebody sends, and when. */
export interface Sending extends Saved {
  /** The step whose form it is. */
  readonly step: string;
  readonly form: Form;
}

/** What is to be written. */
export interface Merged {
  readonly package: unknown;
  readonly answers?: GapAnswers;
  readonly history: PackageHistory;
  /** The fields it is about, as the history calls them: their answer stands now, or waits beside another one. None: nothing is to be written. */
  readonly written: readonly string[];
  /** The fields that say what they say by this very form: it was sent before. */
  readonly again: readonly string[];
}

/** A field of the form, as it stands. */
interface Standing {
  readonly name: string;
  readonly label: string;
  readonly key: string;
  readonly now: string;
  /** What a text as typed reads once it is saved. */
  readonly saved: (typed: string) => string;
}

type Verdict =
  | { readonly kind: 'known'; readonly again?: boolean }
  | { readonly kind: 'take'; readonly text: string; readonly settled: readonly string[]; readonly mark?: string }
  | { readonly kind: 'wait'; readonly text: string; readonly mark: string };

const known: Verdict = { kind: 'known' };

/** What a form makes of the package as it stands; undefined where it was sent by no page that there ever was. */
export function mergePackage(record: HandoffRecord, sending: Sending): Merged | undefined {
  const { step, by, at } = sending;
  const edits: Record<string, string> = {};
  const history: Record<string, FieldHistory> = { ...record.packageHistory };
  const written: string[] = [];
  const again: string[] = [];
  const version = record.packageVersion + 1;
  for (const field of standing(record, step)) {
    const { name, key } = field;
    const before = history[key];
    const verdict = verdictOn(field, before, { record, sending });
    if (verdict === undefined) return undefined;
    if (verdict.kind === 'known') {
      if (verdict.again) again.push(key);
      continue;
    }
    written.push(key);
    const marks = verdict.mark === undefined ? (before?.marks ?? []) : withMark(before?.marks ?? [], verdict.mark);
    const rivals = before?.rivals ?? [];
    if (verdict.kind === 'take') {
      const { settled, text } = verdict;
      const left = rivals.filter((rival) => !settled.includes(rivalId(rival)));
      history[key] = { saved: { by, at }, version, marks, ...(left.length > 0 && { rivals: left }) };
      edits[name] = text;
    } else {
      history[key] = { ...before, version, marks, rivals: [...rivals, { by, at, text: verdict.text }] };
    }
  }
  const answers = typedAnswers(record, step, edits);
  return {
    package: applyEdits(record.package, edits),
    ...(answers && { answers }),
    history,
    written,
    again,
  };
}

function verdictOn(
  { name, now, saved }: Standing,
  history: FieldHistory | undefined,
  { record, sending: { form, by } }: { readonly record: HandoffRecord; readonly sending: Sending },
): Verdict | undefined {
  const nowMark = shownMark(now);
  const [shown] = textsOf(form, shownName(name));
  const [keep] = textsOf(form, keepName(name));
  const rivals = history?.rivals ?? [];
  if (keep !== undefined)
    return chosen(keep, { now, rivals, isShown: shown === nowMark, offered: textsOf(form, offeredName(name)) });
  const texts = textsOf(form, name);
  if (texts.length === 0) return known;
  const typed = normal(texts.join('\n'));
  const marks = [shownMark(typed), shownMark(saved(typed))];
  if (shown !== undefined && marks.includes(shown)) return known;
  if (marks.includes(nowMark)) return { kind: 'known', again: shown !== nowMark && history?.saved?.by === by };
  // A page of before fields told what they showed tells the version of the whole.
  const [told = String(record.packageVersion)] = textsOf(form, 'packageVersion');
  if (shown === undefined && !/^\d{1,15}$/.test(told)) return undefined;
  const base = shown ?? (Number(told) === record.packageVersion ? nowMark : `version ${told}`);
  const mark = saveMark(by, base, typed);
  if (base === nowMark) return { kind: 'take', text: typed, settled: [], mark };
  const same = rivals.find(({ text }) => text === typed);
  if (same) return { kind: 'known', again: same.by === by };
  // It was taken before, and changed since by somebody who had seen it.
  return history?.marks.includes(mark) ? known : { kind: 'wait', text: typed, mark };
}

/** Somebody chose between the answers they were shown; where another one stands since, they are asked once more. */
function chosen(
  keep: string,
  {
    now,
    rivals,
    isShown,
    offered,
  }: {
    readonly now: string;
    readonly rivals: readonly RivalAnswer[];
    readonly isShown: boolean;
    readonly offered: readonly string[];
  },
): Verdict {
  const seen = rivals.filter((rival) => offered.includes(rivalId(rival)));
  const settled = seen.map(rivalId);
  if (!isShown || settled.length === 0) return known;
  if (keep === keepStanding) return { kind: 'take', text: now, settled };
  if (keep === keepBoth) return { kind: 'take', text: [now, ...seen.map(({ text }) => text)].join('\n'), settled };
  const rival = seen.find((each) => rivalId(each) === keep);
  return rival ? { kind: 'take', text: rival.text, settled } : known;
}

/** The fields of a step's form with what stands in them, answers to returned gaps among them. */
function standing(record: HandoffRecord, step: string): readonly Standing[] {
  const said = withDealFacts(record.package, record.deal);
  const only = itemIn(record, step)?.item.paths;
  const round = record.steps[step]?.round ?? 0;
  return [
    ...packageFields
      .filter(({ path }) => only === undefined || only.includes(path))
      .map((field) => ({
        name: field.path,
        label: field.label,
        key: field.path,
        now: formValue(said, field),
        saved: (typed: string) => savedText(field, typed),
      })),
    ...openGaps(record, step).map(({ name, gap, answer }) => ({
      name,
      label: gap.question,
      key: answerKey(name, round),
      now: answer,
      saved: (typed: string) => typed,
    })),
  ];
}

/** The fields of a step's form that have several answers: whoever goes on has to choose. */
export const choiceProblems = (record: HandoffRecord, step: string): readonly EvidenceProblem[] =>
  standing(record, step).flatMap(({ name, label, key }) => {
    const count = 1 + (record.packageHistory?.[key]?.rivals ?? []).length;
    if (count === 1) return [];
    return [{ field: name, problem: `“${excerpt(label)}” has ${count} answers: choose the one to keep` }];
  });

/** What is left of a form once the package is saved: the page shows how the rest of it stands now. */
export const beyondPackage = (form: Form): Form =>
  Object.fromEntries(Object.entries(form).filter(([name]) => !isOfPackage(name)));

const isOfPackage = (name: string): boolean =>
  /^(answers\.|shown:|offered:|keep:)/.test(name) ||
  packageFields.some(({ path }) => name === path || name.startsWith(`${path}.`));
