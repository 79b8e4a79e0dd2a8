import type { Settings } from '../../stack/settings.ts';
import { stageName } from '../../wiring/names.ts';
import { UnusableOptions } from '../deployment.ts';
import type { Canceled } from './cancel-open.ts';
import { type Replaced, replacedResources, type Template } from './replaced-resources.ts';
import { type Keeping, whatStays } from './what-stays.ts';

export type StackVerb = 'deploy' | 'diff' | 'destroy';

export interface StackCommand {
  readonly verb: StackVerb;
  readonly settings: Settings;
  /** How many open executions may be ended by it; undefined where nobody has said so. */
  readonly mayCancel: number | undefined;
  /** Options of the CDK. */
  readonly options: readonly string[];
}

export interface StackEffects {
  /** Runs the CDK; its exit code. */
  readonly cdk: (args: readonly string[]) => number;
  /** The ARNs of the executions that run. */
  readonly open: () => Promise<readonly string[]>;
  readonly cancelOpen: () => Promise<Canceled>;
  /** The template the stage is deployed with; undefined for a first deploy. */
  readonly deployed: () => Promise<Template | undefined>;
  /** The template that the CDK has synthesized into `cdk.out`. */
  readonly synthesized: () => Template;
  /** What the deployed stage keeps things in. */
  readonly keeping: () => Promise<Keeping>;
  readonly say: (line: string) => void;
}

/**
 * Runs the CDK on a stage, and keeps it from what open handoffs would not survive: destroying the stage, and a deploy that puts
 * another state machine or table in place of theirs. Returns the exit code: the CDK's, or 2 where it refuses.
 */
export async function runStackCommand(command: StackCommand, effects: StackEffects): Promise<number> {
  const { verb, settings, options } = command;
  const stage = ['-c', `stage=${settings.stage}`];
  if (verb === 'diff') return effects.cdk([verb, ...stage, ...options]);
  if (verb === 'destroy') {
    const lead = 'Destroyed now, the state machine would wait for them, for weeks, in the status DELETING.';
    if (!(await mayEnd(command, effects, lead))) return 2;
    for (const line of whatStays(settings, await effects.keeping())) effects.say(line);
    return effects.cdk([verb, ...stage, ...options]);
  }
  // What is compared is what is deployed.
  const synthesized = effects.cdk(['synth', '--quiet', ...stage]);
  if (synthesized !== 0) return synthesized;
  const replaced = replacedResources((await effects.deployed()) ?? {}, effects.synthesized());
  for (const { id, type, why } of replaced) effects.say(`This deploy puts another ${type} in place of ${id}: ${why}.`);
  if (replaced.length > 0 && !(await mayEnd(command, effects, whyReplaced(replaced)))) return 2;
  return effects.cdk(['deploy', '--app', 'cdk.out', ...options]);
}

const whyReplaced = (replaced: readonly Replaced[]): string =>
  replaced.some(({ type }) => type === 'AWS::DynamoDB::Table')
    ? 'Their records would stay behind in the table of before, which stays, and no page or mail would find them.'
    : 'The state machine of before would wait for them, for weeks, in the status DELETING.';

/** Whether nothing is open, or what was open has been ended as somebody agreed to. */
async function mayEnd(
  { verb, settings: { stage }, mayCancel }: StackCommand,
  { open, cancelOpen, say }: StackEffects,
  lead: string,
): Promise<boolean> {
  const { length: count } = await open();
  if (count === 0) return true;
  const executions = `${count} ${count === 1 ? 'execution is' : 'executions are'} open in ${stageName(stage)}`;
  if (mayCancel === undefined || count > mayCancel) {
    say(mayCancel === undefined ? `${executions}. ${lead}` : `${executions}, more than the ${mayCancel} agreed to.`);
    say('Let the handoffs end, or cancel them all: everybody in them is told, and their meetings are called off:');
    say(`  npm run ${verb} -- ${stage} --cancel-open ${count}`);
    return false;
  }
  say(`${executions}, and ${count === 1 ? 'is' : 'are'} ended first.`);
  const { canceled, stopped } = await cancelOpen();
  say(`None is open: ${canceled} canceled, ${stopped} only stopped.`);
  return true;
}

/** Takes `--cancel-open <n>` out of the options of the CDK. Throws UnusableOptions for one without a whole number. */
export function cancelOpenOption(options: readonly string[]): Pick<StackCommand, 'mayCancel' | 'options'> {
  const at = options.findIndex((option) => /^--cancel-open(=|$)/.test(option));
  const [option] = options.slice(at);
  if (at < 0 || option === undefined) return { mayCancel: undefined, options };
  const [, inside] = option.split('=');
  const said = inside ?? options[at + 1] ?? '';
  if (!/^\d+$/.test(said))
    throw new UnusableOptions(
      '--cancel-open takes how many open executions may be ended, such as --cancel-open 12: that many or fewer.',
    );
  return { mayCancel: Number(said), options: options.toSpliced(at, inside === undefined ? 2 : 1) };
}
