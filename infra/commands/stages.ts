import { readFileSync } from 'node:fs';

/** The stages that `cdk.json` sets, by name, as they are written there. */
export const stagesSet = (): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context.stages;

/** That `cdk.json` sets no such stage, a sentence; undefined where it does. */
export function unsetStage(stage: string): string | undefined {
  const stages = stagesSet();
  if (Object.hasOwn(stages, stage)) return undefined;
  return `No stage "${stage}" is set in cdk.json, which has: ${Object.keys(stages).join(', ')}.`;
}
