import { compileGraph, type Graph } from './definition.ts';
import { ApiError, NotEmulated } from './errors.ts';
import type { Execution } from './execution.ts';
import type { Compiler } from './expressions.ts';
import { isObject } from './json.ts';
import { firstJsonPathField } from './jsonpath-fields.ts';
import type { MachineSettings } from './machine-settings.ts';
import { readDefinition } from './read-definition.ts';
import type { MachineType } from './validation-state.ts';

/** What a running execution keeps of its machine: later updates do not change it. */
export interface Revision {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly definition: string;
  /** Virtual milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly revisionId: string | undefined;
}

export interface Version extends Revision {
  readonly versionArn: string;
  readonly number: number;
  readonly description: string | undefined;
  readonly createdAt: number;
}

export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly createdAt: number;
  settings: MachineSettings;
  tags: Map<string, string>;
  /** Being deleted: its executions end at their next transition, and then it is gone. */
  deleting: boolean;
  readonly versions: Map<number, Version>;
  /** Oldest first. */
  readonly executions: Map<string, Execution>;
  revision: Revision;
  nextVersion: number;
}

/** A machine as an ARN names it: its current revision, or a published version. */
export interface Target {
  readonly machine: Machine;
  readonly revision: Revision;
  readonly version: Version | undefined;
  readonly qualified: boolean;
}

/** Prepares definitions to run, each text once. */
export function createGraphs(compiler: Compiler): (definition: string) => Graph {
  const known = new Map<string, Graph>();
  return (definition) => {
    const ready = known.get(definition);
    if (ready !== undefined) return ready;
    const source = readDefinition(definition);
    if (!isObject(source)) throw new TypeError('a definition is an object');
    const path = firstJsonPathField(source);
    if (path !== undefined) throw new NotEmulated(`JSONPath (${path}); set "QueryLanguage": "JSONata"`);
    const graph = compileGraph(source, compiler);
    known.set(definition, graph);
    return graph;
  };
}

/** Splits a state machine's ARN from the version or alias it may name. Throws InvalidArn. */
export function splitMachineArn(arn: string): { readonly arn: string; readonly qualifier: string | undefined } {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts[2] !== 'states' || parts.length < 6)
    throw new ApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  if (parts[5] !== 'stateMachine')
    throw new ApiError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${parts[5] ?? ''}'`);
  if (parts.length > 8) throw new ApiError('InvalidArn', `Invalid Arn: 'Invalid ARN suffix: ${arn}'`);
  return { arn: parts.slice(0, 7).join(':'), qualifier: parts[7] };
}

/** Finds what an ARN names; there are no aliases here. Throws InvalidArn or StateMachineDoesNotExist. */
export function findTarget(machines: ReadonlyMap<string, Machine>, given: string): Target {
  const { arn, qualifier } = splitMachineArn(given);
  const machine = machines.get(arn);
  const number = qualifier !== undefined && /^\d+$/.test(qualifier) ? Number(qualifier) : undefined;
  const version = number === undefined ? undefined : machine?.versions.get(number);
  if (machine === undefined || (qualifier !== undefined && version === undefined))
    throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${given}'`);
  return { machine, revision: version ?? machine.revision, version, qualified: qualifier !== undefined };
}

/** A machine by an ARN that names no version of it. Throws also StateMachineDeleting. */
export function findUnqualified(machines: ReadonlyMap<string, Machine>, arn: string): Machine {
  const { machine, qualified } = findTarget(machines, arn);
  if (qualified) throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  if (machine.deleting) throw new ApiError('StateMachineDeleting', `State Machine Deleting: '${arn}'`);
  return machine;
}

/** Publishes the current revision, unless its newest version is the same one. */
export function publish(machine: Machine, at: number, description: string | undefined): Version {
  const newest = machine.versions.get(machine.nextVersion - 1);
  if (newest !== undefined && newest.revisionId === machine.revision.revisionId) return newest;
  const number = machine.nextVersion;
  const version: Version = {
    ...machine.revision,
    versionArn: `${machine.arn}:${number}`,
    number,
    description,
    createdAt: at,
  };
  machine.versions.set(number, version);
  machine.nextVersion += 1;
  return version;
}
