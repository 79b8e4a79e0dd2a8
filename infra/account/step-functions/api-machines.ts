import { atMost, checkName, oneOf, type Parameters, page } from './api-checks.ts';
import type { Engine } from './engine.ts';
import { ApiError } from './errors.ts';
import { isObject, type JsonObject } from './json.ts';
import { findTarget, type Machine, publish, type Revision, splitMachineArn } from './machines.ts';
import { describeDiagnostics, validateDefinition } from './validation.ts';
import type { MachineType } from './validation-state.ts';
import { variableReferences } from './variable-references.ts';

export type Action = (parameters: Parameters) => unknown;

const seconds = (milliseconds: number): number => milliseconds / 1000;

const NO_LOGGING = { level: 'OFF', includeExecutionData: false };
const NO_TRACING = { enabled: false };

/** The API's actions on state machines, their versions and tags. */
export function machineActions(engine: Engine): Record<string, Action> {
  const { machines, clock } = engine;

  function create(parameters: Parameters): unknown {
    const name = checkName(parameters.required('name'));
    const definition = parameters.required('definition');
    const roleArn = parameters.required('roleArn');
    const type = oneOf<MachineType>('type', parameters.text('type'), ['STANDARD', 'EXPRESS']) ?? 'STANDARD';
    if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(roleArn))
      throw new ApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${roleArn}'`);
    checkDefinition(definition, type);
    const arn = `arn:aws:states:${engine.region}:${engine.account}:stateMachine:${name}`;
    const existing = machines.get(arn);
    if (existing !== undefined) {
      const same = existing.type === type && existing.revision.definition === definition;
      if (!same) throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      return { stateMachineArn: arn, creationDate: seconds(existing.createdAt) };
    }
    const now = clock.now();
    const machine: Machine = {
      arn,
      name,
      type,
      createdAt: now,
      loggingConfiguration: { ...NO_LOGGING, ...parameters.object('loggingConfiguration') },
      tracingConfiguration: { ...NO_TRACING, ...parameters.object('tracingConfiguration') },
      tags: new Map(tagsIn(parameters)),
      versions: new Map(),
      executions: new Map(),
      revision: { arn, name, roleArn, definition, updatedAt: now, revisionId: undefined },
      nextVersion: 1,
    };
    machines.set(arn, machine);
    const version = parameters.flag('publish')
      ? publish(machine, now, parameters.text('versionDescription'))
      : undefined;
    return { stateMachineArn: arn, creationDate: seconds(now), ...versionMember(version?.versionArn) };
  }

  function update(parameters: Parameters): unknown {
    const { machine } = findTarget(machines, parameters.required('stateMachineArn'));
    if (
      !['definition', 'roleArn', 'loggingConfiguration', 'tracingConfiguration', 'publish'].some((name) =>
        parameters.has(name),
      )
    ) {
      throw new ApiError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    const definition = parameters.text('definition') ?? machine.revision.definition;
    if (parameters.has('definition')) checkDefinition(definition, machine.type);
    const updatedAt = clock.now();
    machine.revision = {
      ...machine.revision,
      definition,
      roleArn: parameters.text('roleArn') ?? machine.revision.roleArn,
      updatedAt,
      revisionId: engine.newId(),
    };
    const version = parameters.flag('publish')
      ? publish(machine, updatedAt, parameters.text('versionDescription'))
      : undefined;
    return {
      updateDate: seconds(updatedAt),
      revisionId: machine.revision.revisionId,
      ...versionMember(version?.versionArn),
    };
  }

  function remove(parameters: Parameters): unknown {
    const { arn } = splitMachineArn(parameters.required('stateMachineArn'));
    machines.delete(arn);
    return {};
  }

  function describe(parameters: Parameters): unknown {
    const target = findTarget(machines, parameters.required('stateMachineArn'));
    const { machine, versionArn } = target;
    return {
      ...describeRevision(target.revision, machine),
      stateMachineArn: versionArn ?? machine.arn,
      status: 'ACTIVE',
      type: machine.type,
      creationDate: seconds(machine.createdAt),
    };
  }

  function describeForExecution(parameters: Parameters): unknown {
    const execution = findExecution(engine, parameters.required('executionArn'));
    const machine = machines.get(execution.stateMachineArn);
    return {
      ...describeRevision({ ...execution.machine, revisionId: undefined }, machine),
      stateMachineArn: execution.stateMachineArn,
      updateDate: seconds(execution.machine.updatedAt),
    };
  }

  function publishVersion(parameters: Parameters): unknown {
    const { machine } = findTarget(machines, parameters.required('stateMachineArn'));
    const revisionId = parameters.text('revisionId');
    if (revisionId !== undefined && revisionId !== machine.revision.revisionId) {
      throw new ApiError(
        'ConflictException',
        'Failed to publish the State Machine version for revision ' +
          revisionId +
          '. The current State Machine revision is ' +
          (machine.revision.revisionId ?? 'INITIAL') +
          '.',
      );
    }
    const version = publish(machine, clock.now(), parameters.text('description'));
    return { creationDate: seconds(version.createdAt), stateMachineVersionArn: version.versionArn };
  }

  function removeVersion(parameters: Parameters): unknown {
    const { arn, version } = splitMachineArn(parameters.required('stateMachineVersionArn'));
    if (version !== undefined) machines.get(arn)?.versions.delete(version);
    return {};
  }

  function listVersions(parameters: Parameters): unknown {
    const { machine } = findTarget(machines, parameters.required('stateMachineArn'));
    const versions = [...machine.versions.values()].toReversed();
    const { items, nextToken } = page(versions, parameters);
    return {
      stateMachineVersions: items.map((version) => ({
        stateMachineVersionArn: version.versionArn,
        creationDate: seconds(version.createdAt),
      })),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
  }

  function list(parameters: Parameters): unknown {
    const all = [...machines.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { items, nextToken } = page(all, parameters);
    return {
      stateMachines: items.map(({ arn, name, type, createdAt }) => ({
        stateMachineArn: arn,
        name,
        type,
        creationDate: seconds(createdAt),
      })),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
  }

  function validate(parameters: Parameters): unknown {
    const definition = parameters.required('definition');
    const type = oneOf<MachineType>('type', parameters.text('type'), ['STANDARD', 'EXPRESS']) ?? 'STANDARD';
    const most = parameters.number('maxResults', { least: 0, most: 100 }) || 100;
    const all = validateDefinition(definition, type);
    return { result: all.length === 0 ? 'OK' : 'FAIL', diagnostics: all.slice(0, most), truncated: all.length > most };
  }

  const tagged = (parameters: Parameters): Machine => {
    const arn = parameters.required('resourceArn');
    const machine = machines.get(splitMachineArn(arn).arn);
    if (machine === undefined) throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
    return machine;
  };

  return {
    CreateStateMachine: create,
    UpdateStateMachine: update,
    DeleteStateMachine: remove,
    DescribeStateMachine: describe,
    DescribeStateMachineForExecution: describeForExecution,
    ListStateMachines: list,
    ValidateStateMachineDefinition: validate,
    PublishStateMachineVersion: publishVersion,
    DeleteStateMachineVersion: removeVersion,
    ListStateMachineVersions: listVersions,
    TagResource: (parameters) => {
      const { tags } = tagged(parameters);
      for (const [key, value] of tagsIn(parameters)) tags.set(key, value);
      return {};
    },
    UntagResource: (parameters) => {
      const { tags } = tagged(parameters);
      for (const key of parameters.list('tagKeys')) tags.delete(String(key));
      return {};
    },
    ListTagsForResource: (parameters) => ({
      tags: [...tagged(parameters).tags].map(([key, value]) => ({ key, value })),
    }),
  };
}

/** Finds an execution. Throws InvalidArn or ExecutionDoesNotExist. */
export function findExecution(engine: Engine, arn: string) {
  if (!/^arn:[^:]*:states:/.test(arn)) throw new ApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  const execution = engine.executions.get(arn);
  if (execution === undefined) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

function checkDefinition(definition: string, type: MachineType): void {
  atMost('definition', definition, 1_048_576);
  const diagnostics = validateDefinition(definition, type);
  if (diagnostics.length > 0) throw new ApiError('InvalidDefinition', describeDiagnostics(diagnostics));
}

function describeRevision(revision: Revision, machine: Machine | undefined): JsonObject {
  const references = referencesIn(revision.definition);
  return {
    name: revision.name,
    definition: revision.definition,
    roleArn: revision.roleArn,
    loggingConfiguration: machine?.loggingConfiguration ?? NO_LOGGING,
    tracingConfiguration: machine?.tracingConfiguration ?? NO_TRACING,
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    ...(revision.revisionId === undefined ? {} : { revisionId: revision.revisionId }),
    ...(Object.keys(references).length === 0 ? {} : { variableReferences: references }),
  };
}

function referencesIn(definition: string): Record<string, string[]> {
  const parsed: unknown = JSON.parse(definition);
  return isObject(parsed) ? variableReferences(parsed) : {};
}

function versionMember(versionArn: string | undefined): JsonObject {
  return versionArn === undefined ? {} : { stateMachineVersionArn: versionArn };
}

function tagsIn(parameters: Parameters): [string, string][] {
  return parameters
    .list('tags')
    .flatMap((tag): [string, string][] => (isObject(tag) ? [[String(tag['key']), String(tag['value'])]] : []));
}
