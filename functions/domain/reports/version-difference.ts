import type { MeasuredPlaybook } from './measured-handoff.ts';

type Step = MeasuredPlaybook['steps'][number];

/**
 * What one version of a playbook does otherwise than the one before it, as far as reports know it: steps that are new, gone or
 * renamed, what is promised of them, and what they wait for. A clause each; undefined where the record of a version, made by an
 * earlier one of this program, doesn't say what it promised, and nothing else is seen to differ.
 */
export function versionDifference(from: MeasuredPlaybook, to: MeasuredPlaybook): readonly string[] | undefined {
  const before = new Map(from.steps.map((step) => [step.id, step]));
  const after = new Set(to.steps.map(({ id }) => id));
  const found = [
    ...to.steps.filter(({ id }) => !before.has(id)).map(({ title }) => `“${title}” is new`),
    ...from.steps.filter(({ id }) => !after.has(id)).map(({ title }) => `“${title}” is gone`),
    ...to.steps.flatMap((step) => {
      const old = before.get(step.id);
      return old ? stepDifference(old, step) : [];
    }),
  ];
  const isTold = [...from.steps, ...to.steps].some(({ promised }) => promised !== undefined);
  return found.length > 0 || isTold ? found : undefined;
}

/** The steps that two versions don't promise alike, by id: with another promise, or in one of the two alone. */
export function unlikeSteps(from: MeasuredPlaybook, to: MeasuredPlaybook): readonly string[] {
  const [before, after] = [from, to].map(({ steps }) => new Map(steps.map(({ id, promised }) => [id, promised])));
  const isAlike = (id: string): boolean => {
    const [old, now] = [before?.get(id), after?.get(id)];
    return before?.has(id) === after?.has(id) && (old === undefined || now === undefined || old === now);
  };
  return [...new Set([...from.steps, ...to.steps].map(({ id }) => id))].filter((id) => !isAlike(id));
}

function stepDifference(old: Step, step: Step): readonly string[] {
  const { title, promised, waitsFor } = step;
  const said = (within: string): string => (within === 'same day' ? 'on the same day' : `within ${within}`);
  const waits = (of: Step) => of.waitsFor?.toSorted().join();
  return [
    ...(old.title === title ? [] : [`“${old.title}” is called “${title}” now`]),
    ...(old.promised === undefined || promised === undefined || old.promised === promised
      ? []
      : [`“${title}” is promised ${said(promised)}, not ${said(old.promised)}`]),
    ...(old.waitsFor === undefined || waitsFor === undefined || waits(old) === waits(step)
      ? []
      : [`“${title}” waits for other steps`]),
  ];
}

/** The same in a sentence, of a change of one or more versions (`from` and `to` in pairs). */
export function differenceText(
  changes: readonly { readonly from: MeasuredPlaybook; readonly to: MeasuredPlaybook }[],
): string {
  const told = changes.map(({ from, to }) => versionDifference(from, to));
  const found = [...new Set(told.flatMap((each) => each ?? []))];
  if (found.length > 0) return `What changed: ${found.join('; ')}.`;
  return told.some((each) => each === undefined)
    ? 'What changed is not on record: these versions were measured before reports kept it.'
    : 'Steps and promises are the same: something else changed, such as questions, words, or reminders.';
}
