import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { HandoffStack } from '../../../infra/stack/handoff-stack.ts';
import { settingsOf } from '../../../infra/stack/settings.ts';
import type { FunctionName } from '../../../infra/wiring/function-names.ts';

export interface Resource {
  readonly Type: string;
  // A template is JSON of any shape; tests say what they expect of it.
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
}

export interface Synthesized {
  readonly template: { readonly Resources: Readonly<Record<string, Resource>>; readonly Outputs: object };
  /** What cdk-nag finds, one line each. */
  readonly findings: readonly string[];
  ofType(type: string): Resource[];
  /** The resource of that type that has this name or other property. */
  only(type: string, properties?: Readonly<Record<string, unknown>>): Resource;
}

const { context } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'));

/** The settings that `cdk synth` takes when nobody says otherwise. */
const sampleSettings: Readonly<Record<string, unknown>> = context.stages.sample;

const known = new Map<string, Synthesized>();

/** Synthesizes the stack of a stage with the sample settings and changes to them, without bundling any code. */
export function synthesize(changes: Readonly<Record<string, unknown>> = {}, stage = 'sample'): Synthesized {
  const key = JSON.stringify([changes, stage]);
  const made = known.get(key) ?? synthesizeFresh(changes, stage);
  known.set(key, made);
  return made;
}

function synthesizeFresh(changes: Readonly<Record<string, unknown>>, stage: string): Synthesized {
  // CloudFormation's rules take longer than all the rest, and what they find is said and no more; `app.test.ts` asks them.
  const app = new App({ context, builtinCloudFormationValidation: false });
  const settings = settingsOf(stage, { [stage]: { ...sampleSettings, ...changes } });
  const codeOf = (name: FunctionName) => Code.fromInline(`export const handler = () => '${name}';`);
  const stack = new HandoffStack(app, { settings, codeOf });
  const template: Synthesized['template'] = app.synth().getStackByName(stack.stackName).template;
  const ofType = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type);
  return {
    template,
    // Takes as long as all the rest, and few ask for it.
    get findings() {
      const { violations } = new AwsSolutionsChecks(app).validateScope(stack);
      return violations.flatMap(({ ruleName, violatingResources = [] }) =>
        violatingResources.map(({ resourceLogicalId }) => `${ruleName} ${resourceLogicalId}`),
      );
    },
    ofType,
    only: (type, properties = {}) => {
      const found = ofType(type).filter(({ Properties }) =>
        Object.entries(properties).every(([name, value]) => Properties[name] === value),
      );
      const [first, ...more] = found;
      if (!first || more.length > 0) throw new Error(`${found.length} of ${type} ${JSON.stringify(properties)}`);
      return first;
    },
  };
}
