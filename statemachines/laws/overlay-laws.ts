import { packageFields } from '../../functions/domain/deal/package.ts';
import type { Overlay, Playbook, StepChange, StepRule } from '../../functions/domain/playbook/playbook.ts';

/** Overlays that would change nothing, because what they are about is not there, or that change what is the same for all. */
export function overlayProblems(playbook: Playbook): string[] {
  const known = new Set<string>(packageFields.map(({ path }) => path));
  const everywhere = Object.keys(playbook.fields ?? {}).filter((path) => !known.has(path));
  return [
    ...everywhere.map((path) => `"${path}" is no field of the package.`),
    ...Object.entries({ segment: playbook.segments, industry: playbook.industries }).flatMap(([kind, overlays]) =>
      Object.entries(overlays).flatMap(([name, overlay]) =>
        problemsOf(playbook, overlay, known).map((problem) => `In the ${kind} "${name}": ${problem}`),
      ),
    ),
  ];
}

function problemsOf(playbook: Playbook, overlay: Overlay, fields: ReadonlySet<string>): string[] {
  const { with: own = [], without = [] } = overlay;
  const isDefined = (id: string) => playbook.steps[id] !== undefined;
  return [
    ...own.filter((id) => !isDefined(id)).map((id) => `it adds "${id}", which is not defined.`),
    ...without.filter((id) => !isDefined(id)).map((id) => `it leaves out "${id}", which is not defined.`),
    ...own.filter((id) => without.includes(id)).map((id) => `it both adds and leaves out "${id}".`),
    ...Object.keys(overlay.fields ?? {})
      .filter((path) => !fields.has(path))
      .map((path) => `"${path}" is no field of the package.`),
    ...Object.keys(overlay.meetings ?? {})
      .filter((id) => !playbook.meetings[id])
      .map((id) => `it changes the meeting "${id}", which is not defined.`),
    ...Object.keys(overlay.ladders ?? {})
      .filter((id) => !playbook.ladders[id])
      .map((id) => `it changes the ladder "${id}", which is not defined.`),
    ...Object.entries(overlay.steps ?? {}).flatMap(([id, change]) =>
      change ? changeProblems(id, { rule: playbook.steps[id], change, isLeftOut: without.includes(id) }) : [],
    ),
  ];
}

function changeProblems(
  id: string,
  of: { readonly rule: StepRule | undefined; readonly change: StepChange; readonly isLeftOut: boolean },
): string[] {
  const { rule, change } = of;
  if (!rule || of.isLeftOut) return [`it changes "${id}", which it does not have.`];
  const problems: string[] = [];
  if (rule.kind === 'ask') {
    if (change.tells) problems.push(`it changes what "${id}" tells, but somebody is asked to do that.`);
    if (change.opens && !rule.opens)
      problems.push(`it lets "${id}" open later, which the state machine does not wait for.`);
    return problems;
  }
  const asked = Object.keys(change).filter((member) => member !== 'tells' && member !== 'title');
  if (asked.length > 0) problems.push(`it changes ${asked.join(', ')} of "${id}", which nobody is asked to do.`);
  for (const say of Object.keys(change.tells ?? {}))
    if (!rule.tells.some((tell) => tell.say === say)) problems.push(`"${id}" never tells "${say}".`);
  return problems;
}
