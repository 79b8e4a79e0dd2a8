import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { playbookChanges } from '../../../statemachines/advice/playbook-changes.ts';
import { compile } from '../../../statemachines/compile.ts';
import { playbookOption } from '../../local/command-line.ts';
import { UnusableOptions } from '../deployment.ts';
import { playbookAt } from './playbook-at.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** `playbook diff`: what an edit changes since a git ref, and what that means for handoffs that are running. */
export async function diffCommand(args: string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { playbook: { type: 'string' } },
  });
  const [ref, ...more] = positionals;
  if (ref === undefined || more.length > 0) throw new UnusableOptions('Say since when: one git ref, such as main.');
  const now = playbookOption(values.playbook);
  const { playbook: before, definition } = await playbookAt(ref, now.name, project);
  if (!before) {
    say(`There was no playbook "${now.name}" at ${ref}: all of it is new.`);
    return 0;
  }
  const changes = playbookChanges(before, now);
  if (changes.length === 0) say(`The playbook "${now.name}" says what it said at ${ref}.`);
  else say([`The playbook "${now.name}" since ${ref}:`, ...changes.map((change) => `- ${change}`)].join('\n'));
  say(`\n${meaning(changes.length > 0, definition !== `${JSON.stringify(compile(now), null, 2)}\n`)}`);
  return 0;
}

/** What it means for the handoffs there are. */
function meaning(changed: boolean, drawnOtherwise: boolean): string {
  const machine = drawnOtherwise
    ? 'The state machine is drawn otherwise than then (npm run asl writes it). A deploy publishes a new version of it; handoffs that are running stay on theirs to the end.'
    : 'The state machine stays as it is: a deploy publishes no new version of it.';
  return changed ? `Handoffs that are running keep the rules they began with; new ones get these. ${machine}` : machine;
}
