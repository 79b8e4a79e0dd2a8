import { describe, expect, it } from 'vitest';
import {
  failureSaid,
  findDeployment,
  findTable,
  UnusableOptions,
  type VariablesOf,
} from '../../../infra/commands/deployment.ts';
import { openSystem } from '../../support/world.ts';

const production = {
  table: 'handoff-production-Table-1',
  bus: 'handoff-production-deals',
  stateMachineArn: 'arn:aws:states:eu-central-1:222222222222:stateMachine:handoff-production:live',
};
const deployed: VariablesOf = async (name) =>
  name === 'handoff-production-start-handoff'
    ? { HANDOFF_TABLE: production.table, STATE_MACHINE_ARN: production.stateMachineArn }
    : undefined;
const settings = {
  HANDOFF_TABLE: 'my-table',
  HANDOFF_BUS: 'my-bus',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:111111111111:stateMachine:mine',
};
const onThisMachine = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };

/** What the person at the keyboard is told. */
async function refusal(finding: Promise<unknown>): Promise<string> {
  const error: unknown = await finding.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnusableOptions);
  return error instanceof Error ? error.message : '';
}

describe('the deployment that a command works on', () => {
  it('is the stage that is named', async () => {
    expect(await findDeployment({}, 'production', deployed)).toEqual(production);
    expect(await refusal(findDeployment({}, 'staging', deployed))).toContain(
      'There is no stage staging in this account and region: it has no function handoff-staging-start-handoff.',
    );
  });

  it('is the stage that is named where AWS_ENDPOINT_URL is set, too, or none', async () => {
    expect(await findDeployment(onThisMachine, 'production', deployed)).toEqual(production);
    expect(await refusal(findDeployment(onThisMachine, 'staging', deployed))).toMatch(
      /an account on this machine, and it has no stage staging\. Leave out the stage .* or unset AWS_ENDPOINT_URL/,
    );
  });

  it('is asked of the account that AWS_ENDPOINT_URL names', async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
    const { url } = await system.account.listen(0);
    const refused = [findDeployment, findTable].map((find) => refusal(find({ AWS_ENDPOINT_URL: url }, 'production')));
    for (const said of await Promise.all(refused)) expect(said).toContain(`(${url}) is an account on this machine`);
  });

  it('is not named twice', async () => {
    expect(await refusal(findDeployment(settings, 'production', deployed))).toContain(
      'The stage production and HANDOFF_TABLE, HANDOFF_BUS, STATE_MACHINE_ARN both name a deployment.',
    );
    expect(await refusal(findTable({ HANDOFF_TABLE: 'my-table' }, 'production'))).toContain('unset HANDOFF_TABLE');
  });

  it('is without a stage what the settings say, and what npm start serves for the rest', async () => {
    const local = {
      table: 'handoff',
      bus: 'default',
      stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:handoff',
    };
    expect(await findDeployment(settings, undefined)).toEqual({
      table: 'my-table',
      bus: 'my-bus',
      stateMachineArn: settings.STATE_MACHINE_ARN,
    });
    expect(await findDeployment(onThisMachine, undefined)).toEqual(local);
    expect(await findDeployment({ ...onThisMachine, HANDOFF_BUS: 'my-bus' }, undefined)).toEqual({
      ...local,
      bus: 'my-bus',
    });
    expect(await findTable({ HANDOFF_TABLE: 'my-table' }, undefined)).toBe('my-table');
    expect(await refusal(findDeployment({ HANDOFF_TABLE: 'my-table' }, undefined))).toContain('Which deployment?');
  });

  it('is no stage that cdk.json does not set, whatever AWS says or cannot say', async () => {
    const unset = 'No stage "nope" is set in cdk.json, which has: sample.';
    expect(await refusal(findDeployment({}, 'nope', deployed))).toContain(unset);
    const offline = Object.assign(new Error('getaddrinfo ENOTFOUND lambda.eu-west-9.amazonaws.com'), {
      code: 'ENOTFOUND',
    });
    for (const [error, said] of [
      [offline, 'AWS cannot be reached (getaddrinfo ENOTFOUND lambda.eu-west-9.amazonaws.com). Check the network'],
      [
        new Error('Region not accepted: region="" is not a valid hostname component.'),
        'It is not known which AWS region',
      ],
      [new Error('Region is missing'), 'It is not known which AWS region to ask. Set AWS_REGION'],
    ] as const) {
      const failing: VariablesOf = () => Promise.reject(error);
      expect(await refusal(findDeployment({}, 'nope', failing))).toContain(`${unset} ${said}`);
      expect(await refusal(findDeployment({}, 'sample', failing))).toMatch(new RegExp(`^${said.slice(0, 20)}`));
    }
  });
});

describe('what the person at the keyboard is told', () => {
  const named = (name: string, members: object = {}) => Object.assign(new Error('It is so.'), { name, ...members });

  it('names what to do where no call came through', () => {
    expect(failureSaid(named('CredentialsProviderError'))).toMatchObject({
      said: expect.stringMatching(/^No AWS credentials were found\. Set AWS_PROFILE/),
      exitCode: 2,
    });
    expect(failureSaid(named('ExpiredTokenException', { $metadata: {} }))).toMatchObject({
      said: expect.stringMatching(/^AWS does not take these credentials\. Set AWS_PROFILE/),
      exitCode: 2,
    });
  });

  it('names AWS only where it was asked', () => {
    expect(failureSaid(named('AccessDeniedException', { $metadata: {} }))).toEqual({
      said: 'AWS did not do what was asked: AccessDeniedException: It is so.',
      exitCode: 1,
    });
    expect(failureSaid(named('TypeError'))).toEqual({ said: 'That failed: TypeError: It is so.', exitCode: 1 });
  });
});
