import { checkPackage } from '../deal/completeness.ts';
import { packageStep } from '../playbook/capabilities.ts';
import { anchorNames, type FrozenPlaybook, ruleOfStep, type StepRule } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { anchorsOf } from './anchors.ts';
import { type HandoffRecord, isClosed } from './handoff.ts';
import { gapNames } from './handoff-package.ts';
import type { StepRecord } from './step-record.ts';

/** Rules a running handoff could be moved to. */
export interface Upgrade {
  readonly record: HandoffRecord;
  /** Today's rules for its segment and industry. */
  readonly frozen: FrozenPlaybook;
  /** UTC. */
  readonly at: Instant;
}

/**
 * Why a running handoff cannot be moved to other rules, one sentence each; empty when it can. It must have the same steps in
 * the same flow, what is open must stay what its owner was asked, and nothing that is over may be asked otherwise.
 */
export function upgradeProblems(upgrade: Upgrade): readonly string[] {
  const { record, frozen } = upgrade;
  if (isClosed(record.state.status)) return [`The handoff has ended: it is ${record.state.status}.`];
  if (record.playbook.name !== frozen.name)
    return [`It follows the playbook "${record.playbook.name}", and these are the rules of "${frozen.name}".`];
  return [
    ...stepProblems(record.playbook, frozen),
    ...Object.values(record.steps)
      .filter(({ decision }) => decision === undefined)
      .flatMap((open) => openProblems(open, upgrade)),
    ...packageProblems(upgrade),
  ];
}

function stepProblems(before: FrozenPlaybook, after: FrozenPlaybook): readonly string[] {
  const lost = Object.entries(before.steps).filter(([id]) => !after.steps[id]);
  const added = Object.entries(after.steps).filter(([id]) => !before.steps[id]);
  const sameFlow = JSON.stringify(before.flow) === JSON.stringify(after.flow);
  return [
    ...lost.map(([, { title }]) => `Today's rules have no step "${title}".`),
    ...added.map(([, { title }]) => `Today's rules have a step "${title}", which this handoff does not.`),
    ...when(!sameFlow && lost.length + added.length === 0, 'The steps come in another order today.'),
  ];
}

function openProblems(open: StepRecord, { record, frozen, at }: Upgrade): readonly string[] {
  const was: StepRule | undefined = ruleOfStep(record.playbook, open.step);
  const is: StepRule | undefined = ruleOfStep(frozen, open.step);
  if (was?.kind !== 'ask' || is?.kind !== 'ask')
    return when(is !== undefined, `"${was?.title ?? open.step}" is open, and nobody is asked to do it today.`);
  const of = `"${was.title}" is open, and`;
  const until = open.pauses.find((pause) => Date.parse(pause.until) > Date.parse(at))?.until;
  const gone = was.choices.filter(({ id }) => !is.choices.some((choice) => choice.id === id));
  const known = anchorsOf(record)[is.due.after] !== undefined || is.due.after === 'opened';
  return [
    ...when(until !== undefined, `${of} waits for the customer until ${until?.slice(0, 10)}.`),
    ...when(was.owner !== is.owner, `${of} another role does it today.`),
    ...gone.map(({ label }) => `${of} its answer "${label}" is gone.`),
    ...when(!known, `${of} is due after "${anchorNames[is.due.after]}" today, which has not happened.`),
    ...when(
      !keepsNumbers(record.playbook, frozen, [was.ladder, is.ladder]),
      `${of} its ladder has other rungs today: mails might go out twice, or not at all.`,
    ),
  ];
}

/** What was said is known by the number of its rung: those there are must keep theirs. Times and readers may change. */
function keepsNumbers(before: FrozenPlaybook, after: FrozenPlaybook, [was, is]: readonly [string, string]): boolean {
  const kinds = (playbook: FrozenPlaybook, ladder: string) => playbook.ladders[ladder]?.rungs.map(({ kind }) => kind);
  const [earlier = [], later = []] = [kinds(before, was), kinds(after, is)];
  return earlier.every((kind, i) => later[i] === kind);
}

/** A package that was handed over is not asked for more. */
function packageProblems({ record, frozen }: Upgrade): readonly string[] {
  const filling = packageStep(record.playbook);
  const isOver = record.state.packageComplete || (filling && record.steps[filling.id]?.decision !== undefined);
  if (!isOver) return [];
  const gaps = (rules: FrozenPlaybook) =>
    gapNames(checkPackage({ package: record.package, deal: record.deal, rules }).gaps);
  const before = new Set(gaps(record.playbook));
  return gaps(frozen)
    .filter((gap) => !before.has(gap))
    .map((gap) => `The package was handed over, and would lack "${gap}" today.`);
}

const when = (holds: boolean, problem: string): readonly string[] => (holds ? [problem] : []);
