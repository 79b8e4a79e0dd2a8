/** A resource as a CloudFormation template has it. */
interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

/** Something running handoffs stand on that a deploy would put another in place of. */
export interface Replaced {
  readonly id: string;
  readonly type: string;
  /** A clause. */
  readonly why: string;
}

/** What a change of which CloudFormation replaces, by the type of what handoffs stand on. */
const fixedProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
};

/** What of the deployed table and state machine the next template would replace or give up; none of a first deploy. */
export function replacedResources(deployed: Template, next: Template): readonly Replaced[] {
  return Object.entries(deployed.Resources ?? {}).flatMap(([id, resource]) => {
    const fixed = fixedProperties[resource.Type];
    const why = fixed && change(resource, next.Resources?.[id], fixed);
    return why === undefined ? [] : [{ id, type: resource.Type, why }];
  });
}

function change(before: Resource, after: Resource | undefined, fixed: readonly string[]): string | undefined {
  if (after?.Type !== before.Type) return 'it is no longer in the stack under this logical id';
  const changed = fixed.filter((name) => !isSame(before.Properties?.[name], after.Properties?.[name]));
  if (!keepsAttributes(before, after)) changed.push('AttributeDefinitions');
  return changed.length === 0 ? undefined : `its ${changed.join(', ')} would change`;
}

/** An attribute may come or go with an index; one of another type makes another table. */
function keepsAttributes(before: Resource, after: Resource): boolean {
  const types = new Map(attributesOf(after));
  return attributesOf(before).every(([name, type]) => !types.has(name) || types.get(name) === type);
}

const attributesOf = ({ Properties = {} }: Resource): readonly (readonly [string, string])[] =>
  ((Properties['AttributeDefinitions'] ?? []) as readonly { AttributeName: string; AttributeType: string }[]).map(
    ({ AttributeName, AttributeType }) => [AttributeName, AttributeType],
  );

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
