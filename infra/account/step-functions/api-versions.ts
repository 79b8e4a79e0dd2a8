import { atMost, type Parameters, page } from './api-checks.ts';
import type { Action } from './api-machines.ts';
import type { Engine } from './engine.ts';
import { ApiError } from './errors.ts';
import { readTags } from './machine-settings.ts';
import { findUnqualified, type Machine, publish, splitMachineArn } from './machines.ts';

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** The API's actions on the versions and tags of state machines. */
export function versionActions(engine: Engine): Record<string, Action> {
  const { machines, clock } = engine;

  function publishVersion(parameters: Parameters): unknown {
    const machine = findUnqualified(machines, parameters.required('stateMachineArn'));
    const revisionId = parameters.text('revisionId');
    const description = parameters.text('description');
    atMost('description', description, 256);
    if (revisionId !== undefined && revisionId !== (machine.revision.revisionId ?? 'INITIAL')) {
      throw new ApiError(
        'ConflictException',
        `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${machine.revision.revisionId ?? 'INITIAL'}.`,
      );
    }
    const version = publish(machine, clock.now(), description);
    return { creationDate: seconds(version.createdAt), stateMachineVersionArn: version.versionArn };
  }

  function removeVersion(parameters: Parameters): unknown {
    const given = parameters.required('stateMachineVersionArn');
    const { arn, qualifier } = splitMachineArn(given);
    if (qualifier === undefined || !/^\d+$/.test(qualifier))
      throw new ApiError('ValidationException', `Not the ARN of a state machine version: '${given}'`);
    machines.get(arn)?.versions.delete(Number(qualifier));
    return {};
  }

  function listVersions(parameters: Parameters): unknown {
    const machine = findUnqualified(machines, parameters.required('stateMachineArn'));
    const versions = [...machine.versions.values()].toReversed();
    const { items, nextToken } = page(versions, parameters, { of: `versions of ${machine.arn}` });
    return {
      stateMachineVersions: items.map((version) => ({
        stateMachineVersionArn: version.versionArn,
        creationDate: seconds(version.createdAt),
      })),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
  }

  const tagged = (parameters: Parameters): Machine => {
    const arn = parameters.required('resourceArn');
    const { arn: machineArn, qualifier } = splitMachineArn(arn);
    const machine = qualifier === undefined ? machines.get(machineArn) : undefined;
    if (machine === undefined) throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
    return machine;
  };

  return {
    PublishStateMachineVersion: publishVersion,
    DeleteStateMachineVersion: removeVersion,
    ListStateMachineVersions: listVersions,
    TagResource: (parameters) => {
      const machine = tagged(parameters);
      machine.tags = readTags(parameters, machine.tags);
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
