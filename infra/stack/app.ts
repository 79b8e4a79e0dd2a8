import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { functionNamesOf } from '../wiring/function-names.ts';
import { bundleFunctions } from './bundling.ts';
import { HandoffStack } from './handoff-stack.ts';
import { type Settings, settingsOf } from './settings.ts';
import { sizeOf } from './template-size.ts';

const app = new App();
const settings = settingsAsked();

// The CDK names no stack to bundle for when a command, such as destroy, needs no code.
const needsCode = app.node.tryGetContext('aws:cdk:bundling-stacks')?.length !== 0;
const bundles = needsCode ? await bundleFunctions(functionNamesOf(settings), `${app.outdir}/bundles`) : [];
const folders = new Map(bundles.map(({ name, folder }) => [name, folder]));

const stack = new HandoffStack(app, {
  settings,
  codeOf: (name) => {
    const folder = folders.get(name);
    return folder ? Code.fromAsset(folder) : Code.fromInline('// Not bundled.');
  },
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const assembly = app.synth();
// On the error stream: `cdk synth` writes the template to the other one.
console.error(sizeOf(assembly.getStackByName(stack.stackName).template));

/** The settings of the stage that is asked for; what is wrong with them is said in sentences, and ends it. */
function settingsAsked(): Settings {
  try {
    return settingsOf(String(app.node.tryGetContext('stage')), app.node.tryGetContext('stages'));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return process.exit(1);
  }
}
