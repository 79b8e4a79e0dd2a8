import { NotEmulated } from './errors.ts';
import { isObject, objectsIn } from './json.ts';
import { readDefinition } from './read-definition.ts';

type Pattern = 'request' | 'sync' | 'sync:2' | 'waitForTaskToken';

export type TaskResource =
  | { readonly kind: 'lambda'; readonly arn: string }
  | {
      readonly kind: 'service';
      readonly arn: string;
      /** As in the history, e.g. `aws-sdk:dynamodb`. */
      readonly resourceType: string;
      /** As in the history, e.g. `updateItem.waitForTaskToken`. */
      readonly resource: string;
      /** Without `aws-sdk:`. */
      readonly service: string;
      readonly action: string;
      readonly sdk: boolean;
      readonly pattern: Pattern;
    };

const LAMBDA_ARN = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:.+$/;
const SERVICE_ARN =
  /^arn:aws[\w-]*:states:[\w-]*:\d*:((aws-sdk:)?([\w-]+)):(\w+)(?:\.(sync|sync:2|waitForTaskToken))?$/;

/** Takes a Task's `Resource` apart; undefined when it is neither a Lambda function nor a service integration. */
export function parseResource(arn: string): TaskResource | undefined {
  if (LAMBDA_ARN.test(arn)) return { kind: 'lambda', arn };
  const [, resourceType, sdk, service, action, suffix] = SERVICE_ARN.exec(arn) ?? [];
  if (resourceType === undefined || service === undefined || action === undefined) return undefined;
  const pattern = (suffix ?? 'request') as Pattern;
  const resource = suffix === undefined ? action : `${action}.${suffix}`;
  return { kind: 'service', arn, resourceType, resource, service, action, sdk: sdk !== undefined, pattern };
}

/** Throws NotEmulated for the first Task whose resource is not one of the wanted. */
export function refuseUnknownTasks(
  definition: string,
  wanted: ((resource: TaskResource) => boolean) | undefined,
): void {
  if (wanted === undefined) return;
  const look = (graph: unknown): void => {
    for (const [name, state] of Object.entries(isObject(graph) && isObject(graph['States']) ? graph['States'] : {})) {
      if (!isObject(state)) continue;
      const resource = state['Type'] === 'Task' ? parseResource(String(state['Resource'])) : undefined;
      if (resource !== undefined && !wanted(resource))
        throw new NotEmulated(`the task resource '${resource.arn}' (state '${name}')`);
      for (const inner of [...objectsIn(state['Branches']), state['ItemProcessor'], state['Iterator']]) look(inner);
    }
  };
  look(readDefinition(definition));
}
