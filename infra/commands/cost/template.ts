import { readFile } from 'node:fs/promises';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Template } from '../../stack/fixed-cost.ts';
import { HandoffStack } from '../../stack/handoff-stack.ts';
import { type Settings, settingsOf } from '../../stack/settings.ts';

/** A stage in `cdk.json` and its template, synthesized without its code; the stage that `cdk synth` takes when left out. */
export async function synthesizeStage(
  stage?: string,
): Promise<{ readonly settings: Settings; readonly template: Template }> {
  const { context } = JSON.parse(await readFile(new URL('../../../cdk.json', import.meta.url), 'utf8'));
  // `cdk synth` checks it by CloudFormation's rules, which take longer than all the rest.
  const app = new App({ context, builtinCloudFormationValidation: false });
  const settings = settingsOf(stage ?? String(context.stage), context.stages);
  const { stackName } = new HandoffStack(app, { settings, codeOf: () => Code.fromInline('// Not bundled.') });
  return { settings, template: app.synth().getStackByName(stackName).template };
}

/** Megabytes of most functions: those with more have more processor time with it, and need less of it. Throws when the template has none. */
export function memoryOf({ Resources = {} }: Template): number {
  const sizes = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => Number(Properties?.['MemorySize'] ?? 128));
  if (sizes.length === 0) throw new Error('The template has no functions.');
  const counted = Map.groupBy(sizes, (size) => size);
  return sizes.reduce((one, other) =>
    (counted.get(other)?.length ?? 0) > (counted.get(one)?.length ?? 0) ? other : one,
  );
}
