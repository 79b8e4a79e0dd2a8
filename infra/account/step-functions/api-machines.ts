import { isDeepStrictEqual } from 'node:util';
import { atMost, checkName, notEmpty, oneOf, type Parameters, page } from './api-checks.ts';
import type { Engine } from './engine.ts';
import { ApiError } from './errors.ts';
import { isObject, type JsonObject } from './json.ts';
import { checkRole, type MachineSettings, readSettings, readTags } from './machine-settings.ts';
import { findTarget, findUnqualified, type Machine, publish, type Revision, splitMachineArn } from './machines.ts';
import { definitionWarnings, describeDiagnostics, validateDefinition } from './validation.ts';
import type { MachineType } from './validation-state.ts';
import { variableReferences } from './variable-references.ts';

export type Action = (parameters: Parameters) => unknown;

const seconds = (milliseconds: number): number => milliseconds / 1000;

const NO_SETTINGS: MachineSettings = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
};
const INCLUDED = ['ALL_DATA', 'METADATA_ONLY'] as const;

/** The API's actions on state machines, their versions and tags. */
export function machineActions(engine: Engine): Record<string, Action> {
  const { machines, clock } = engine;

  function create(parameters: Parameters): unknown {
    const name = checkName(parameters.required('name'));
    const definition = parameters.required('definition');
    const roleArn = parameters.required('roleArn');
    const type = oneOf<MachineType>('type', parameters.text('type'), ['STANDARD', 'EXPRESS']) ?? 'STANDARD';
    checkRole(roleArn, engine.account);
    const description = versionDescription(parameters);
    const settings = readSettings(parameters);
    const tags = readTags(parameters);
    checkDefinition(engine, definition, type);
    const arn = `arn:aws:states:${engine.region}:${engine.account}:stateMachine:${name}`;
    const existing = machines.get(arn);
    if (existing?.deleting === true) throw new ApiError('StateMachineDeleting', `State Machine Deleting: '${arn}'`);
    if (existing !== undefined) {
      const same =
        existing.type === type &&
        existing.revision.definition === definition &&
        isDeepStrictEqual(existing.settings, settings);
      if (!same) throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      return {
        stateMachineArn: arn,
        creationDate: seconds(existing.createdAt),
        ...published(parameters, existing, description),
      };
    }
    const now = clock.now();
    const machine: Machine = {
      arn,
      name,
      type,
      createdAt: now,
      settings,
      tags,
      deleting: false,
      versions: new Map(),
      executions: new Map(),
      revision: { arn, name, roleArn, definition, updatedAt: now, revisionId: undefined },
      nextVersion: 1,
    };
    machines.set(arn, machine);
    return { stateMachineArn: arn, creationDate: seconds(now), ...published(parameters, machine, description) };
  }

  function published(parameters: Parameters, machine: Machine, description: string | undefined): JsonObject {
    return parameters.flag('publish')
      ? { stateMachineVersionArn: publish(machine, clock.now(), description).versionArn }
      : {};
  }

  function update(parameters: Parameters): unknown {
    const machine = findUnqualified(machines, parameters.required('stateMachineArn'));
    const given = ['definition', 'roleArn', 'loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'];
    if (![...given, 'publish'].some((name) => parameters.has(name))) {
      throw new ApiError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    const { revision: before } = machine;
    const definition = parameters.text('definition') ?? before.definition;
    const roleArn = parameters.text('roleArn') ?? before.roleArn;
    checkRole(roleArn, engine.account);
    const description = versionDescription(parameters);
    const settings = readSettings(parameters, machine.settings);
    if (parameters.has('definition')) checkDefinition(engine, definition, machine.type);
    const updatedAt = clock.now();
    const same =
      definition === before.definition && roleArn === before.roleArn && isDeepStrictEqual(settings, machine.settings);
    const revisionId = same && before.revisionId !== undefined ? before.revisionId : engine.newId();
    machine.settings = settings;
    machine.revision = { ...before, definition, roleArn, updatedAt, revisionId };
    return { updateDate: seconds(updatedAt), revisionId, ...published(parameters, machine, description) };
  }

  function remove(parameters: Parameters): unknown {
    const { arn, qualifier } = splitMachineArn(parameters.required('stateMachineArn'));
    if (qualifier !== undefined)
      throw new ApiError('ValidationException', `A version is deleted with DeleteStateMachineVersion: '${qualifier}'`);
    const machine = machines.get(arn);
    if (machine !== undefined) engine.remove(machine);
    return {};
  }

  function describe(parameters: Parameters): unknown {
    const metadataOnly = oneOf('includedData', parameters.text('includedData'), INCLUDED) === 'METADATA_ONLY';
    const { machine, revision, version } = findTarget(machines, parameters.required('stateMachineArn'));
    return {
      ...describeRevision(revision, { settings: machine.settings, metadataOnly }),
      stateMachineArn: version?.versionArn ?? machine.arn,
      status: machine.deleting ? 'DELETING' : 'ACTIVE',
      type: machine.type,
      creationDate: seconds(version?.createdAt ?? machine.createdAt),
      ...(version?.description === undefined ? {} : { description: version.description }),
    };
  }

  function describeForExecution(parameters: Parameters): unknown {
    const metadataOnly = oneOf('includedData', parameters.text('includedData'), INCLUDED) === 'METADATA_ONLY';
    const execution = findExecution(engine, parameters.required('executionArn'));
    const settings = machines.get(execution.stateMachineArn)?.settings ?? NO_SETTINGS;
    return {
      ...describeRevision({ ...execution.machine, revisionId: undefined }, { settings, metadataOnly }),
      stateMachineArn: execution.stateMachineArn,
      updateDate: seconds(execution.machine.updatedAt),
    };
  }

  function list(parameters: Parameters): unknown {
    const all = [...machines.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { items, nextToken } = page(all, parameters, { of: 'state machines' });
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
    const severity = oneOf('severity', parameters.text('severity'), ['ERROR', 'WARNING']);
    atMost('definition', definition, LONGEST_DEFINITION);
    const type = oneOf<MachineType>('type', parameters.text('type'), ['STANDARD', 'EXPRESS']) ?? 'STANDARD';
    const most = parameters.number('maxResults', { least: 0, most: 100 }) || 100;
    const errors = validateDefinition(definition, type);
    const all = severity === 'WARNING' ? [...errors, ...definitionWarnings(definition)] : errors;
    return {
      result: errors.length === 0 ? 'OK' : 'FAIL',
      diagnostics: all.slice(0, most),
      truncated: all.length > most,
    };
  }

  return {
    CreateStateMachine: create,
    UpdateStateMachine: update,
    DeleteStateMachine: remove,
    DescribeStateMachine: describe,
    DescribeStateMachineForExecution: describeForExecution,
    ListStateMachines: list,
    ValidateStateMachineDefinition: validate,
  };
}

/** Finds an execution. Throws InvalidArn or ExecutionDoesNotExist. */
export function findExecution(engine: Engine, arn: string) {
  if (!/^arn:[^:]*:states:/.test(arn)) throw new ApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  const type = arn.split(':')[5];
  if (type !== 'execution' && type !== 'express')
    throw new ApiError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${type ?? ''}'`);
  engine.forgetExpired();
  const execution = engine.executions.get(arn);
  if (execution === undefined) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

const LONGEST_DEFINITION = 1_048_576;

function checkDefinition(engine: Engine, definition: string, type: MachineType): void {
  notEmpty('definition', definition);
  atMost('definition', definition, LONGEST_DEFINITION);
  const diagnostics = validateDefinition(definition, type);
  if (diagnostics.length > 0) throw new ApiError('InvalidDefinition', describeDiagnostics(diagnostics));
  engine.refuseUnknown(definition);
}

function versionDescription(parameters: Parameters): string | undefined {
  const description = parameters.text('versionDescription');
  if (description !== undefined && !parameters.flag('publish'))
    throw new ApiError('ValidationException', 'Version description can only be set when publish is true');
  atMost('versionDescription', description, 256);
  return description;
}

/** `{}` stands for a definition that was not asked for. */
function describeRevision(
  revision: Revision,
  { settings, metadataOnly }: { readonly settings: MachineSettings; readonly metadataOnly: boolean },
): JsonObject {
  const references = metadataOnly ? {} : referencesIn(revision.definition);
  return {
    name: revision.name,
    definition: metadataOnly ? '{}' : revision.definition,
    roleArn: revision.roleArn,
    ...settings,
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    ...(revision.revisionId === undefined ? {} : { revisionId: revision.revisionId }),
    ...(Object.keys(references).length === 0 ? {} : { variableReferences: references }),
  };
}

function referencesIn(definition: string): Record<string, string[]> {
  const parsed: unknown = JSON.parse(definition);
  return isObject(parsed) ? variableReferences(parsed) : {};
}
